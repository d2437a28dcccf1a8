import { text as readText } from 'node:stream/consumers'
import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Call } from '../../access/call.ts'
import { countRecords, getRecord, listRecords } from '../../access/read.ts'
import { createRecords } from '../../access/write/create.ts'
import { updateRecords } from '../../access/write/update.ts'
import {
  boolean,
  choice,
  date,
  dateTime,
  longText,
  money,
  number,
  phone,
  reference,
  references,
  rollup,
  string,
  user,
} from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { isProblem } from '../../model/problem.ts'
import { effect, role, rule } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { sql, table } from '../../store/sql.ts'
import { type ImportWorld, startImportWorld } from '../testingImport.ts'
import { importErrors } from './errors.ts'
import { cancelImport, readImport, startImport, undoImport } from './imports.ts'
import { inspectFile } from './inspect.ts'
import type { ImportSpec } from './spec.ts'

const firm = object('firm', {
  label: text('Firm', '企业'),
  title: 'name',
  fields: {
    name: string({ label: text('Name', '名称'), required: true, search: 'pinyin' }),
    code: string({ label: text('Code', '编号'), unique: true }),
    industry: choice({ retail: text('Retail', '零售'), trade: text('Trade', '贸易') }, { label: text('Industry', '行业'), open: true }),
    size: choice({ small: text('Small', '小'), large: text('Large', '大') }, { label: text('Size', '规模') }),
    phone: phone({ label: text('Phone', '电话') }),
    staff: number({ label: text('Staff', '人数'), min: '0' }),
    worth: money({ label: text('Worth', '价值') }),
    founded: date({ label: text('Founded', '成立') }),
    vip: boolean({ label: text('VIP', '贵宾') }),
    parent: reference('firm', { label: text('Parent', '上级'), onDelete: 'restrict' }),
    labels: references('label', { label: text('Labels', '标签') }),
    pool: reference('pool', { label: text('Pool', '公海') }),
    protectedUntil: date({ label: text('Protected until', '保护期至') }),
    owner: user({ label: text('Owner', '负责人') }),
    deals: rollup({ result: 'number', rollup: { from: 'deal', via: 'firm', op: 'count' } }),
  },
  views: { list: ['name', 'code'], sort: 'name' },
})
const label = object('label', {
  label: text('Label', '标签'),
  title: 'name',
  fields: { name: string({ required: true }) },
  views: { list: ['name'] },
})
const person = object('person', {
  label: text('Person', '联系人'),
  title: 'name',
  access: { follows: ['firm'] },
  fields: {
    name: string({ label: text('Name', '姓名'), required: true }),
    firm: reference('firm', { label: text('Firm', '企业'), onDelete: 'cascade' }),
    mobile: phone({ label: text('Mobile', '手机') }),
  },
  views: { list: ['name'] },
})
const visit = object('visit', {
  label: text('Visit', '拜访'),
  title: 'subject',
  timeline: 'doneAt',
  access: { follows: ['firm'] },
  fields: {
    subject: string({ required: true }),
    body: longText({ label: text('Report', '内容') }),
    firm: reference('firm', { onDelete: 'cascade' }),
    person: reference('person', {}),
    doneAt: dateTime({ label: text('Done', '完成时间') }),
    owner: user({ label: text('By', '负责人') }),
  },
  views: { list: ['subject'] },
})
const deal = object('deal', {
  label: text('Deal', '商机'),
  title: 'name',
  fields: {
    name: string({ required: true }),
    firm: reference('firm', { onDelete: 'cascade' }),
    amount: money(),
    owner: user(),
  },
  views: { list: ['name'] },
})
const stubborn = { status: 409, say: text('“{name}” is not welcome.', '不欢迎“{name}”。') }
const shop = pack('shop', {
  label: text('Shop', '商店'),
  dependsOn: ['core'],
  objects: [firm, label, person, visit, deal],
  rules: [rule(firm, { must: 'staff == null || staff < 1000000', say: text('Too many people.', '人数过多。'), at: 'staff' })],
  effects: [
    effect(firm, 'bouncer', async (batch, { refuse }) => {
      for (const { record } of batch) if (record.name === 'Stubborn') refuse('stubborn', stubborn, { name: record.name })
    }),
  ],
  duplicates: [
    {
      object: 'firm',
      keys: [
        { kind: 'name', fields: ['name'] },
        { kind: 'phone', fields: ['phone'] },
      ],
      protectedBy: { owner: 'owner', until: 'protectedUntil' },
    },
  ],
  roles: [
    role('seller', {
      label: text('Seller', '业务员'),
      rights: {
        '*': { view: 'own', create: true, edit: 'own', delete: 'own', export: 'own' },
        user: { view: 'all' },
        pool: { view: 'all' },
        label: { view: 'all', create: true },
        importJob: { view: 'own', create: true },
      },
    }),
    role('reader', { label: text('Reader', '只读'), rights: { '*': { view: 'all' }, importJob: { view: 'own', create: true } } }),
  ],
})

