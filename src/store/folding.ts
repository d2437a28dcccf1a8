// One form of text for search and for matching: half width, small letters, simplified characters, Latin letters without accents.
import { configs } from 'opencc-js/preset/t2cn'

const simplified = simplifiedTable()
const plainText = /^[\x20-\x7e\u4e00-\u9fff]*$/
const accented = /[\u00c0-\u024f\u1e00-\u1eff]/

/** The folded text; of as many characters or a few more or less than the given. */
export function fold(text: string): string {
  let folded = plainText.test(text) ? text.toLowerCase() : text.normalize('NFKC').toLowerCase()
  if (accented.test(folded))
    folded = folded.replace(/[\u00c0-\u024f\u1e00-\u1eff]+/g, (letters) => letters.normalize('NFD').replace(/\p{M}/gu, ''))
  return toSimplified(folded)
}

/** Traditional characters as simplified ones, character by character. */
export function toSimplified(text: string): string {
  for (let i = 0; i < text.length; i++) if (simplified[text.charCodeAt(i)] !== 0) return replaced(text, i)
  return text
}

function replaced(text: string, from: number): string {
  let result = text.slice(0, from)
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    result += String.fromCharCode(simplified[code] || code)
  }
  return result
}

/** The simplified character of each code unit, 0 where it stays. Characters beyond the basic plane are too rare in names to matter. */
function simplifiedTable(): Uint16Array {
  const table = new Uint16Array(65_536)
  const characters = configs.t2s!.conversionChain[0]![1]!
  const pairs = typeof characters === 'string' ? characters.split('|').map((pair) => pair.split(' ')) : characters
  for (const [traditional = '', simple = ''] of pairs)
    if (traditional.length === 1 && simple.length === 1) table[traditional.charCodeAt(0)] = simple.charCodeAt(0)
  return table
}
