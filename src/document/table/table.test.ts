import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { afterAll, expect, test } from 'vitest'
import { harmless } from './csvLine.ts'
import { openTable, type TableOptions } from './table.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhanggui-table-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
const open = (content: Uint8Array | string, options?: TableOptions) => {
  const path = join(folder, String(files++))
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  writeFileSync(path, bytes)
  return openTable(path, bytes.length, options)
}
const cells = async (content: Uint8Array | string, options?: TableOptions) => {
  const rows: string[][] = []
  for await (const row of (await open(content, options)).rows()) rows.push(row.cells)
  return rows
}

const chinese = '名称,城市\n凌垚,苏州\n'
const expected = [
  ['名称', '城市'],
  ['凌垚', '苏州'],
]

test.each([
  ['UTF-8', Buffer.from(chinese), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${chinese}`), 'utf-8'],
  ['GB18030', iconv.encode(chinese, 'gb18030'), 'gb18030'],
  ['UTF-16 LE with a mark', iconv.encode(chinese, 'utf-16le', { addBOM: true }), 'utf-16le'],
  ['UTF-16 BE with a mark', iconv.encode(chinese, 'utf-16be', { addBOM: true }), 'utf-16be'],
])('%s is read as what it is', async (_, bytes, encoding) => {
  expect((await open(bytes)).encoding).toBe(encoding)
  expect(await cells(bytes)).toEqual(expected)
})

test('Latin text in UTF-16 without a mark, and Chinese only far down the file, are recognised', async () => {
  expect((await open(iconv.encode('name,city\nAcme,Cologne\n', 'utf-16le'))).encoding).toBe('utf-16le')
  const late = Buffer.concat([Buffer.from(`name\n${'x\n'.repeat(2_000_000)}`), iconv.encode('凌垚\n', 'gb18030')])
  expect((await open(late)).encoding).toBe('gb18030')
})

test.each([
  [',', 'a,b;c,d\n1,2;3,4\n'],
  [';', 'a;b;c\n1,5;2;3\n'],
  ['\t', 'a\tb,b\tc\n1\t2\t3\n'],
  [',', 'one\ntwo\n'],
])('the delimiter %j is guessed', async (delimiter, text) => {
  expect((await open(text)).delimiter).toBe(delimiter)
})

test('quotes, line breaks in cells, short and blank rows; numbers of rows as a spreadsheet shows them', async () => {
  const table = await open('a,b,c\r\n"1, or ""one""","two\nlines",\r\n\r\n5" pipe,6\r\n')
  const rows = []
  for await (const row of table.rows()) rows.push(row)
  expect(rows).toEqual([
    { number: 1, cells: ['a', 'b', 'c'] },
    { number: 2, cells: ['1, or "one"', 'two\nlines', ''] },
    { number: 4, cells: ['5" pipe', '6'] },
  ])
})

test('a quote that is never closed is named by its row instead of swallowing the memory', async () => {
  await expect(cells(`a,b\n1,2\n3,"${'x'.repeat(3_000_000)}`)).rejects.toMatchObject({
    code: 'malformed',
    params: { reason: { en: expect.stringContaining('row 3') } },
  })
})

test('a sheet gives numbers as meant, days, truth values and texts; a merged cell stands in each of its rows', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '客户',
        rows: [
          ['名称', '电话', '始于', '活跃', '价格'],
          ['凌垚', 13900000001, new Date('2026-05-04T00:00:00Z'), true, 0.1 + 0.2],
          [null, 13900000002, new Date('2026-05-04T08:30:00Z'), false, 1e21],
          ['<b>&', 0, null, null, -5.5],
        ],
        merges: [{ startRow: 1, endRow: 2, startCol: 0, endCol: 0 }],
      },
      { name: 'second', rows: [['x']] },
    ],
  })
  const table = await open(bytes)
  expect([table.format, table.sheet, table.sheets]).toEqual(['xlsx', '客户', ['客户', 'second']])
  expect(await cells(bytes)).toEqual([
    ['名称', '电话', '始于', '活跃', '价格'],
    ['凌垚', '13900000001', '2026-05-04', 'true', '0.3'],
    ['凌垚', '13900000002', '2026-05-04T08:30:00', 'false', '1000000000000000000000'],
    ['<b>&', '0', '', '', '-5.5'],
  ])
  expect(await cells(bytes, { sheet: 'second' })).toEqual([['x']])
  await expect(open(bytes, { sheet: 'third' })).rejects.toMatchObject({ status: 400 })
})

