// Which language an answer speaks: the request's word first, then the user's, then the company's.
import type { Language } from '../model/text.ts'

/** The language that an Accept-Language header asks for; null when it names none of ours. */
export function languageOf(header: string | undefined): Language | null {
  if (header === undefined) return null
  if (header === 'zh-CN' || header === 'en') return header
  let best: Language | null = null
  let weight = 0
  for (const part of header.slice(0, 500).split(',')) {
    const [tag = '', ...options] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const language = /^zh(-|$)/.test(tag) ? 'zh-CN' : /^en(-|$)/.test(tag) ? 'en' : null
    const given = options.find((option) => option.startsWith('q='))
    const quality = given === undefined ? 1 : Number(given.slice(2)) || 0
    if (language && quality > weight) {
      best = language
      weight = quality
    }
  }
  return best
}