let world: ImportWorld
let boss: Call
let anna: Call

beforeAll(async () => {
  world = await startImportWorld([shop])
  boss = await world.by(await world.hire('Boss', { roles: ['system_admin'] }))
  anna = await world.by(await world.hire('Anna', { roles: ['seller'] }))
})
afterAll(() => world?.close())

const bring = (call: Call, content: string | Uint8Array, spec: ImportSpec) => world.bring(call, 'file.csv', content, spec)
const firms = async (filter = {}, fields: string[] | 'all' = 'all') =>
  (await listRecords(boss, 'firm', { filter, fields, sort: 'name' })).data

test('without columns, names and labels in either language are matched; the others are listed', async () => {
  const done = await bring(
    anna,
    '企业名称*,CODE,人数（选填）,Worth currency,价值,favourite colour,贵宾\n凌垚,C-1,1.2万,USD,"1,234.50",blue,是\n',
    { object: 'firm' },
  )
  expect(done).toMatchObject({ state: 'done', created: '1', result: { ignored: ['favourite colour'] } })
  expect(await firms({ name: '凌垚' })).toMatchObject([
    { code: 'C-1', staff: '12000', worth: { amount: '1234.50', currency: 'USD' }, vip: true, owner: anna.principal.id },
  ])
})

test('failed rows come back as they were, each with its reasons in the reader’s language, and nothing in them is a formula', async () => {
  const file = 'Name,Staff,Founded,Size\nGood,5,2026-05-04,small\n,7,,\n=bad(),many,32.13.2026,huge\n'
  const done = await bring(anna, file, { object: 'firm', dateFormat: 'D.M.YYYY' })
  expect(done).toMatchObject({ rows: '3', created: '1', failed: '2' })
  const { content, fileName } = await importErrors({ ...anna, language: 'en' }, world.store, done.id)
  expect(fileName).toBe('file-errors.csv')
  const lines = (await readText(content)).split('\r\n')
  expect(lines[0]).toBe('\ufeffName,Staff,Founded,Size,error')
  expect(lines[1]).toBe(',7,,,Name: Fill this in.')
  expect(lines[2]).toBe(`'=bad(),many,32.13.2026,huge,Founded: “32.13.2026” is no day written as D.M.YYYY.`)
  const chinese = await importErrors({ ...anna, language: 'zh-CN' }, world.store, done.id)
  expect((await readText(chinese.content)).split('\r\n')[1]).toBe(',7,,,名称：此项必填。')
  // mended and sent again
  expect(await bring(anna, lines.slice(0, 2).join('\n').replace(',7', 'Mended,7'), { object: 'firm' })).toMatchObject({
    created: '1',
    failed: '0',
  })
})

