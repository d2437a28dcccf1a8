// Filters taken apart into sentences and put together again.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Field } from '../data/model.ts'
import { numberText } from '../format/number.ts'
import { dayText } from '../format/time.ts'
import type { Format } from '../format/useFormat.ts'
import { speak, t as speakNow, type Words } from '../words/index.ts'
import { both, readSentence, writeSentence } from './conditions.ts'
import { operandText, operatorText } from './sentence.ts'

const t = Object.assign(speakNow, { language: 'zh-CN' as const, of: (what: { zh: string }) => what.zh }) as unknown as Words
const here = { language: 'zh-CN' as const, today: '2026-11-18', timeZone: 'Asia/Shanghai' }
const format = { ...here, number: numberText, day: (day: string) => dayText(day, here) } as unknown as Format
const field = (type: Field['type'], more: Partial<Field> = {}): Field => ({
  name: 'x',
  type,
  label: { en: 'X', zh: '某' },
  system: false,
  custom: false,
  live: false,
  may: 'write',
  ...more,
})
const say = (what: Field, operator: Parameters<typeof operatorText>[1], value: unknown) =>
  `${operatorText(what, operator, t)} ${operandText(what, operator, value, t, format, (id) => `<${id}>`)}`.trim()

beforeEach(() => speak('zh-CN'))

describe('filters', () => {
  test('every condition of a filter becomes a part of the sentence and back', () => {
    const filter = {
      owner: 'me',
      silentDays: { gte: 14, lte: 30 },
      pool: { isNull: true },
      industry: ['retail'],
      closeOn: { in: 'thisMonth' },
    }
    const sentence = readSentence(filter)
    expect(sentence.conditions.map(({ path, operator }) => `${path} ${operator}`)).toEqual([
      'owner eq',
      'silentDays gte',
      'silentDays lte',
      'pool blank',
      'industry in',
      'closeOn in',
    ])
    expect(readSentence(writeSentence(sentence))).toEqual(sentence)
  })

  test('groups, relations and negations stay whole', () => {
    const filter = { name: { contains: '外贸' }, or: [{ grade: 'A' }, { grade: 'B' }], contacts: { some: { primary: true } } }
    const sentence = readSentence(filter)
    expect(sentence.conditions).toHaveLength(1)
    expect(sentence.rest).toEqual([{ or: filter.or }, { contacts: filter.contacts }])
    expect(writeSentence(sentence)).toEqual({ name: { contains: '外贸' }, and: [{ or: filter.or }, { contacts: filter.contacts }] })
  })

  test('the same operator twice on one field keeps both', () => {
    const sentence = {
      conditions: [
        { path: 'name', operator: 'contains' as const, value: '外贸' },
        { path: 'name', operator: 'contains' as const, value: '上海' },
      ],
      rest: [],
    }
    expect(writeSentence(sentence)).toEqual({ name: { contains: '外贸' }, and: [{ name: { contains: '上海' } }] })
  })

  test('filters are joined without losing one of two on the same field', () => {
    expect(both({ owner: 'me' }, { grade: 'A' }, undefined, {})).toEqual({ owner: 'me', grade: 'A' })
    expect(both({ owner: 'me' }, { owner: { isNull: false } })).toEqual({ and: [{ owner: 'me' }, { owner: { isNull: false } }] })
  })
})

describe('the words', () => {
  test('people, figures, days and options', () => {
    expect(say(field('reference', { to: 'user' }), 'in', ['me', 'u1'])).toBe('是 我 或 <u1>')
    expect(say(field('number'), 'gt', '14')).toBe('大于 14')
    expect(say(field('date'), 'in', 'thisMonth')).toBe('在 本月')
    expect(say(field('date'), 'gte', '-30d')).toBe('不早于 30 天前')
    expect(say(field('dateTime'), 'in', 'last7Days')).toBe('在 最近 7 天')
    expect(say(field('date'), 'between', ['2026-11-02', '2026-11-18'])).toBe('介于 11-02 至 今天')
    expect(say(field('choice', { options: { A: { label: { en: 'A', zh: '甲' } } } }), 'in', ['A'])).toBe('是 甲')
    expect(say(field('text'), 'blank', null)).toBe('为空')
  })
})
