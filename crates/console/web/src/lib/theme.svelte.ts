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

  /** The colours in force, read once for each theme. Reading them makes a drawing follow it. */
  readonly colours = $derived.by(() => {
    void this.isDark
    const style = getComputedStyle(document.documentElement)
    return Object.fromEntries(NAMES.map((n) => [n, style.getPropertyValue(`--${n}`).trim()])) as Colours
  })

  constructor() {
    this.#dark.addEventListener('change', (e) => (this.#systemDark = e.matches))
    addEventListener('beforeprint', () => this.#print(true))
    addEventListener('afterprint', () => this.#print(false))
    document.documentElement.dataset.theme = this.choice
  }

  #print(on: boolean) {
    document.documentElement.dataset.theme = on ? 'light' : this.choice
    this.isPrinting = on
  }

  choose(choice: Choice) {
    document.documentElement.dataset.theme = choice
    this.choice = choice
    localStorage.setItem(KEY, choice)
  }

  next() {
    this.choose(this.isDark ? 'light' : 'dark')
  }
}

export const theme = new Theme()