test('known records are skipped, updated or made again, also when they stand twice in one file', async () => {
  const file = 'code,name,staff\nD1,First,1\nD2,Second,2\nd1,First again,3\n'
  const match = ['code']
  expect(await bring(anna, file, { object: 'firm', duplicates: { match, then: 'skip' } })).toMatchObject({ created: '2', skipped: '1' })
  expect(await bring(anna, file, { object: 'firm', duplicates: { match, then: 'update' } })).toMatchObject({ created: '0', updated: '3' })
  expect(await firms({ code: 'D1' })).toMatchObject([{ name: 'First again', staff: '3', version: 2 }])
  const made = await bring(anna, file, { object: 'firm', duplicates: { match: ['name'], then: 'create' } })
  expect(made).toMatchObject({ created: '0', failed: '3' }) // the code is unique
  expect((await world.failures(made.id))[0]).toMatchObject({ position: 2, error: { errors: [{ field: 'code', code: 'duplicate' }] } })
})

test('one row makes a firm, up to three contacts, a first visit and a deal; a row that fails leaves none of them', async () => {
  const spec: ImportSpec = {
    objects: [
      {
        object: 'firm',
        columns: { firm: 'name', owner: { field: 'owner', match: 'name' } },
        duplicates: { match: ['name'], then: 'skip' },
      },
      { name: 'first', object: 'person', columns: { person1: 'name', mobile1: 'mobile' } },
      { name: 'second', object: 'person', columns: { person2: 'name', mobile2: 'mobile' } },
      { name: 'third', object: 'person', columns: { person3: 'name' } },
      {
        object: 'visit',
        columns: { visit: 'subject', date: 'doneAt', by: { field: 'owner', match: 'name' } },
        links: { person: 'second' },
      },
      { object: 'deal', columns: { deal: 'name', amount: 'amount' }, defaults: { currency: 'EUR' } },
    ],
  }
  const head = 'firm,owner,person1,mobile1,person2,mobile2,person3,visit,date,by,deal,amount\n'
  const rows = [
    'Multi,Anna,Li,13900000001,Wang,13900000002,Zhao,Talk,2026-03-01 10:00,Anna,Stand,900',
    'Plain,Anna,,,,,,,,,,',
    'Broken,Anna,Qian,,,,,Talk,2026-03-01,Anna,Stand,much',
  ]
  const done = await bring(boss, head + rows.join('\n'), spec)
  expect(done).toMatchObject({
    rows: '3',
    created: '2',
    failed: '1',
    result: { objects: { firm: { created: 2 }, person: { created: 3 }, visit: { created: 1 }, deal: { created: 1 } } },
  })
  expect(await firms({ name: { in: ['Multi', 'Plain', 'Broken'] } }, ['name', 'deals'])).toMatchObject([
    { name: 'Multi', deals: '1' },
    { name: 'Plain', deals: '0' },
  ])
  const [visited] = (await listRecords(boss, 'visit', { fields: 'all', expand: ['person', 'firm'] })).data
  expect(visited).toMatchObject({
    person: { title: 'Wang' },
    firm: { title: 'Multi' },
    createdBy: anna.principal.id, // not the importer's
    createdAt: '2026-03-01T02:00:00.000Z',
    doneAt: '2026-03-01T02:00:00.000Z',
  })
  expect((await countRecords(boss, 'person', { name: 'Qian' })).value).toBe(0)
})

