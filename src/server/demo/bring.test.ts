// The demo on a real database: loaded once, then looked at as its people see it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Call, callOf, within } from '../../access/call.ts'
import { commentsOf } from '../../access/comments.ts'
import { contextOf } from '../../access/context.ts'
import { filesOf, openFile } from '../../access/files.ts'
import { grantsOf } from '../../access/grants.ts'
import { historyOf } from '../../access/history.ts'
import { organisationOf } from '../../access/organisation.ts'
import { addPastComments } from '../../access/past.ts'
import { automation, engineFor, principalIn } from '../../access/principal.ts'
import { aggregate, countRecords, createRecords, getRecord, listRecords, suspectsFor } from '../../access/records.ts'
import { search } from '../../access/search.ts'
import { timelineOf } from '../../access/timeline.ts'
import { recomputeObject } from '../../access/write/recompute.ts'
import { importErrors } from '../../document/import/errors.ts'
import { inspectFile } from '../../document/import/inspect.ts'
import { act } from '../../flow/actions.ts'
import { core } from '../../model/core.ts'
import type { FilterJson } from '../../model/field.ts'
import { type Declaration, ownPack } from '../../model/own.ts'
import { crm } from '../../packs/crm/index.ts'
import { demoCompany } from '../../packs/demo/index.ts'
import { connect, type Database } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import { type TestDatabase, testDatabase } from '../../store/testing.ts'
import { openWorkspace, type Workspace } from '../../store/workspace.ts'
import { firstStart } from '../firstStart.ts'
import { isPassword } from '../signIn/passwords.ts'
import { type LoadedDemo, loadDemo } from './bring.ts'

/** Tuesday 24 November 2026, 10:02 in Shanghai. */
const now = '2026-11-24T02:02:00.000Z'
const password = 'a demo password'
const folder = mkdtempSync(join(tmpdir(), 'zhanggui-demo-'))
let home: TestDatabase
let database: Database
let workspace: Workspace
let loaded: LoadedDemo | null
const engine = () => callOf(workspace, engineFor('first start'), { use: 'jobs', now })

beforeAll(async () => {
  home = await testDatabase()
  database = connect(home.url)
  // A company that was set up for somewhere else.
  const defaults = { currency: 'EUR', timeZone: 'UTC', language: 'zh-CN' as const, country: 'DE' }
  workspace = await openWorkspace(database, 'main', [core, crm], defaults, (declarations) => ownPack(declarations as Declaration[]))
  await firstStart(workspace, { name: '管理员', email: 'admin@example.com', password: 'another password' })
  loaded = await loadDemo(await engine(), { files: { folder }, password })
}, 120_000)
afterAll(async () => {
  await database?.close()
  await home?.drop()
  rmSync(folder, { recursive: true, force: true })
})

async function by(name: string): Promise<Call> {
  const organisation = await organisationOf(workspace)
  const person = [...organisation.people.values()].find((one) => one.name === name)
  if (!person) throw new Error(`nobody is ${name}`)
  return callOf(workspace, principalIn(organisation, person), { now })
}
const count = async (call: Call, object: string, filter: FilterJson = {}) => (await countRecords(call, object, filter)).value
const list = async (call: Call, object: string, filter: FilterJson, sort?: string) =>
  (await listRecords(call, object, { filter, limit: 500, fields: 'all', sort })).data
const one = async (call: Call, object: string, filter: FilterJson): Promise<Record<string, unknown>> => {
  const [record] = await list(call, object, filter)
  if (!record) throw new Error(`no ${object} ${JSON.stringify(filter)}`)
  return record
}
const amountOf = async (call: Call, filter: FilterJson) =>
  (await aggregate(call, 'opportunity', { filter, measures: { sum: { op: 'sum', field: 'amount' } } }))[0]?.sum

test('it is loaded once, with one password, and never over anybody’s work', async () => {
  expect(loaded).toMatchObject({ password, people: { length: 12 } })
  expect(await loadDemo(await engine(), { files: { folder } })).toBeNull()
  expect(workspace.settings).toMatchObject({
    company: '远岚会展贸易有限公司',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    demo: { password },
  })
  const [row] = await database
    .link()
    .query(sql`select password from ${table(workspace.schema, 'credential')} where user_id = ${(await by('何嘉禾')).principal.id}::uuid`)
  expect(await isPassword(row?.[0] as string, password)).toBe(true)
})

