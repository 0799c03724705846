// Drag, wheel, pinch: the same on the axis and on every timeline.
import type { Attachment } from 'svelte/attachments'
import { place } from '../place.svelte'

export interface Options {
  /** Where the plot begins, pixels. */
  left: () => number
  /** A press without a drag. */
  press?: (at: number, x: number, y: number) => void
  /** A drag that begins here and is not one of time; it is told where the pointer is, and `undefined` when it is given up. */
  grab?: (at: number, x: number, y: number, pointer: string) => Grip | undefined
  /** The pointer over the plot; nothing when it has left. */
  over?: (at: number | undefined, x: number, y: number) => void
  /** Whether the wheel changes the span; where a page scrolls, only with Ctrl held. */
  wheel: 'always' | 'with-control'
}

export interface Grip {
  move: (at: number, x: number, y: number) => void
  /** The pointer was let go, or the drag was taken away. */
  end: (how: 'dropped' | 'cancelled') => void
}

const SLACK = 4

export function timeGestures<E extends HTMLElement>(options: Options): Attachment<E> {
  return (node) => {
    const pointers = new Map<number, { x: number; y: number }>()
    let start: { x: number; y: number } | undefined
    let isDrag = false
    let apart = 0
    let grip: Grip | undefined

    const box = () => node.getBoundingClientRect()
    const perPixel = () => (place.to - place.from) / Math.max(1, box().width - options.left())
    const timeAt = (x: number) => place.from + (x - box().left - options.left()) * perPixel()
    const inside = (e: PointerEvent) => [e.clientX - box().left, e.clientY - box().top] as const

    const down = (e: PointerEvent) => {
      if (e.button !== 0) return
      pointers.set(e.pointerId, { x: e.clientX, y: e.clientY })
      if (pointers.size === 1) {
        ;[start, isDrag] = [{ x: e.clientX, y: e.clientY }, false]
        grip = options.grab?.(timeAt(e.clientX), ...inside(e), e.pointerType)
      }
      apart = spread(pointers)
    }
    const move = (e: PointerEvent) => {
      const before = pointers.get(e.pointerId)
      if (!before) return options.over?.(timeAt(e.clientX), ...inside(e))
      const now = { x: e.clientX, y: e.clientY }
      pointers.set(e.pointerId, now)
      if (pointers.size === 2) return pinch()
      if (!isDrag && start && Math.abs(now.x - start.x) < SLACK && (!grip || Math.abs(now.y - start.y) < SLACK)) return
      if (!isDrag) node.setPointerCapture(e.pointerId)
      isDrag = true
      if (grip) return grip.move(timeAt(e.clientX), ...inside(e))
      place.pan((before.x - now.x) * perPixel())
    }
    const pinch = () => {
      isDrag = true
      letGo('cancelled')
      const wide = spread(pointers)
      const middle = [...pointers.values()].reduce((sum, p) => sum + p.x, 0) / 2
      if (apart > 0 && wide > 0) place.zoom(apart / wide, timeAt(middle))
      apart = wide
    }
    const up = (e: PointerEvent) => {
      if (!pointers.delete(e.pointerId)) return
      if (isDrag) letGo(e.type === 'pointerup' ? 'dropped' : 'cancelled')
      grip = undefined
      if (!isDrag && e.type === 'pointerup') options.press?.(timeAt(e.clientX), ...inside(e))
      if (pointers.size === 0) start = undefined
    }
    const letGo = (how: 'dropped' | 'cancelled') => {
      grip?.end(how)
      grip = undefined
    }
    const wheel = (e: WheelEvent) => {
      const isSideways = Math.abs(e.deltaX) > Math.abs(e.deltaY) || e.shiftKey
      if (options.wheel === 'with-control' && !e.ctrlKey && !e.metaKey && !isSideways) return
      e.preventDefault()
      if (isSideways) place.pan((e.deltaX || e.deltaY) * perPixel())
      else place.zoom(Math.exp(Math.max(-1, Math.min(1, e.deltaY / (e.ctrlKey ? 100 : 400)))), timeAt(e.clientX))
    }
    const leave = () => options.over?.(undefined, 0, 0)

    const listeners: [string, EventListener, AddEventListenerOptions?][] = [
      ['pointerdown', down as EventListener], ['pointermove', move as EventListener], ['pointerup', up as EventListener], ['pointercancel', up as EventListener],
      ['pointerleave', leave], ['wheel', wheel as EventListener, { passive: false }],
    ]
    for (const [name, listener, how] of listeners) node.addEventListener(name, listener, how)
    return () => {
      for (const [name, listener] of listeners) node.removeEventListener(name, listener)
    }
  }
}

function spread(pointers: Map<number, { x: number; y: number }>): number {
  const [a, b] = [...pointers.values()]
  return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
}