test('references: found whatever the case, width and spaces, made on request, refused when unknown or ambiguous', async () => {
  await createRecords(boss, 'firm', [
    { name: 'GTX Pro', owner: null },
    { name: 'Twin', owner: null },
    { name: 'Twin', owner: null },
  ])
  const spec: ImportSpec = {
    object: 'firm',
    columns: { name: 'name', parent: 'parent', labels: { field: 'labels', match: 'name', create: true } },
  }
  const done = await bring(
    boss,
    'name,parent,labels\nChild A,ｇｔｘpro,"red、 Blue"\nChild B,Twin,red\nChild C,Nobody,green\nChild D,,BLUE\n',
    spec,
  )
  expect(done).toMatchObject({ created: '2', failed: '2', result: { objects: { label: { created: 2 } } } })
  const faults = await world.failures(done.id)
  expect(faults.map(({ position, error }) => [position, error.say.en, error.errors[0]?.message.en])).toEqual([
    [3, '{what}', undefined],
    [4, 'The input is not right.', 'There is no firm “Nobody”, or you may not see it.'],
  ])
  expect((await listRecords(boss, 'label', { sort: 'name', fields: ['name'] })).data.map((one) => one.name)).toEqual(['Blue', 'red']) // no green: its row failed
})

test('rows that refer to rows further down, even two thousand on, wait for them; circles and dead ends fail', async () => {
  const rows = ['name,parent', 'Daughter,Mother', 'Loop 1,Loop 2', 'Loop 2,Loop 1', 'Orphan,Nowhere']
  for (let i = 0; i < 2_100; i++) rows.push(`Filler ${i},`)
  rows.push('Mother,Grandmother', 'Grandmother,')
  const done = await bring(boss, rows.join('\n'), { object: 'firm', columns: { name: 'name', parent: { field: 'parent', match: 'name' } } })
  expect(done).toMatchObject({ rows: '2106', created: '2103', failed: '3' })
  const [daughter] = (await listRecords(boss, 'firm', { filter: { name: 'Daughter' }, fields: ['parent'], expand: ['parent'] })).data
  expect(daughter?.parent).toMatchObject({ title: 'Mother' })
  expect((await world.failures(done.id)).map(({ row }) => row[0])).toEqual(['Loop 1', 'Loop 2', 'Orphan'])
})

test('another’s protected customer fails its row; other look-alikes are notes', async () => {
  await createRecords(boss, 'firm', [
    { name: '宁波拓岚物流装备有限公司', owner: boss.principal.id, protectedUntil: '2999-01-01' },
    { name: '青岛泊远冷链科技有限公司', owner: boss.principal.id },
  ])
  const done = await bring(anna, 'name\n拓岚物流装備（宁波）\n泊远冷链科技(青岛)有限公司\n', { object: 'firm' })
  expect(done).toMatchObject({
    created: '1',
    failed: '1',
    result: { notes: [{ row: 3, say: { zh: '与 青岛泊远冷链科技有限公司 (Boss) 疑似重复。' } }] },
  })
  expect((await world.failures(done.id))[0]).toMatchObject({ position: 2, error: { code: 'duplicateSuspected' } })
})

test('a row that a pack’s own step refuses is found among the others, which come in', async () => {
  const rows = Array.from({ length: 40 }, (_, i) => (i === 23 ? 'Stubborn' : `Welcome ${i}`))
  const done = await bring(anna, ['name', ...rows].join('\n'), { object: 'firm' })
  expect(done).toMatchObject({ created: '39', failed: '1' })
  expect(await world.failures(done.id)).toMatchObject([{ position: 25, error: { code: 'stubborn', params: { name: 'Stubborn' } } }])
})

test('a unique value that another takes in the same moment fails its row only', async () => {
  const { id } = await startImport(
    anna,
    world.store,
    { fileName: 'x.csv', content: Buffer.from('name,code\nA,RACE-1\nB,RACE-2\nC,RACE-3\n') },
    { object: 'firm' },
  )
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  let written: () => void = () => undefined
  const isWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const other = world.database.transaction(async (tx) => {
    await createRecords({ ...boss, tx, link: tx }, 'firm', [{ name: 'Quick', code: 'race-2' }])
    written()
    await held
  })
  await isWritten
  const importing = world.work('import', id)
  await new Promise((resolve) => setTimeout(resolve, 300)) // it waits for the other's index entry
  letGo()
  await other
  await importing
  expect(await readImport(anna, id)).toMatchObject({ state: 'done', created: '2', failed: '1' })
  expect((await world.failures(id))[0]).toMatchObject({ position: 3, error: { code: 'duplicate' } })
})

