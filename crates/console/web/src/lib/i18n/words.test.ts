import { expect, test } from 'vitest'
import de from './de.json'
import { en } from './en'
import fr from './fr.json'
import ja from './ja.json'
import ru from './ru.json'

test('other languages name no word that English does not have, and fill in the same', () => {
  const fills = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).toSorted()
  for (const words of [de, fr, ja, ru]) {
    for (const [key, text] of Object.entries(words)) {
      expect(Object.keys(en)).toContain(key)
      expect(fills(text), key).toEqual(fills(en[key as keyof typeof en]))
    }
  }
})
