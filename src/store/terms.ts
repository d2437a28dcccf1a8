// Search terms: what of a record goes into its `search` vector, and what a query asks of it. Chinese by pairs of characters,
// words and numbers as they are, numbers also by their tails, titles also by the initials of their pinyin.
import { fold } from './folding.ts'
import { initialsOf, longestInitials, spelledOut } from './initials.ts'

export interface TermPart {
  text: string
  /** A title or a name: found by pinyin initials too. */
  pinyin?: boolean
  /** A phone number: found by its digits however it is grouped. */
  phone?: boolean
  weight?: 'A' | 'B' | 'C'
}

export interface QueryTerms {
  /** For `$1::tsquery` (it is written out, nothing is left to a parser). */
  tsquery: string
  /** The folded words of the query, each of which a hit must have; `foundIn` tests a hit for them. */
  needles: string[]
}

interface Run {
  chinese: boolean
  text: string
}

const mostTerms = 3_000
const longestWord = 40
const tailLengths = [4, 8]

/** The lexemes of a record, each once: for `array_to_tsvector` or a written vector without weights. */
export function searchTerms(parts: readonly TermPart[]): string[] {
  const terms = new Set<string>()
  for (const part of parts) addTerms(part, terms)
  return [...terms].slice(0, mostTerms)
}

/** The vector as PostgreSQL reads it, for `$1::tsvector`: each lexeme with the best weight it was given (C), so that `ts_rank` sets titles before texts. */
export function searchVector(parts: readonly TermPart[]): string {
  const terms = new Set<string>()
  const written: string[] = []
  for (const weight of weights) {
    const known = terms.size
    for (const part of parts) if ((part.weight ?? 'C') === weight) addTerms(part, terms)
    let i = 0
    if (terms.size > known) for (const term of terms) if (i++ >= known && i <= mostTerms) written.push(`${quoted(term)}:1${weight}`)
  }
  return written.join(' ')
}
const weights = ['A', 'B', 'C'] as const

/** What a query asks for; null when there is nothing to look for in it. All its words must be found. */
export function queryTerms(query: string): QueryTerms | null {
  const groups = groupsOf(fold(query.slice(0, 200))).slice(0, 12)
  if (groups.length === 0) return null
  return { tsquery: groups.map(({ runs, joined }) => asked(runs, joined)).join(' & '), needles: groups.map(({ joined }) => joined) }
}

/** Whether a record of these parts has what the query asks: the exact test behind the vector, whose pairs may come from different places. */
export function foundIn(query: string, parts: readonly TermPart[]): boolean {
  const groups = groupsOf(fold(query.slice(0, 200))).slice(0, 12)
  if (groups.length === 0) return false
  const texts = parts.map(({ text }) => joinedText(fold(text)))
  const terms = new Set<string>()
  for (const part of parts) addTerms(part, terms)
  const begins = (word: string): boolean => {
    for (const term of terms) if (term.startsWith(word)) return true
    return (
      word.length > longestInitials &&
      terms.has(word.slice(0, longestInitials)) &&
      parts.some(
        (part) => part.pinyin && initialsOf(fold(part.text), Number.POSITIVE_INFINITY).some((initials) => initials.startsWith(word)),
      )
    )
  }
  return groups.every(
    ({ runs, joined }) =>
      begins(joined) || runs.every((run) => (run.chinese ? texts.some((text) => text.includes(run.text)) : begins(run.text))),
  )
}

function addTerms({ text, pinyin, phone }: TermPart, terms: Set<string>): void {
  if (text === '') return
  const folded = fold(text)
  for (const { runs, joined } of groupsOf(folded)) {
    for (const run of runs) {
      if (run.chinese) addPairs(run.text, terms)
      else addWord(run.text, terms)
    }
    if (runs.length > 1 && runs.every((run) => !run.chinese)) terms.add(joined)
  }
  const digits = phone ? folded.replace(/\D/g, '') : ''
  if (digits !== '') addWord(digits, terms)
  if (!pinyin) return
  for (const initials of initialsOf(folded)) terms.add(initials)
  for (const spelled of spelledOut(folded)) terms.add(spelled)
}

/** Each pair of neighbours, and the last character alone, so that one character finds by its prefix. */
function addPairs(run: string, terms: Set<string>): void {
  const characters = [...run]
  for (let i = 0; i + 1 < characters.length; i++) terms.add(characters[i]! + characters[i + 1]!)
  terms.add(characters.at(-1)!)
}

function addWord(word: string, terms: Set<string>): void {
  terms.add(word.slice(0, longestWord))
  const digits = /\d+$/.exec(word)?.[0] ?? ''
  for (const length of tailLengths)
    if (digits.length > length || (digits.length === length && word.length > length)) terms.add(digits.slice(-length))
}

/** Words that hang together (`pop-up`, `0512-62881234`, `3M展览`) are one group of several runs. */
function groupsOf(folded: string): { runs: Run[]; joined: string }[] {
  const groups: { runs: Run[]; joined: string }[] = []
  for (const piece of folded.split(apart)) {
    const runs = runsOf(piece)
    if (runs.length > 0)
      groups.push({
        runs,
        joined: runs
          .map((run) => run.text)
          .join('')
          .slice(0, longestWord),
      })
  }
  return groups
}

/** What parts words for good; signs like - . / ' & _ only loosely. */
const apart = /[\s@,;:|!?"()[\]{}<>=+*#~^$%`\u3000-\u3020\u2018-\u201f、。，；：！？·]+/
const runPattern =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}〇]+)|[\p{L}\p{N}\p{M}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}〇]|[^\p{L}\p{N}\p{M}]|$)/gu
const asciiWord = /^[a-z0-9]+$/
const hanOnly = /^[\u4e00-\u9fff]+$/

function runsOf(piece: string): Run[] {
  if (piece === '') return []
  if (hanOnly.test(piece)) return [{ chinese: true, text: piece }]
  if (asciiWord.test(piece)) return [{ chinese: false, text: piece }]
  return [...piece.matchAll(runPattern)].map((match) => ({ chinese: match[1] !== undefined, text: match[0] }))
}

/** The whole text as a needle meets it: what hangs together without its signs, the rest apart. */
function joinedText(folded: string): string {
  return folded
    .split(apart)
    .map((piece) => piece.replace(/[^\p{L}\p{N}\p{M}]/gu, ''))
    .join(' ')
}

function asked(runs: readonly Run[], joined: string): string {
  const every = runs.flatMap((run) => (run.chinese ? pairsAsked(run.text) : [wordAsked(run.text)])).slice(0, 30)
  const written = every.length === 1 ? every[0]! : `(${every.join(' & ')})`
  return runs.length > 1 && runs.every((run) => !run.chinese) ? `(${written} | ${wordAsked(joined)})` : written
}

function pairsAsked(run: string): string[] {
  const characters = [...run]
  if (characters.length === 1) return [`${quoted(run)}:*`]
  return characters.slice(1).map((character, i) => quoted(characters[i]! + character))
}

/** A word finds by its beginning; initials longer than those kept find by what is kept of them. */
function wordAsked(word: string): string {
  const begins = `${quoted(word.slice(0, longestWord))}:*`
  return /^[a-z]+$/.test(word) && word.length > longestInitials ? `(${begins} | ${quoted(word.slice(0, longestInitials))})` : begins
}

const quoted = (lexeme: string): string => `'${lexeme.includes("'") || lexeme.includes('\\') ? lexeme.replace(/['\\]/g, '$&$&') : lexeme}'`
