import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundIn, queryTerms, searchTerms, searchVector, type TermPart } from './terms.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

const lingyao: TermPart[] = [
  { text: '苏州凌垚自动化科技有限公司', pinyin: true, weight: 'A' },
  { text: 'ZG-2026-0001', weight: 'A' },
  { text: '13900000001', weight: 'B' },
  { text: 'chengly@lingyao.example', weight: 'B' },
]
const shan: TermPart[] = [{ text: '单婉清', pinyin: true, weight: 'A' }]
const zeng: TermPart[] = [{ text: '曾柏舟', pinyin: true }]
const robert: TermPart[] = [{ text: '恒屿国际 Robert Müller', pinyin: true }]
const stand: TermPart[] = [{ text: 'Pop-up 展架 3M 80×200', pinyin: true }]
const heng: TermPart[] = [{ text: '重庆衡岳會展（集團）', pinyin: true }]
const all = { lingyao, shan, zeng, robert, stand, heng }

const found = (query: string): string[] => Object.entries(all).flatMap(([name, parts]) => (foundIn(query, parts) ? [name] : []))

describe('what people type finds', () => {
  test.each<[string, string[]]>([
    ['凌垚', ['lingyao']],
    ['垚', ['lingyao']],
    ['司', ['lingyao']],
    ['单', ['shan']],
    ['凌垚自動化', ['lingyao']],
    ['ｌｙ', ['lingyao']],
    ['ly', ['lingyao']],
    ['szly', ['lingyao']],
    ['SZLYZDHKJYXGS', ['lingyao']],
    ['szlyzdhkjyxgx', []],
    ['0001', ['lingyao']],
    ['13900000001', ['lingyao']],
    ['139', ['lingyao']],
    ['00000001', ['lingyao']],
    ['zg-2026-0001', ['lingyao']],
    ['zg20260001', ['lingyao']],
    ['lingyao.example', ['lingyao']],
    ['chengly@lingyao.example', ['lingyao']],
    ['swq', ['shan']],
    ['dwq', ['shan']],
    ['wq', ['shan']],
    ['shanwanqing', ['shan']],
    ['wanq', ['shan']],
    ['zbz', ['zeng']],
    ['cbz', ['zeng']],
    ['恒屿 rob', ['robert']],
    ['恒屿rob', ['robert']],
    ['rob 恒屿', ['robert']],
    ['muller', ['robert']],
    ['Müller', ['robert']],
    ['pop-up', ['stand']],
    ['popup', ['stand']],
    ['POP', ['stand']],
    ['展架', ['stand']],
    ['3m', ['stand']],
    ['会展', ['heng']],
    ['集团', ['heng']],
    ['cqhy', ['heng']],
    ['zqhy', ['heng']],
    ['凌自', []],
    ['苏州公司', []],
    ['obert', []],
    ['恒屿 凌垚', []],
  ])('%s', (query, names) => expect(found(query)).toEqual(names))

  test('a phone is found by its digits and by their tail, however it is grouped', () => {
    const phone: TermPart[] = [{ text: '+49 89 1234567', phone: true }]
    for (const query of ['4989', '49891234567', '4567', '+49 89', '1234567']) expect(foundIn(query, phone)).toBe(true)
    expect(foundIn('891', phone)).toBe(false)
  })

  test('what is no word asks for nothing', () => {
    for (const query of ['', '   ', '!!!', "'", '\\', '&|!():*<->', '、。', '-', '\u0000']) {
      expect(queryTerms(query)).toBeNull()
      expect(foundIn(query, lingyao)).toBe(false)
    }
  })
})

describe('the vector', () => {
  test('has pairs, last characters, words, tails and initials, each once', () => {
    const terms = searchTerms([{ text: '凌垚自動化', pinyin: true }, { text: '13900000001' }, { text: '凌垚' }])
    expect(terms).toEqual(
      expect.arrayContaining([
        '凌垚',
        '垚自',
        '自动',
        '动化',
        '化',
        '垚',
        'lyzdh',
        'yzdh',
        'zdh',
        'dh',
        'h',
        '13900000001',
        '0001',
        '00000001',
      ]),
    )
    expect(new Set(terms).size).toBe(terms.length)
  })
  test('says the best weight of each word', () => {
    expect(searchVector([{ text: '凌垚', weight: 'B' }, { text: "垚's", weight: 'A' }, { text: '垚 x' }])).toBe(
      "'垚':1A 's':1A '凌垚':1B 'x':1C",
    )
  })
  test('of a long text stays bounded', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('')
    expect(searchTerms([{ text }]).length).toBeLessThanOrEqual(3_000)
  })
})