test('without the right to create nothing is taken; a right that is taken away meanwhile stops the import', async () => {
  const rita = await world.by(await world.hire('Rita', { roles: ['reader'] }))
  await expect(bring(rita, 'name\nx\n', { object: 'firm' })).rejects.toMatchObject({ status: 403 })
  const id = await world.hire('Leaver', { roles: ['seller'] })
  const leaver = await world.by(id)
  const job = await startImport(leaver, world.store, { fileName: 'x.csv', content: Buffer.from('name\nToo late\n') }, { object: 'firm' })
  await updateRecords(world.engine, 'user', [{ id, roles: [world.roles.reader] }])
  await world.work('import', job.id)
  expect(await getRecord(boss, 'importJob', job.id)).toMatchObject({
    state: 'failed',
    created: '0',
    reason: expect.stringContaining('权限'),
  })
  expect(await firms({ name: 'Too late' })).toEqual([])
})

test('every mistake of a spec is named, with what was probably meant', async () => {
  const spec = {
    object: 'firm',
    columns: { nmae: 'name', code: 'cdoe', staff: { field: 'deals' }, owner: { field: 'owner', match: 'colour' } },
    defaults: { colour: 'red', currency: 'RMB' },
    duplicates: { match: ['labels'], then: 'update' },
    dateFormat: 'MM-MM',
  } as unknown as ImportSpec
  const error = await bring(anna, 'name,code,staff,owner\nx,,,\n', spec).catch((caught: unknown) => caught)
  expect(
    (error as { errors: { field: string; message: { en: string } }[] }).errors.map(({ field, message }) => `${field}: ${message.en}`),
  ).toEqual([
    'dateFormat: Write it with YYYY, MM or M, DD or D, such as M/D/YYYY.',
    'columns.nmae: The file has no column “nmae”; is it “name”?',
    'columns.code: Firm has no field “cdoe”; is it “code”?',
    'columns.staff: “Deals” is kept by the system.',
    'columns.owner: A user cannot be found by “colour”.',
    'defaults.colour: Firm has no such field.',
    'defaults.currency: This is no ISO 4217 code.',
    'duplicates.match: Name fields by which a record can be found.',
  ])
  for (const wrong of [
    null,
    [],
    'x',
    { object: 5 },
    { object: 'firm', columns: [] },
    { objects: [null] },
    { object: 'firm', duplicates: {} },
    { object: 'firm', columns: { name: 5 } },
    { toString: 'x' },
  ])
    await expect(bring(anna, 'name\nx\n', wrong as ImportSpec)).rejects.toMatchObject({
      status: expect.toSatisfy((status: number) => status === 400 || status === 404),
    })
})

test('two header rows, merged cells and phones kept as numbers are understood', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '客户',
        rows: [
          ['客户导入表 2026', null, null, null, null],
          ['名称', '联系方式', null, '规模', null],
          [null, '电话', '编号', '人数', '规模'],
          ['合并一', 13900000009, 'M-1', 12, '小'],
          ['合并二', '0512-62881234', 'M-2', 34, '大'],
        ],
        merges: [
          { startRow: 0, endRow: 0, startCol: 0, endCol: 4 },
          { startRow: 1, endRow: 2, startCol: 0, endCol: 0 },
          { startRow: 1, endRow: 1, startCol: 1, endCol: 2 },
          { startRow: 1, endRow: 1, startCol: 3, endCol: 4 },
        ],
      },
    ],
  })
  expect(await bring(anna, bytes, { object: 'firm' })).toMatchObject({ created: '2', failed: '0', result: { ignored: [] } })
  expect(await firms({ code: { in: ['M-1', 'M-2'] } })).toMatchObject([
    { name: '合并二', phone: '0512-62881234', size: 'large' },
    { name: '合并一', phone: '13900000009', size: 'small', staff: '12' },
  ])
})