/** A workbook made by hand of these parts. */
function zipOf(parts: Record<string, string | Buffer>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const packed = deflateRawSync(content)
    const header = Buffer.alloc(30)
    header.writeUInt32LE(0x04034b50, 0)
    header.writeUInt16LE(8, 8)
    header.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(1, 24) // a size that is a lie
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(at, 42)
    local.push(header, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    at += 30 + Buffer.byteLength(name) + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, directory, end])
}
const main = {
  '_rels/.rels': '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': "<x:workbook xmlns:x='m'><x:sheets><x:sheet name='A &amp; B' sheetId='1' r:id='rId1'/></x:sheets></x:workbook>",
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/s.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" Target="texts.xml"/></Relationships>',
  'xl/texts.xml':
    '<sst><si><r><t>rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si><si><t xml:space="preserve"> _x4E2D_ </t></si></sst>',
}

test('prefixes, rich texts, readings, escapes, inline texts and cells without a place are understood', async () => {
  const sheet =
    '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c t="s"><x:v>0</x:v></x:c><x:c r="C2" t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>a &lt; b</x:t></x:is></x:c><x:c t="str"><x:f>A1&amp;"x"</x:f><x:v>sum</x:v></x:c></x:row></x:sheetData></x:worksheet>'
  const table = await open(zipOf({ ...main, 'xl/worksheets/s.xml': sheet }))
  expect(table.sheet).toBe('A & B')
  const rows = []
  for await (const row of table.rows()) rows.push(row)
  expect(rows).toEqual([{ number: 2, cells: ['rich text', '', ' 中 ', 'a < b', 'sum'] }])
})

test('a bomb, a sheet of ten thousand columns, a cell without end and a broken workbook are refused, not survived', async () => {
  const bomb = zipOf({
    ...main,
    'xl/texts.xml': Buffer.alloc(250_000_000, `<si><t>${'x'.repeat(1_000)}</t></si>`),
    'xl/worksheets/s.xml': '<sheetData/>',
  })
  expect(bomb.length).toBeLessThan(2_000_000)
  await expect(open(bomb)).rejects.toMatchObject({ status: 413 })
  const wide = zipOf({ ...main, 'xl/worksheets/s.xml': '<sheetData><row r="1"><c r="NTP1"><v>1</v></c></row></sheetData>' })
  await expect(cells(wide)).rejects.toMatchObject({ status: 400, code: 'tooMany' })
  const endless = zipOf({ ...main, 'xl/worksheets/s.xml': `<sheetData><row><c t="str"><v>${'x'.repeat(9_000_000)}` })
  await expect(cells(endless)).rejects.toMatchObject({ status: 400 })
  const good = zipOf({ ...main, 'xl/worksheets/s.xml': '<sheetData/>' })
  await expect(open(good.subarray(0, good.length - 30))).rejects.toMatchObject({ status: 400 })
  await expect(open(zipOf({ 'readme.txt': 'hello' }))).rejects.toMatchObject({ status: 400 })
})

test.each([
  ['', 'is empty'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old', '.xls'],
  ['%PDF-1.7', 'PDF'],
])('a file that is no table is named: %j', async (content, reason) => {
  await expect(open(Buffer.from(content, 'latin1'))).rejects.toMatchObject({
    status: 400,
    params: { reason: { en: expect.stringContaining(reason) } },
  })
})

test.each([
  ['=HYPERLINK("x")', `'=HYPERLINK("x")`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['-2+3+cmd', `'-2+3+cmd`],
  ['-12.5', '-12.5'],
  ['+49 30 123456', '+49 30 123456'],
  ['＝1', `'＝1`],
  ['plain', 'plain'],
])('%s stands in a CSV as %s', (cell, written) => {
  expect(harmless(cell)).toBe(written)
})