test('顾远山 sees the whole company: 420 accounts, 61 of them in pools with a reason, 260 opportunities, 3,400 follow-ups, 900 tasks', async () => {
  const boss = await by('顾远山')
  expect(await count(boss, 'account')).toBe(420)
  expect(await count(boss, 'contact')).toBe(640)
  expect(await count(boss, 'lead')).toBe(180)
  expect(await count(boss, 'opportunity')).toBe(260)
  expect(await count(boss, 'activity', { followUp: true })).toBe(3_400)
  expect(await count(boss, 'activity', { kind: 'task' })).toBe(900)
  expect(await count(boss, 'campaign')).toBe(6)
  for (const [grade, number] of [
    ['A', 58],
    ['B', 191],
    ['C', 171],
  ] as const)
    expect(await count(boss, 'account', { grade })).toBe(number)
  const pooled = await list(boss, 'account', { pool: { isNull: false } })
  expect(pooled).toHaveLength(61)
  expect(
    pooled.filter(
      ({ poolReason, formerOwner, pooledAt, lastFollowUpAt, owner }) =>
        !poolReason || !formerOwner || !pooledAt || !lastFollowUpAt || owner,
    ),
  ).toEqual([])
  const won = (pipeline: string) => amountOf(boss, { pipeline, outcome: 'won', closeOn: { in: 'last12Months' } })
  expect(await won('exhibition')).toMatchObject({ amount: '6412000.00', currency: 'CNY' })
  expect(await won('standBuilding')).toMatchObject({ amount: '3860000.00', currency: 'CNY' })
  expect(await won('trade')).toMatchObject({ amount: '418600.00', currency: 'USD' })
})

test('what is rolled up and computed is what it would be if made anew', async () => {
  for (const object of ['account', 'lead', 'opportunity', 'campaign', 'campaignMember', 'activity'])
    expect([object, await recomputeObject(await engine(), object)]).toEqual([object, 0])
})

test('no customer should have fallen into the pool before; the clocks find nothing that was left undone', async () => {
  const boss = await by('顾远山')
  expect(await count(boss, 'account', { owner: { isNull: false }, fallsOn: { lte: 'today' } })).toBe(0)
  const told = async () =>
    Number((await database.link().query(sql`select count(*) from ${table(workspace.schema, 'notification')}`))[0]?.[0])
  const before = [await count(boss, 'activity'), await told()]
  for (const name of ['pool.fallBack', 'account.firstContact', 'lead.review', 'activity.reminders']) {
    const clock = crm.clocks?.find((one) => one.name === name)
    const call = await callOf(workspace, automation(name), { now })
    await within(call, async (writing) => clock?.run(contextOf(writing)))
  }
  expect(await count(boss, 'account', { pool: { isNull: false } })).toBe(61)
  expect([await count(boss, 'activity'), await told()]).toEqual(before)
})

test('何嘉禾’s day: 52 accounts, 2 overdue, 7 today, 4 falling into the pool, 61 % of 400,000', async () => {
  const call = await by('何嘉禾')
  expect(await count(call, 'account', { owner: 'me' })).toBe(52)
  expect(await count(call, 'activity', { owner: 'me', open: true, dueAt: { lt: 'today' } })).toBe(2)
  const kinds = await aggregate(call, 'activity', {
    filter: { owner: 'me', open: true, dueAt: { in: 'today' } },
    group: [{ field: 'kind' }],
    measures: { n: { op: 'count' } },
  })
  expect(Object.fromEntries(kinds.map(({ kind, n }) => [kind, Number(n)]))).toEqual({ call: 2, visit: 2, meeting: 1, task: 2 })
  const falling = await list(call, 'account', { owner: 'me', fallsOn: { lte: '+7d' } }, 'fallsOn')
  expect(falling.map(({ fallsOn }) => fallsOn)).toEqual(['2026-11-26', '2026-11-28', '2026-11-30', '2026-12-01'])
  expect(falling[0]?.name).toBe('合肥栖云宠物用品有限公司')
  const target = await one(call, 'target', { owner: 'me', month: { in: 'thisMonth' } })
  const won = (await amountOf(call, { owner: 'me', outcome: 'won', closeOn: { in: 'thisMonth' } })) as { amount: string }
  expect(Number(won.amount) / Number((target.amount as { amount: string }).amount)).toBe(0.61)
})