test('rows may go into a pool; open choices take new values unless strict', async () => {
  await createRecords(boss, 'pool', [{ name: '公海' }])
  const file = 'name,pool,industry\nPooled,公海,贸易\nNew trade,,Fishing\n'
  const columns = { name: 'name', pool: 'pool', industry: 'industry' }
  expect(await bring(boss, file, { object: 'firm', columns, strict: true })).toMatchObject({ created: '1', failed: '1' })
  expect(await bring(boss, file, { object: 'firm', columns, duplicates: { match: ['name'], then: 'skip' } })).toMatchObject({
    created: '1',
    skipped: '1',
  })
  expect(await firms({ name: { in: ['Pooled', 'New trade'] } })).toMatchObject([
    { industry: 'Fishing', pool: null, owner: boss.principal.id },
    { industry: 'trade', pool: expect.any(String), owner: null },
  ])
})

test('a look into the file guesses object and fields and names what nothing in the system is called', async () => {
  await createRecords(boss, 'firm', [{ name: 'Massive Dynamic', owner: null }])
  const seen = await inspectFile(boss, world.store, {
    fileName: 'a.csv',
    content: Buffer.from('名称;人数;上级;行业;x\nNew one;5;Massiv Dynamic;retial;1\nNew two;6;massivedynamic;零售;\n'),
  })
  expect(seen).toMatchObject({ format: 'csv', encoding: 'utf-8', delimiter: ';', object: 'firm', headerRow: 1, headerRows: 1, lookedAt: 2 })
  expect(seen.columns.map(({ name, field }) => [name, field])).toEqual([
    ['名称', 'name'],
    ['人数', 'staff'],
    ['上级', 'parent'],
    ['行业', 'industry'],
    ['x', null],
  ])
  expect(seen.columns[2]?.unknown).toEqual([{ value: 'Massiv Dynamic', count: 1, like: 'Massive Dynamic' }])
  expect(seen.columns[3]?.unknown).toEqual([{ value: 'retial', count: 1, like: 'retail' }])
  expect(await startImport(boss, world.store, { file: seen.file }, { object: 'firm' })).toMatchObject({
    state: 'queued',
    fileName: 'a.csv',
  })
})

test('a cancelled import makes nothing more and cannot be cancelled twice; strangers do not see it', async () => {
  const { id } = await startImport(anna, world.store, { fileName: 'x.csv', content: Buffer.from('name\nNever\n') }, { object: 'firm' })
  const bert = await world.by(await world.hire('Bert', { roles: ['seller'] }))
  await expect(cancelImport(bert, id)).rejects.toMatchObject({ status: 404 })
  expect(await cancelImport(anna, id)).toMatchObject({ state: 'cancelled' })
  await expect(cancelImport(anna, id)).rejects.toMatchObject({ status: 409 })
  await world.work('import', id)
  expect(await firms({ name: 'Never' })).toEqual([])
})

