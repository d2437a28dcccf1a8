// The initials of the pinyin of Chinese titles, in every likely reading: 单婉清 is read swq as a name and dwq by its letters.
import { pinyin } from 'pinyin-pro'

/** Initials kept from each character on; a longer query finds by these and is tested after. */
export const longestInitials = 8
const mostReadings = 4
/** Titles are not longer than this; what follows is found by its characters. */
const longestTitle = 40

const chineseRun = /[\u3400-\u4dbf\u4e00-\u9fff]+/g

/** The initials from each character on, at most `length` of them: of 苏州凌垚 `szly`, `zly`, `ly`, `y`, so that any part of them finds. */
export function initialsOf(folded: string, length: number = longestInitials): string[] {
  const found = new Set<string>()
  for (const reading of readingsOf(folded.slice(0, longestTitle))) {
    for (let i = 0; i < reading.length; i++) found.add(reading.slice(i, i + length))
  }
  return [...found]
}

/** Short names spelled out, from each character on: of 何嘉禾 `hejiahe`, `jiahe`, `he`. */
export function spelledOut(folded: string): string[] {
  const found = new Set<string>()
  for (const [run] of folded.matchAll(chineseRun)) {
    if (run.length < 2 || run.length > 4) continue
    for (const surname of ['off', 'head'] as const) {
      const syllables = pinyin(run, { toneType: 'none', type: 'array', surname, v: true })
      for (let i = 0; i < syllables.length; i++) found.add(syllables.slice(i).join(''))
    }
  }
  return [...found]
}

/** The initials of all Chinese characters of a title in one string, in up to four readings. */
function readingsOf(title: string): string[] {
  const chinese = title.match(chineseRun)?.join('') ?? ''
  if (chinese === '') return []
  const letters = [...chinese].map(lettersOf)
  if (letters.every((each) => each.length === 1)) return [letters.join('')]
  const asName = firstLetters(chinese, 'head')
  const readings = new Set([asName, firstLetters(chinese, 'off')])
  for (let i = 0; i < letters.length && readings.size < mostReadings; i++) {
    for (const letter of letters[i]!) if (readings.size < mostReadings) readings.add(asName.slice(0, i) + letter + asName.slice(i + 1))
  }
  return [...readings]
}

const firstLetters = (chinese: string, surname: 'head' | 'off'): string =>
  pinyin(chinese, { pattern: 'first', toneType: 'none', type: 'array', surname }).join('')

const lettersByCharacter = new Map<string, string>()

/** The first letters of all readings of one character, the usual first; the character itself where it has none. */
function lettersOf(character: string): string {
  let letters = lettersByCharacter.get(character)
  if (letters === undefined) {
    const readings = pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true })
    letters = [...new Set(readings.map((reading) => reading[0] ?? '').filter((letter) => /[a-z]/.test(letter)))].join('') || character
    lettersByCharacter.set(character, letters)
  }
  return letters
}
