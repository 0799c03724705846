// Words by key. English stands in the page (`scripts/words.mjs`); another language is loaded when it is chosen.
import de from './de.json?url'
import type { Word } from './en'
import fr from './fr.json?url'
import ja from './ja.json?url'
import ru from './ru.json?url'

export const LANGUAGES = { en: 'English', ru: 'Русский', fr: 'Français', de: 'Deutsch', ja: '日本語' } as const
export type Language = keyof typeof LANGUAGES
const KEY = 'console.language'

// Data, not code: fetched when they are wanted.
const words: Record<Exclude<Language, 'en'>, string> = { ru, fr, de, ja }

const en = JSON.parse(document.getElementById('words')?.textContent ?? '{}') as Record<Word, string>

class Tongue {
  language = $state<Language>('en')
  words = $state.raw<Partial<Record<Word, string>>>({})

  async choose(language: Language) {
    this.words = language === 'en' ? {} : await (await fetch(words[language])).json()
    this.language = language
    document.documentElement.lang = language
    localStorage.setItem(KEY, language)
  }
}

export const tongue = new Tongue()

const kept = localStorage.getItem(KEY) as Language | null
if (kept && kept !== 'en' && kept in words) void tongue.choose(kept)

/** The words for a key, with `{name}` filled in. */
export function t(key: Word, fill: Record<string, string | number> = {}): string {
  return (tongue.words[key] ?? en[key]).replace(/\{(\w+)\}/g, (whole, name) => String(fill[name] ?? whole))
}
