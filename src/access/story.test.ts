// What hangs on a record: history, timeline, comments, files, shares, reveals, erasure, hand-over.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { act } from '../flow/actions.ts'
import { choice, dateTime, phone, reference, string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { role } from '../model/rule.ts'
import { text } from '../model/text.ts'
import { sql, table } from '../store/sql.ts'
import type { Call } from './call.ts'
import { addComment, changeComment, commentsOf } from './comments.ts'
import { erasePerson } from './erase.ts'
import { fileInfo, filesOf, openFile, saveFile } from './files.ts'
import { explainAccess, grantsOf, shareRecord } from './grants.ts'
import { historyOf } from './history.ts'
import { getRecord, listRecords } from './read.ts'
import { revealValue } from './reveal.ts'
import { search } from './search.ts'
import { startWorld, type World } from './testingWorld.ts'
import { timelineOf } from './timeline.ts'
import { createView, removeView, updateView, viewsOf } from './views.ts'
import { createRecords } from './write/create.ts'
import { updateRecords } from './write/update.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  access: { readLog: true },
  fields: {
    name: string({ required: true, search: 'pinyin' }),
    phone: phone({ mask: 'middle', search: true }),
    note: string(),
    stage: choice({ a: text('A', '甲'), b: text('B', '乙') }),
    owner: user(),
  },
  stages: {
    field: 'stage',
    pipelines: {
      main: {
        label: text('Main', '主'),
        stages: [
          { name: 'a', label: text('A', '甲') },
          { name: 'b', label: text('B', '乙') },
        ],
      },
    },
  },
  views: { list: ['name', 'phone'] },
})
const visit = object('visit', {
  label: text('Visit', '拜访'),
  title: 'name',
  timeline: 'at',
  access: { follows: ['client'], handsOver: { at: null } },
  fields: { name: string(), client: reference('client'), at: dateTime(), owner: user() },
  views: { list: ['name'] },
})
const masks = role('telemarketer', {
  label: text('Telemarketer', '电话销售'),
  rights: { client: { view: 'all', fields: { phone: 'masked', note: 'none' } } },
})
const stories = pack('stories', { label: text('Stories', '故事'), dependsOn: ['core'], objects: [client, visit], roles: [masks] })
const files = { folder: mkdtempSync(join(tmpdir(), 'zhanggui-files-')) }

let world: World
let anna: Call
let bert: Call
let masked: Call
let boss: Call
let id: string
beforeAll(async () => {
  world = await startWorld([stories])
  const ids = [
    await world.hire('Anna', { roles: ['salesperson'] }),
    await world.hire('Bert', { roles: ['salesperson'] }),
    await world.hire('Mia', { roles: ['telemarketer'] }),
    await world.hire('Boss', { roles: ['system_admin'] }),
  ]
  ;[anna, bert, masked, boss] = (await Promise.all(ids.map((one) => world.by(one)))) as [Call, Call, Call, Call]
})
afterAll(() => world?.close())
beforeEach(async () => {
  id = (await createRecords(anna, 'client', [{ name: '宁波拓岚', phone: '13900000001', note: 'private', stage: 'a' }])).records[0]
    ?.id as string
})

test('history tells old and new values by whom, and shows each reader only what it may see', async () => {
  await updateRecords(anna, 'client', [{ id, phone: '13900000002', note: 'other' }])
  await updateRecords(anna, 'client', [{ id, phone: '13900000003' }])
  const { data } = await historyOf(anna, 'client', id)
  expect(data.map((entry) => entry.kind)).toEqual(['update', 'update', 'create'])
  expect(data[0]).toMatchObject({ by: { name: 'Anna' }, changes: [{ field: 'phone', before: '13900000002', after: '13900000003' }] })
  const seen = await historyOf(masked, 'client', id)
  expect(JSON.stringify(seen)).not.toContain('13900000')
  expect(JSON.stringify(seen)).not.toContain('private')
  await expect(historyOf(bert, 'client', id)).rejects.toMatchObject({ status: 404 })
})

test('the timeline has visits, stage moves and comments in order', async () => {
  await createRecords(anna, 'visit', [{ name: 'first', client: id, at: '2026-01-01T00:00:00Z' }])
  await updateRecords(anna, 'client', [{ id, stage: 'b' }])
  await addComment(anna, 'client', id, { body: 'well done' })
  const { data } = await timelineOf(anna, 'client', id)
  expect(data.map((entry) => entry.kind)).toEqual(['comment', 'stage', 'created', 'activity'])
  expect(data[1]?.detail).toMatchObject({ from: 'a', to: 'b', toLabel: { zh: '乙' } })
  await expect(timelineOf(bert, 'client', id)).rejects.toMatchObject({ status: 404 })
})