test('陆承宇’s team: six sellers, 34 follow-ups on the last working day, one of them with none today, one conflict waiting', async () => {
  const call = await by('陆承宇')
  const made = async (filter: FilterJson) =>
    Object.fromEntries(
      (
        await aggregate(call, 'activity', {
          filter: { owner: { in: 'myTeam' }, followUp: true, ...filter },
          group: [{ field: 'owner' }],
          measures: { n: { op: 'count' } },
        })
      ).map(({ owner, n }) => [(owner as { title: string }).title, Number(n)]),
    )
  expect(await made({ doneAt: { in: 'yesterday' } })).toEqual({ 何嘉禾: 9, 许沐阳: 7, 方楚宁: 6, 梁予安: 5, 秦朗: 4, 苏敏行: 3 })
  expect(await made({ doneAt: { in: 'today' } })).toEqual({ 何嘉禾: 3, 许沐阳: 4, 方楚宁: 2, 梁予安: 1, 秦朗: 5 })
  expect(await count(call, 'conflict', { state: 'open' })).toBe(1)
  expect(await count(await by('沈若澜'), 'conflict', { state: 'open' })).toBe(1)
  expect(await count(call, 'lead', { state: 'new', 'section.name': '会展' })).toBeGreaterThan(21)
})

test('会展 sees nothing of 贸易 and the other way round; group management sees both', async () => {
  const trade = { 'section.name': '贸易' }
  const expo = { 'section.name': '会展' }
  for (const name of ['沈若澜', '陆承宇', '何嘉禾', '唐知夏', '单婉清', '林一帆'])
    for (const object of ['account', 'lead', 'opportunity', 'campaign'])
      expect([name, object, await count(await by(name), object, trade)]).toEqual([name, object, 0])
  for (const name of ['钟意如', '欧阳澈'])
    for (const object of ['account', 'lead', 'opportunity'])
      expect([name, object, await count(await by(name), object, expo)]).toEqual([name, object, 0])
  for (const name of ['何嘉禾', '沈若澜']) expect(await count(await by(name), 'activity', { 'account.section.name': '贸易' })).toBe(0)
  for (const name of ['顾远山', '温启明', '曾静姝', '古丽娜尔·艾山']) {
    expect(await count(await by(name), 'account', trade)).toBe(70)
    expect(await count(await by(name), 'account', expo)).toBe(350)
  }
})

test('恒屿集团: all zones filled, the group summed, shared 7 : 3', async () => {
  const call = await by('何嘉禾')
  const account = await one(call, 'account', { name: '恒屿集团' })
  const id = account.id as string
  expect(account).toMatchObject({ followUpCount: '38', contactCount: '6', primaryContact: '程立言', openAmount: { amount: '386400.00' } })
  expect(await count(call, 'account', { parent: id })).toBe(3)
  expect(await filesOf(call, 'account', id)).toHaveLength(5)
  expect((await commentsOf(call, 'account', id)).filter(({ mentions }) => mentions.length > 0).length).toBeGreaterThan(3)
  expect((await grantsOf(call, 'account', id)).find(({ principal }) => principal.name === '林一帆')?.note).toContain('7 : 3')
  const group = (await act(call, 'account.group', [id])).data as {
    members: { depth: number; total: { open: number; openAmount: unknown } }[]
  }[]
  expect(group[0]?.members.find(({ depth }) => depth === 0)?.total).toMatchObject({ openAmount: { amount: '478400.00', currency: 'CNY' } })
  const { data } = await timelineOf(call, 'account', id, { limit: 200 })
  expect(new Set(data.map(({ kind }) => kind))).toEqual(new Set(['activity', 'stage', 'comment', 'file', 'created']))
  expect(data.find(({ kind }) => kind === 'created')?.at).toBe(account.createdAt)
  expect(data.filter(({ kind }) => kind === 'stage').every(({ at }) => at < '2026-11-20')).toBe(true)
})