test('undo bins what nobody changed since, restores what was updated, and lists the rest', async () => {
  const [before] = (await createRecords(anna, 'firm', [{ name: 'Was here', code: 'U-0', staff: '1', founded: '2020-01-01' }])).records
  const done = await bring(anna, 'code,name,staff,founded\nU-0,Renamed,2,\nU-1,Fresh,3,\nU-2,Touched,4,\nU-3,Needed,5,\n', {
    object: 'firm',
    duplicates: { match: ['code'], then: 'update' },
  })
  expect(done).toMatchObject({ created: '3', updated: '1' })
  const [touched] = await firms({ code: 'U-2' })
  const [needed] = await firms({ code: 'U-3' })
  await updateRecords(anna, 'firm', [{ id: touched?.id as string, staff: '40' }])
  await createRecords(boss, 'firm', [{ name: 'Needs it', parent: needed?.id }])
  await undoImport(anna, done.id)
  await expect(undoImport(anna, done.id)).rejects.toMatchObject({ status: 409 })
  const [job] = await world.database
    .link()
    .query(sql`select id from ${table(world.workspace.schema, 'long_job')} where kind = 'importUndo' and body->>'import' = ${done.id}`)
  await world.work('importUndo', job?.[0] as string)
  expect(await readImport(anna, done.id)).toMatchObject({
    state: 'undone',
    result: {
      undone: {
        binned: 1,
        restored: 1,
        leftCount: 2,
        left: [
          { object: 'firm', id: touched?.id },
          { object: 'firm', id: needed?.id },
        ],
      },
    },
  })
  expect(await firms({ code: { startsWith: 'U-' } }, ['code', 'name', 'staff', 'founded'])).toMatchObject([
    { code: 'U-3', name: 'Needed' },
    { code: 'U-2', name: 'Touched', staff: '40' },
    { code: 'U-0', name: 'Was here', staff: '1', founded: '2020-01-01' },
  ])
  expect(before?.id).toBe((await firms({ code: 'U-0' }))[0]?.id)
})

test('whatever is sent, the answer is a problem that says what is wrong, or an import that comes to an end', {
  timeout: 120_000,
}, async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'name',
      '名称',
      'code',
      'parent',
      'x',
      '=1+1',
      '13900000001',
      '2026-05-04',
      'ＧＴＸ',
      '"',
      "'",
      ',',
      ';',
      '\t',
      '\n',
      '\r\n',
      '\u0000',
      '\ud800',
      '𠮷',
      '\ufeff',
      '__proto__',
      '{what}',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  )
  const file = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(`name,code,staff\n${pieces.join('')}`)),
    fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join(''))),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from(bytes)])),
  )
  const key = fc.constantFrom(
    'name',
    'code',
    'staff',
    'parent',
    'owner',
    'labels',
    'worth.currency',
    '#1',
    '__proto__',
    'constructor',
    'nothing',
    '',
  )
  const value = fc.oneof(
    fc.constantFrom('name', 'code', 'parent', 'owner.name', 'skip', 'update', 'create', 1, null, true),
    fc.string({ maxLength: 8 }),
  )
  const mapping = fc.dictionary(
    key,
    fc.oneof(value, fc.record({ field: value, match: value, create: fc.boolean() }, { requiredKeys: [] })),
    { maxKeys: 4 },
  )
  const spec = fc.record(
    {
      object: fc.constantFrom('firm', 'firm', 'firm', 'deal', 'nothing', 5),
      columns: fc.oneof(mapping, fc.constant(null)),
      values: fc.dictionary(key, mapping, { maxKeys: 2 }),
      defaults: fc.dictionary(key, value, { maxKeys: 2 }),
      duplicates: fc.record({ match: fc.array(key, { maxLength: 2 }), then: value }, { requiredKeys: [] }),
      dateFormat: fc.constantFrom('YYYY-MM-DD', 'D/M/YY', 'MM', '(((', 5),
      headerRow: fc.constantFrom(1, 2, 99, -1),
      headerRows: fc.constantFrom(1, 2, 3),
      encoding: fc.constantFrom('utf-8', 'gb18030', 'latin1'),
      delimiter: fc.constantFrom(',', ';', 'x'),
    },
    { requiredKeys: ['object'] },
  )
  await fc.assert(
    fc.asyncProperty(file, fc.oneof(spec, fc.constant({ object: 'firm' })), async (content, given) => {
      const done = await bring(anna, content, given as ImportSpec).catch((error: unknown) => error)
      if (isProblem(done)) expect([400, 403, 404, 413]).toContain(done.status)
      else expect(done).toMatchObject({ state: expect.stringMatching(/^(done|failed)$/) })
      if ((done as { state?: string }).state === 'failed') expect((done as { reason: string }).reason).not.toContain('内部')
    }),
    { numRuns: 150, seed: 20260316, endOnFailure: true },
  )
})