test('comments notify those who are named and may see the record, and nobody else', async () => {
  await addComment(anna, 'client', id, { body: '请看 @Boss @Bert' })
  const told = await world.database
    .link()
    .query(sql`select user_id from ${table(world.workspace.schema, 'notification')} where record = ${id}::uuid`)
  expect(told).toEqual([[boss.principal.id]])
  await expect(addComment(bert, 'client', id, { body: 'x' })).rejects.toMatchObject({ status: 404 })
  const [comment] = await commentsOf(anna, 'client', id)
  await expect(changeComment(masked, 'client', id, comment?.id as string, 'changed')).rejects.toMatchObject({ status: 404 })
  await changeComment(anna, 'client', id, comment?.id as string, null)
  expect(await commentsOf(anna, 'client', id)).toEqual([])
})

test('a share lets one person in, is explained, and ends', async () => {
  await shareRecord(anna, 'client', id, [{ principal: bert.principal.id as string, level: 'view' }])
  expect(await getRecord(bert, 'client', id)).toMatchObject({ name: '宁波拓岚' })
  await expect(updateRecords(bert, 'client', [{ id, note: 'x' }])).rejects.toMatchObject({ status: 403 })
  await expect(shareRecord(bert, 'client', id, [])).rejects.toMatchObject({ status: 403 })
  const { people } = await explainAccess(anna, 'client', id)
  expect(people.find((one) => one.user.name === 'Bert')).toMatchObject({ verbs: ['view'], why: { en: 'shared with this person' } })
  expect(people.find((one) => one.user.name === 'Anna')?.why.en).toBe('owner')
  await shareRecord(anna, 'client', id, [])
  expect(await grantsOf(anna, 'client', id)).toEqual([])
  await expect(getRecord(bert, 'client', id)).rejects.toMatchObject({ status: 404 })
})

test('files have the rights of their record; names cannot lead out of the folder', async () => {
  const file = await saveFile(anna, files, Buffer.from('plan'), {
    name: '../../etc/passwd\u0000',
    type: 'text/plain',
    object: 'client',
    record: id,
  })
  expect(file).toMatchObject({ name: 'passwd', size: 4 })
  expect(await filesOf(masked, 'client', id)).toMatchObject([{ id: file.id }])
  expect((await openFile(masked, files, file.id)).name).toBe('passwd')
  await expect(fileInfo(bert, file.id)).rejects.toMatchObject({ status: 404 })
  await expect(
    saveFile(masked, files, Buffer.from('x'), { name: 'x', type: 'text/plain', object: 'client', record: id }),
  ).rejects.toMatchObject({ status: 403 })
})

test('a masked value is shown by click, logged, and only so often a day', async () => {
  expect(await getRecord(masked, 'client', id)).toMatchObject({ phone: '139****0001' })
  expect(await getRecord(masked, 'client', id)).not.toHaveProperty('note')
  await expect(listRecords(masked, 'client', { filter: { phone: '13900000001' } })).rejects.toMatchObject({ status: 400 })
  await expect(listRecords(masked, 'client', { filter: { note: 'private' } })).rejects.toMatchObject({ code: 'unknownField' })
  expect(await search(masked, '13900000001')).toEqual([])
  expect((await search(masked, '拓岚'))[0]?.hits.length).toBeGreaterThan(0)
  world.workspace.settings.revealsPerDay = 2
  expect(await revealValue(masked, 'client', id, 'phone')).toBe('13900000001')
  await revealValue(masked, 'client', id, 'phone')
  const others = await createRecords(anna, 'client', [
    { name: 'x', phone: '13900000009' },
    { name: 'y', phone: '13900000008' },
  ])
  await revealValue(masked, 'client', others.records[0]?.id as string, 'phone')
  await expect(revealValue(masked, 'client', others.records[1]?.id as string, 'phone')).rejects.toMatchObject({ code: 'limitReached' })
  await expect(revealValue(masked, 'client', id, 'note')).rejects.toMatchObject({ code: 'unknownField' })
})

test('CUS-12: every read of a protected record is logged', async () => {
  await getRecord(masked, 'client', id)
  const rows = await world.database
    .link()
    .query(sql`select principal from ${table(world.workspace.schema, 'read_log')} where record = ${id}::uuid and kind = 'read'`)
  expect(rows.map((row) => row[0])).toContain(masked.principal.id)
})