test('a search finds customers, people, numbers and products', async () => {
  const call = await by('何嘉禾')
  const found = async (q: string) =>
    Object.fromEntries((await search(call, q)).map(({ object, hits }) => [object, hits.map(({ title }) => title)]))
  expect((await found('凌垚')).account).toContain('苏州凌垚自动化科技有限公司')
  expect(Object.keys(await found('ly')).length).toBeGreaterThan(0)
  expect((await found('ly')).account?.length).toBeGreaterThan(0)
  expect((await found('程立言')).contact).toEqual(['程立言'])
  expect((await found('0001')).account).toContain('恒屿集团')
  expect((await found('pop-up')).product).toContain('Pop-up wall 3×3')
  expect((await found('swq')).user).toContain('单婉清')
})

test('凌垚 entered again in another writing is found, and 唐知夏 cannot save it', async () => {
  const call = await by('唐知夏')
  const [suspects] = await suspectsFor(call, 'account', [{ name: '凌垚自動化(蘇州)' }])
  expect(suspects?.[0]).toMatchObject({ owner: { name: '何嘉禾' }, protectedUntil: '2026-12-09' })
  await expect(createRecords(call, 'account', [{ name: '苏州凌垚自动化科技有限公司' }])).rejects.toMatchObject({
    code: 'duplicateSuspected',
  })
})

test('单婉清’s call list: 120 to call, 38 done, 9 interested, 7 refused, with numbers she may dial', async () => {
  const call = await by('单婉清')
  const campaign = await one(call, 'campaign', { name: '仓储名录电话拓展' })
  expect(campaign).toMatchObject({
    memberCount: '120',
    doneCount: '38',
    interestedCount: '9',
    refusedCount: '7',
    target: '120',
    achieved: '38',
  })
  const members = await list(call, 'campaignMember', { campaign: campaign.id as string, owner: 'me' })
  expect(members).toHaveLength(120)
  const waiting = members.find(({ state }) => state === 'open')
  const contact = await getRecord(call, 'contact', waiting?.contact as string)
  expect(contact.mobile).toMatch(/^1390000\d{4}$/)
  expect(await getRecord(call, 'account', waiting?.account as string)).toBeTruthy()
  expect(call.language).toBe('en')
})

test('audit and bin: a phone changed twice, a deleted lead, a restored account, an export by 温启明', async () => {
  const call = await by('温启明')
  const contact = await one(call, 'contact', { name: '苗青青' })
  const { data } = await historyOf(call, 'contact', contact.id as string)
  expect(data.map(({ kind, changes }) => [kind, changes.map(({ before, after }) => [before, after])])).toEqual([
    ['update', [['13900000999', contact.mobile]]],
    ['update', [['13900000998', '13900000999']]],
    ['create', []],
  ])
  expect(contact.version).toBe(3)
  const boss = await by('顾远山')
  expect((await listRecords(boss, 'lead', { deleted: true })).data).toHaveLength(1)
  const kinds = await database
    .link()
    .query(
      sql`select object, kind, count(*)::int from ${table(workspace.schema, 'change')} where kind in ('delete', 'restore') and object in ('lead', 'account') group by 1, 2 order by 1, 2`,
    )
  expect(kinds).toEqual([
    ['account', 'delete', 1],
    ['account', 'restore', 1],
    ['lead', 'delete', 1],
  ])
  const [exported] = await database
    .link()
    .query(sql`select principal, detail from ${table(workspace.schema, 'read_log')} where kind = 'export'`)
  expect(exported?.[0]).toBe((await by('温启明')).principal.id)
})

