// Takes a company's name apart: where it is, what it does, what is its own.
import { pinyin } from 'pinyin-pro'
import { legalEndings, legalPhrases, legalWords, placeEndings, places, tradeWords, tradeWordsLatin } from './companyNames.ts'
import { fold } from './folding.ts'

export interface Script {
  chinese: boolean
  text: string
}

export interface NameParts {
  /** Cities and provinces at the ends of the name, in Chinese. */
  places: string[]
  /** The name without legal form and places, by script. */
  rest: Script[]
  /** What is the company's own: the rest without its trade; the rest itself where nothing else is left. */
  core: Script[]
  /** Nothing else is left: only its place tells such a company from others. */
  common: boolean
}

const legal = new RegExp(legalPhrases.join('|'), 'g')
const chineseCharacters = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu

/** The parts of a name; null when it has neither letters nor digits. */
export function cutName(name: string): NameParts | null {
  const folded = fold(name.slice(0, 200))
    .replace(/['’`]/g, '')
    .replace(/\((株|有|合|资|주|유)\)/g, '')
  const chinese = folded.match(chineseCharacters)?.join('') ?? ''
  const words = folded
    .replace(chineseCharacters, ' ')
    .replace(/\b(\p{L})[./](?=\p{L}\b)/gu, '$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
  if (chinese === '' && words.length === 0) return null
  const found = new Set<string>()
  const rest: Script[] = []
  const core: Script[] = []
  let common = true
  if (chinese !== '') {
    const own = withoutPlaces(withoutLegalForm(chinese), found)
    rest.push({ chinese: true, text: own })
    const special = withoutTrade(own)
    core.push({ chinese: true, text: special || own })
    if (special !== '') common = false
  }
  if (words.length > 0) {
    const own = withoutPlaceWords(withoutLegalWords(words), found)
    const special = own.filter((word) => !tradeWordsLatin.has(word))
    rest.push({ chinese: false, text: own.join('') })
    core.push({ chinese: false, text: (special.length > 0 ? special : own).join('') })
    if (special.length > 0) common = false
  }
  return { places: [...found], rest, core, common }
}

function withoutLegalForm(name: string): string {
  let own = name.replace(legal, '')
  for (let ending: string | undefined = ''; ending !== undefined; ) {
    ending = legalEndings.find((each) => own.endsWith(each) && own.length > each.length + 1)
    if (ending !== undefined) own = own.slice(0, -ending.length)
  }
  return own === '' ? name : own
}

/** Places at the beginning and at the end; two characters of the name always stay. */
function withoutPlaces(name: string, found: Set<string>): string {
  let own = name
  for (let again = true; again; ) {
    again = false
    const first = beginningOf(own, placeNames)
    if (first !== undefined) {
      own = own.slice(first.length)
      found.add(first)
      again = true
      const ending = placeEndings.find((each) => own.startsWith(each) && own.length >= each.length + 2)
      if (ending !== undefined) own = own.slice(ending.length)
    }
    const bare = own.replace(/[省市县]$/, '')
    const last = endOf(bare, placeNames)
    if (last !== undefined) {
      own = bare.slice(0, -last.length)
      found.add(last)
      again = true
    }
  }
  return own
}

/** Trades from the end on, two characters always stay; empty when the name is all trade. */
function withoutTrade(name: string): string {
  let own = name
  for (let word: string | undefined = ''; word !== undefined; ) {
    word = endOf(own, trades)
    if (word !== undefined) own = own.slice(0, -word.length)
  }
  return trades.has(own) ? '' : own
}

const placeNames = new Set(places)
const trades = new Set(tradeWords)
const longestWord = Math.max(...[...places, ...tradeWords].map((word) => word.length))

/** The longest of the words that the name begins with; two characters of the name always stay. */
function beginningOf(name: string, words: ReadonlySet<string>): string | undefined {
  for (let length = Math.min(longestWord, name.length - 2); length > 0; length--) {
    const word = name.slice(0, length)
    if (words.has(word)) return word
  }
  return undefined
}

function endOf(name: string, words: ReadonlySet<string>): string | undefined {
  for (let length = Math.min(longestWord, name.length - 2); length > 0; length--) {
    const word = name.slice(-length)
    if (words.has(word)) return word
  }
  return undefined
}

function withoutLegalWords(words: readonly string[]): string[] {
  const own = [...words]
  while (own.length > 1 && legalWords.has(own.at(-1)!)) own.pop()
  while (own.length > 1 && /^(the|ooo|oao|zao|pt|cv)$/.test(own[0]!)) own.shift()
  return own
}

function withoutPlaceWords(words: readonly string[], found: Set<string>): string[] {
  const own = words.filter((word) => !placeByPinyin().has(word))
  if (own.length === 0) return [...words]
  for (const word of words) {
    const place = placeByPinyin().get(word)
    if (place !== undefined) found.add(place)
  }
  return own
}

let spelledPlaces: Map<string, string> | undefined
/** Suzhou is 苏州; made when the first Latin name is met. */
function placeByPinyin(): Map<string, string> {
  spelledPlaces ??= new Map([
    ...places
      .map((place) => [pinyin(place, { toneType: 'none', type: 'array', v: true }).join(''), place] as const)
      .filter(([spelled]) => spelled.length > 5),
    ...([
      ['china', '中国'],
      ['prc', '中国'],
      ['hong', '香港'],
      ['kong', '香港'],
      ['hongkong', '香港'],
      ['macau', '澳门'],
      ['taiwan', '台湾'],
      ['taipei', '台北'],
      ['hefei', '合肥'],
      ['wuxi', '无锡'],
      ['xian', '西安'],
      ['jinan', '济南'],
    ] as const),
  ])
  return spelledPlaces
}