test('a person is erased from values, history, search and files, with a certificate', async () => {
  await updateRecords(anna, 'client', [{ id, name: '吴玉珍', note: 'moved' }])
  await addComment(anna, 'client', id, { body: '吴玉珍 called' })
  await saveFile(anna, files, Buffer.from('吴玉珍'), { name: 'id.txt', type: 'text/plain', object: 'client', record: id })
  await expect(erasePerson(anna, 'client', id, 'asked')).rejects.toMatchObject({ status: 403 })
  const certificate = await erasePerson(boss, 'client', id, 'asked by letter')
  expect(certificate.erased).toMatchObject({ comments: 1, files: 1 })
  const everything = await Promise.all(
    ['client', 'change', 'comment', 'file', 'notification', 'match_key'].map((name) =>
      world.database.link().query(sql`select to_jsonb(t)::text from ${table(world.workspace.schema, name)} t`),
    ),
  )
  expect(JSON.stringify(everything)).not.toContain('吴玉珍')
  expect(await search(boss, '吴玉珍')).toEqual([])
})

test('CUS-14: a leaver hands over everything; what is done stays its author’s', async () => {
  const leaver = await world.hire('Leaver', { roles: ['salesperson'] })
  const call = await world.by(leaver)
  const { records } = await createRecords(call, 'client', [{ name: 'one' }, { name: 'two' }, { name: 'three' }])
  await createRecords(
    call,
    'visit',
    records.flatMap((record) => [
      { name: 'open', client: record.id },
      { name: 'done', client: record.id, at: '2026-01-01T00:00:00Z' },
    ]),
  )
  const admin = await world.by(boss.principal.id as string)
  const to = [anna.principal.id, bert.principal.id]
  const preview = await act(admin, 'user.handOver', [leaver], { to, dryRun: true })
  expect(preview.data).toMatchObject([
    {
      moved: [
        { object: 'client', to: to[0], count: 2 },
        { object: 'client', to: to[1], count: 1 },
        { object: 'visit', to: to[0], count: 2 },
        { object: 'visit', to: to[1], count: 1 },
      ],
    },
  ])
  await expect(act(await world.by(anna.principal.id as string), 'user.handOver', [leaver], { to })).rejects.toMatchObject({ status: 403 })
  await act(admin, 'user.handOver', [leaver], { to })
  expect((await listRecords(admin, 'client', { filter: { owner: leaver } })).data).toEqual([])
  expect((await listRecords(admin, 'visit', { filter: { owner: leaver } })).data).toHaveLength(3)
  // A visit follows its client's new owner for reading.
  const mine = await listRecords(await world.by(to[0] as string), 'visit', { filter: { name: 'done' } })
  expect(mine.data).toHaveLength(2)
})

test('WFL-45, P26-A5: a frozen person is refused at once, data stay, and the record shows who ordered it', async () => {
  const leaver = await world.hire('Frozen', { roles: ['salesperson'] })
  const call = await world.by(leaver)
  await createRecords(call, 'client', [{ name: 'kept' }])
  await act(await world.by(boss.principal.id as string), 'user.freeze', [leaver], { reason: '离职迹象' })
  await expect(createRecords(call, 'client', [{ name: 'more' }])).rejects.toMatchObject({ code: 'frozen' })
  const admin = await world.by(boss.principal.id as string)
  expect(await getRecord(admin, 'user', leaver)).toMatchObject({ frozenBy: boss.principal.id, frozenReason: '离职迹象' })
  expect((await listRecords(admin, 'client', { filter: { owner: leaver } })).data).toHaveLength(1)
})

test('saved views are private until shared, and only asked of what their maker sees', async () => {
  const view = await createView(anna, 'client', { name: '我的', body: { filter: { owner: 'me' } } })
  expect((await viewsOf(bert, 'client')).map((one) => one.id)).not.toContain(view.id)
  await expect(updateView(bert, view.id, { name: 'x' })).rejects.toMatchObject({ status: 404 })
  await expect(createView(anna, 'client', { name: 'all', shared: true })).rejects.toMatchObject({ status: 403 })
  await expect(createView(masked, 'client', { name: 'n', body: { filter: { note: 'x' } } })).rejects.toMatchObject({ code: 'unknownField' })
  const shared = await createView(boss, 'client', { name: 'all', shared: true })
  expect((await viewsOf(bert, 'client')).map((one) => one.id)).toContain(shared.id)
  await removeView(anna, view.id)
})
