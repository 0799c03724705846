// What every test gets: the console of a program that answers it, and an end that fails where anything went wrong on the way.
import { expect, test as bare, type Locator, type Page } from '@playwright/test'
import { serve, serveRoom, type Served } from './program'

/** Notes what no page may do: errors, bad statuses, requests to elsewhere. A test takes out what it brings about itself. */
export function watch(page: Page, base: string, faults: string[]) {
  page.on('pageerror', (e) => faults.push(e.stack ?? e.message))
  page.on('console', (m) => {
    // A bad status is said once, with its address, below.
    if (m.type() === 'error' && !m.text().startsWith('Failed to load resource')) faults.push(`console: ${m.text()}`)
  })
  page.on('request', (r) => {
    if (!r.url().startsWith(`${base}/`) && !/^(data|blob):/.test(r.url())) faults.push(`a request to ${r.url()}`)
  })
  page.on('response', (r) => {
    if (r.status() >= 400) faults.push(`${r.status()} ${r.request().method()} ${r.url().slice(base.length)}`)
  })
}

interface Each {
  /** What went wrong so far; at the test's end there must be nothing. */
  faults: string[]
}
interface Shared {
  /** Where the program of this worker serves. */
  served: string
}

export const test = bare.extend<Each, Shared>({
  served: [async ({}, use) => {
    const program = await serve()
    await use(program.address)
    await program.end()
  }, { scope: 'worker', timeout: 60_000 }],
  baseURL: ({ served }, use) => use(served),
  faults: [async ({ page, baseURL }, use) => {
    const faults: string[] = []
    watch(page, baseURL!, faults)
    await use(faults)
    expect(faults, 'errors, bad statuses and foreign requests').toEqual([])
  }, { auto: true }],
})

/** A test with a program of its own, which it may end. */
export const alone = test.extend<{ program: Served }>({
  program: async ({}, use) => {
    const program = await serve()
    await use(program)
    await program.end()
  },
  baseURL: ({ program }, use) => use(program.address),
})

/** A test in a training room of its own, where whoever sits there speaks as any centre. */
export const inRoom = test.extend<{ room: Served }>({
  room: async ({}, use) => {
    const room = await serveRoom()
    await use(room)
    await room.end()
  },
  baseURL: ({ room }, use) => use(room.address),
})

/** The address of what is seen, without the server, as people write it. */
export const address = (page: Page) => {
  const url = new URL(page.url())
  return decodeURIComponent(url.pathname + url.search)
}

/** Waits until the address, which follows what is seen, says it. */
export const says = (page: Page, what: RegExp) => expect.poll(() => address(page)).toMatch(what)

/** The address once it does not change any more: it follows what is seen after a quarter of a second. */
export async function still(page: Page): Promise<string> {
  let last = ''
  await expect.poll(() => {
    const now = address(page), same = now === last
    last = now
    return same
  }, { intervals: [500] }).toBe(true)
  return last
}

/** Opens a page by its name in the rail. */
export const open = (page: Page, name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click()

/** Goes to a time by the time machine. */
export async function goTo(page: Page, time: string) {
  await page.getByRole('button', { name: 'Time machine' }).click()
  await page.getByLabel('Go to a time').fill(time)
  await page.keyboard.press('Enter')
}

/** Finds a command, a thing or a time by its name and takes the first that is found. */
export async function find(page: Page, text: string) {
  await page.keyboard.press('/')
  const palette = page.getByRole('dialog')
  await palette.getByRole('combobox').fill(text)
  await expect(palette.getByRole('option', { selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
}

/** The drawer beside the page. */
export const drawer = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

/** The point of a canvas where the pointer is told `what`, looked for as a person does: along one column, or the whole of it. */
export async function pointAt(canvas: Locator, what: RegExp, x: number): Promise<{ x: number; y: number }> {
  const box = (await canvas.boundingBox())!
  for (let y = 4; y < box.height; y += 8) {
    await canvas.page().mouse.move(box.x + x, box.y + y)
    // What is told follows the pointer at the next frame.
    await canvas.page().evaluate(() => new Promise(requestAnimationFrame))
    if (what.test((await canvas.getAttribute('title')) ?? '')) return { x: box.x + x, y: box.y + y }
  }
  throw new Error(`nowhere at ${x} px is told ${what}`)
}

/** Where a moment stands on the plan's timeline, pixels from the canvas' left edge; the span is that of the address. */
export async function ruler(canvas: Locator): Promise<(time: string) => number> {
  const query = new URL(canvas.page().url()).searchParams
  const [from, to] = ['from', 'to'].map((key) => Date.parse(query.get(key)!))
  const { width } = (await canvas.boundingBox())!
  return (time) => NAMES + ((Date.parse(time) - from) / (to - from)) * (width - NAMES)
}
/** The names of the rows, left of the timeline, pixels. */
const NAMES = 156

export { expect }
