// Every action of the console: its name, its key, what it does. Keys, tooltips and the palette all read this one list.

export interface Action {
  id: string
  name: () => string
  /** Keys as `KeyboardEvent.key` says them, `Ctrl+` before where it is held. */
  keys: string[]
  run: () => void
  /** Where it stands in the palette. */
  group: string
}

class Actions {
  #all = $state.raw<Action[]>([])
  /**
   * The same list, for who changes it: what takes actions away is run as the cleanup of an effect, and there a state says what
   * it was before, so that actions added since by another effect would be lost.
   */
  #latest: Action[] = []

  get all(): Action[] {
    return this.#all
  }

  /** Adds actions; the answer takes them away again, for pages that close. */
  add(...actions: Action[]): () => void {
    const ids = new Set(actions.map((a) => a.id))
    this.#keep([...this.#latest.filter((a) => !ids.has(a.id)), ...actions])
    return () => this.#keep(this.#latest.filter((a) => !actions.includes(a)))
  }

  #keep(list: Action[]) {
    this.#latest = list
    this.#all = list
  }

  find(id: string): Action | undefined {
    return this.#all.find((a) => a.id === id)
  }

  run(id: string) {
    this.find(id)?.run()
  }

  /** Name and key, for a tooltip. */
  tip(id: string): string {
    const action = this.find(id)
    if (!action) return ''
    return action.keys.length ? `${action.name()}  ${shown(action.keys[0])}` : action.name()
  }

  /** Runs what the key is for, unless somebody is writing. */
  press(event: KeyboardEvent) {
    // Shift is part of what a letter or sign is; only the arrows say it.
    const isShifted = event.shiftKey && event.key.startsWith('Arrow')
    const key = `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${isShifted ? 'Shift+' : ''}${event.key}`
    if (event.altKey || event.defaultPrevented || (isWriting(event.target) && !key.startsWith('Ctrl+'))) return
    // A dialog has its own keys.
    if (document.querySelector('dialog[open]') && key !== 'Ctrl+k') return
    // Space and the arrows belong to what has the focus, if that uses them.
    if ([' ', 'Enter', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(event.key) && usesKeys(event.target)) return
    const action = this.#all.findLast((a) => a.keys.includes(key))
    if (!action) return
    event.preventDefault()
    action.run()
  }
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input:not([type=checkbox]), select, textarea') || target.isContentEditable)
}

function usesKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, summary, [role=button], [role=tab], [role=option], [role=listbox]') !== null
}

const SHOWN: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', ' ': 'Space', Escape: 'Esc' }

/** A key as people write it. */
export function shown(key: string): string {
  return key.split('+').map((k) => SHOWN[k] ?? k).join('+') || key
}

export const actions = new Actions()