test('any query on any text is safe, and a part of a text finds it', () => {
  const character = fc.constantFrom(...'凌垚自動化單曾ab1Z- .\'"\\&|!():*é𠮷の한', '重庆', '0001', '@')
  const texts = fc.array(character, { maxLength: 20 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(texts, texts, (query, text) => {
      const asked = queryTerms(query)
      if (asked !== null) {
        expect(asked.tsquery).toMatch(/^[('].*[*')]$/u)
        expect(asked.needles.length).toBeGreaterThan(0)
      }
      foundIn(query, [{ text, pinyin: true }])
      if (queryTerms(text) !== null) expect(foundIn(text, [{ text, pinyin: true }])).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('twenty thousand titles make their terms in about a second', () => {
  const titles = Array.from({ length: 2_000 }, (_, i) => ({
    text: `苏州${String.fromCodePoint(0x5100 + i)}垚自动化科技有限公司`,
    pinyin: true,
  }))
  searchTerms(titles)
  const started = performance.now()
  for (const title of titles) searchTerms([title])
  expect(performance.now() - started).toBeLessThan(1_000)
})

describe('in PostgreSQL', () => {
  let database: TestDatabase
  let client: Client
  beforeAll(async () => {
    database = await testDatabase()
    client = new Client({ connectionString: database.url })
    await client.connect()
    await client.query('create table public.record (name text, search tsvector)')
    for (const [name, parts] of Object.entries(all))
      await client.query('insert into public.record values ($1, $2::tsvector)', [name, searchVector(parts)])
    await client.query('create index on public.record using gin (search)')
  })
  afterAll(async () => {
    await client.end()
    await database.drop()
  })

  const hits = async (query: string): Promise<string[]> => {
    const asked = queryTerms(query)
    if (asked === null) return []
    const { rows } = await client.query<{ name: string }>(
      'select name from public.record where search @@ $1::tsquery order by ts_rank(search, $1::tsquery) desc',
      [asked.tsquery],
    )
    return rows.map(({ name }) => name)
  }

  test('the index finds at least what the exact test finds', async () => {
    for (const query of [
      '凌垚',
      '垚',
      '司',
      'ly',
      'szlyzdhkjyxgs',
      '0001',
      'zg-2026-0001',
      'swq',
      'dwq',
      '恒屿 rob',
      'müller',
      'pop-up',
      '3m',
      '凌垚自動化',
      '会展',
      'cqhy',
      'chengly@lingyao.example',
    ])
      expect(await hits(query), query).toEqual(expect.arrayContaining(found(query)))
  })
  test('what is not there is not found', async () => {
    for (const query of ['凌自', 'obert', '恒屿 凌垚']) expect(await hits(query), query).toEqual([])
  })
  test('no query and no text breaks it, and what the exact test finds the vector has', async () => {
    const character = fc.constantFrom(...'凌垚单曾a1Z-3 .\'"\\&|!():*<>é𠮷\n\t', '重庆', '::', "''", 'zg', '0512')
    const texts = fc.array(character, { maxLength: 20 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(texts, texts, fc.nat(20), fc.nat(6), async (text, other, from, length) => {
        const parts = [{ text, pinyin: true }]
        for (const query of [text, other, text.slice(from, from + length)]) {
          const asked = queryTerms(query)
          if (asked === null) continue
          const { rows } = await client.query<{ found: boolean }>('select $1::tsvector @@ $2::tsquery as found', [
            searchVector(parts),
            asked.tsquery,
          ])
          if (foundIn(query, parts)) expect(rows[0]?.found, `${query} in ${text}`).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})