test('days and authors are those of the story, also in the audit', async () => {
  const link = database.link()
  const t = (name: string) => table(workspace.schema, name)
  const [apart] = await link.query(sql`
    select count(*)::int from ${t('change')} c join ${t('account')} a on a.id = c.record where c.kind = 'create' and (c.at <> a.created_at or c.principal is distinct from a.created_by)`)
  expect(apart?.[0]).toBe(0)
  const sources = await link.query(sql`select distinct source from ${t('change')} where source like 'sample%' and object not in ('pool')`)
  expect(sources).toEqual([])
  const [ahead] = await link.query(
    sql`select count(*)::int from ${t('change')} where at > ${now}::timestamptz and source <> 'first start' and object not in ('pool', 'user')`,
  )
  expect(ahead?.[0]).toBe(0)
  const handed = await list(await by('何嘉禾'), 'account', { owner: 'me', 'formerOwner.name': '马骁' })
  expect(handed).toHaveLength(19)
  const { data } = await historyOf(await by('何嘉禾'), 'account', handed[0]?.id as string)
  expect(data.flatMap(({ changes }) => changes).find(({ field }) => field === 'owner')).toBeTruthy()
})

test('nobody who works there can write the past', async () => {
  const comment = {
    object: 'account',
    record: '01a209ed-c6a9-73d7-8c27-c6c0c0b881dc',
    at: now,
    by: (await by('何嘉禾')).principal.id as string,
    body: '…',
    mentions: [],
  }
  await expect(within(await by('温启明'), (writing) => addPastComments(writing, [comment]))).rejects.toMatchObject({ code: 'internal' })
})

test('imports: one finished with 17 rows to mend, one taken back, a dirty list to try', async () => {
  const call = await by('温启明')
  const imports = await list(call, 'importJob', {}, 'createdAt')
  expect(imports.map(({ fileName, state, rows, created, failed }) => [fileName, state, rows, created, failed])).toEqual([
    ['历史跟进-旧系统导出.csv', 'done', '1204', '1187', '17'],
    ['宠物展观众名录.csv', 'undone', '212', '212', '0'],
    ['客户名单-试导入.xlsx', 'cancelled', null, '0', '0'],
  ])
  const failed = await importErrors(call, { folder }, imports[0]?.id as string)
  const lines = (await text(failed.content)).trim().split('\r\n')
  expect(lines).toHaveLength(18)
  expect(lines[1]).toContain('没有该客户')
  const { content, size } = await openFile(call, { folder }, imports[2]?.file as string)
  let bytes = 0
  for await (const chunk of content) bytes += (chunk as Buffer).length
  expect(bytes).toBe(Number(size))
  const [files] = await database.link().query(sql`select count(*)::int from ${table(workspace.schema, 'file')}`)
  expect(files?.[0]).toBe(40)
})

test('the dirty list is read as it is meant: two header rows, and nine of its customers are there already', async () => {
  const call = await by('温启明')
  const sheet = await one(call, 'importJob', { fileName: '客户名单-试导入.xlsx' })
  const seen = await inspectFile(call, { folder }, { file: sheet.file as string }, {})
  expect(seen).toMatchObject({ headerRow: 1, headerRows: 2 })
  const names = demoCompany('2026-11-24', 602).sheet.rows.flatMap(([number, name]) => (typeof number === 'number' ? [{ name }] : []))
  expect((await suspectsFor(call, 'account', names)).filter(([suspect]) => suspect !== undefined)).toHaveLength(9)
})

test('of ten claims a week 何嘉禾 has eight left; who is slower is told who was quicker', async () => {
  const [first, second] = [await by('何嘉禾'), await by('唐知夏')]
  const boyuan = await one(await by('顾远山'), 'account', { name: '青岛泊远冷链科技有限公司' })
  expect(boyuan).toMatchObject({ poolReason: 'B 级客户 30 天未跟进，自动掉入', pooledAt: '2026-11-20T18:00:04.000Z' })
  const { data } = await act(first, 'account.claim', [boyuan.id as string])
  expect((data as { left: { week: number }[] }).left[0]?.week).toBe(7)
  await expect(act(second, 'account.claim', [boyuan.id as string])).rejects.toMatchObject({
    code: 'alreadyClaimed',
    evidence: { holder: { name: '何嘉禾' } },
  })
})
