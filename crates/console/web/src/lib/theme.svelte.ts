// Light, dark or as the system says; and the colours as canvases need them.

export type Choice = 'system' | 'light' | 'dark'
const KEY = 'console.theme'

const NAMES = ['bg', 'raised', 'ink', 'ink-2', 'ink-3', 'line', 'line-2', 'accent', 'must', 'should', 'good', 'sea', 'land', 'shore', 'night', 'bar', 'bar-2', 'sun'] as const
export type Ink = (typeof NAMES)[number]
export type Colours = Record<Ink, string>

class Theme {
  choice = $state<Choice>((localStorage.getItem(KEY) as Choice | null) ?? 'system')
  #dark = matchMedia('(prefers-color-scheme: dark)')
  #systemDark = $state(this.#dark.matches)
  isPrinting = $state(false)

  readonly isDark = $derived(!this.isPrinting && (this.choice === 'system' ? this.#systemDark : this.choice === 'dark'))

  constructor() {
    this.#dark.addEventListener('change', (e) => (this.#systemDark = e.matches))
    addEventListener('beforeprint', () => this.#print(true))
    addEventListener('afterprint', () => this.#print(false))
    this.#mark()
  }

  #print(on: boolean) {
    this.isPrinting = on
    this.#mark()
  }

  #mark() {
    document.documentElement.dataset.theme = this.isPrinting ? 'light' : this.choice
  }

  choose(choice: Choice) {
    this.choice = choice
    localStorage.setItem(KEY, choice)
    this.#mark()
  }

  next() {
    this.choose(this.isDark ? 'light' : 'dark')
  }

  /** The colours in force. Reading it makes a drawing follow the theme. */
  get colours(): Colours {
    void this.isDark
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(NAMES.map((n) => [n, style.getPropertyValue(`--${n}`).trim()])) as Colours
  }
}

export const theme = new Theme()
