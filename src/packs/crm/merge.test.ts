import { afterAll, beforeAll, expect, test } from 'vitest'
import { getRecord } from '../../access/read.ts'
import { restoreRecords } from '../../access/write/remove.ts'
import { sql, table } from '../../store/sql.ts'
import { newIds } from '../../store/write.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let anna: Person
let bert: Person
beforeAll(async () => {
  company = await startSales()
  anna = await company.hire('何嘉禾', 'salesperson')
  bert = await company.hire('唐知夏', 'salesperson')
})
afterAll(() => company?.close())

test('merging loses nothing: contacts, follow-ups, deals, subsidiaries, files, comments, shares, tags, campaigns and values', async () => {
  const { boss, world } = company
  const tags = await boss.createMany('tag', [
    { name: '行业龙头', group: 'behaviour' },
    { name: '年年参展', group: 'behaviour' },
  ])
  const campaigns = await boss.createMany('campaign', [{ name: '春季招展' }, { name: '答谢回访' }])
  const winner = await anna.create('account', { name: '凌垚自动化', grade: 'B', phone: '13900000001', tags: [tags[0]?.id] })
  const loser = await anna.create('account', {
    name: '苏州凌垚自动化科技有限公司',
    code: 'K-1',
    grade: 'A',
    taxNumber: '9132',
    need: '54㎡',
    tags: [tags[0]?.id, tags[1]?.id],
  })
  const kept = await anna.create('contact', { name: '程立言', account: winner.id })
  const moved = await anna.create('contact', { name: '白芷', account: loser.id })
  const below = await anna.create('account', { name: '凌垚子公司', parent: loser.id })
  const call = await anna.create('activity', { kind: 'call', account: loser.id })
  const chance = await anna.create('opportunity', { account: loser.id, amount: '100' })
  const lead = await anna.create('lead', { company: '凌垚', account: loser.id })
  const member = async (account: string, campaign: string | undefined) =>
    boss.create('campaignMember', { account, campaign, owner: anna.id })
  const both = await member(winner.id, campaigns[0]?.id)
  const same = await member(loser.id, campaigns[0]?.id)
  const alone = await member(loser.id, campaigns[1]?.id)
  await anna.act('campaignMember.logCall', same.id, { result: 'interested', note: '要 36㎡' })
  const { schema } = world.workspace
  const link = world.database.link()
  const [file, comment] = newIds(2)
  await link.query(
    sql`insert into ${table(schema, 'file')} (id, sha256, name, type, size) values (${file}::uuid, 'x', '平面图.pdf', 'application/pdf', 1)`,
  )
  await link.query(
    sql`insert into ${table(schema, 'file_link')} (file, object, record) values (${file}::uuid, 'account', ${loser.id}::uuid)`,
  )
  await link.query(
    sql`insert into ${table(schema, 'comment')} (id, object, record, body) values (${comment}::uuid, 'account', ${loser.id}::uuid, '先报价')`,
  )
  await link.query(
    sql`insert into ${table(schema, 'record_grant')} (object, record, principal, level) values ('account', ${loser.id}::uuid, ${bert.id}::uuid, 'view')`,
  )

  const { data } = await anna.act('account.merge', [winner.id, loser.id], { into: winner.id, fields: { grade: loser.id } })

  expect(data).toEqual({ into: winner.id, merged: [loser.id] })
  const one = await anna.get('account', winner.id)
  expect(one).toMatchObject({
    name: '凌垚自动化',
    aliases: '苏州凌垚自动化科技有限公司',
    code: 'K-1',
    grade: 'A',
    phone: '13900000001',
    taxNumber: '9132',
    need: '54㎡',
    contactCount: '2',
    primaryContact: '程立言',
    openOpportunities: '1',
    openAmount: { amount: '100.00', currency: 'CNY' },
    mergedValues: [{ id: loser.id, by: anna.id, values: { name: '苏州凌垚自动化科技有限公司', grade: 'A' } }],
  })
  expect(new Set(one.tags as string[])).toEqual(new Set(tags.map(({ id }) => id)))
  for (const [object, record] of [
    ['contact', moved],
    ['contact', kept],
    ['activity', call],
    ['opportunity', chance],
    ['lead', lead],
    ['campaignMember', alone],
  ] as const)
    expect(await boss.get(object, record.id)).toMatchObject({ account: winner.id })
  expect(await boss.get('account', below.id)).toMatchObject({ parent: winner.id })
  expect(await boss.get('contact', moved.id)).toMatchObject({ primary: false })
  expect(await boss.get('campaignMember', both.id)).toMatchObject({ state: 'interested', lastResult: 'interested', calls: '1' })
  await expect(boss.get('campaignMember', same.id)).rejects.toMatchObject({ status: 404 })
  for (const name of ['file_link', 'comment', 'record_grant'])
    expect(await link.query(sql`select record from ${table(schema, name)} where object = 'account'`)).toEqual([[winner.id]])
  expect(await bert.get('account', winner.id)).toMatchObject({ id: winner.id })

  // The other lies in the bin and points at the one.
  await expect(anna.get('account', loser.id)).rejects.toMatchObject({ status: 404 })
  expect(await getRecord(await boss.call(), 'account', loser.id, { deleted: true })).toMatchObject({ mergedInto: winner.id, grade: 'A' })
  // Its code went to the winner: it comes back only without it.
  await expect(restoreRecords(await boss.call(), 'account', [loser.id])).rejects.toMatchObject({ code: 'duplicate' })
})

test('a parent and its subsidiary merge without a circle', async () => {
  const top = await anna.create('account', { name: '最上' })
  const middle = await anna.create('account', { name: '中间', parent: top.id })
  const bottom = await anna.create('account', { name: '最下', parent: middle.id })
  await anna.act('account.merge', bottom.id, { others: [middle.id] })
  expect(await anna.get('account', bottom.id)).toMatchObject({ parent: top.id, aliases: '中间' })
  const other = await anna.create('account', { name: '又一个', parent: bottom.id })
  await anna.act('account.merge', bottom.id, { others: [other.id] })
  expect(await anna.get('account', bottom.id)).toMatchObject({ parent: top.id })
})

test('merging needs the right to change all of them, and at least two', async () => {
  const mine = await anna.create('account', { name: '我的一个' })
  const his = await bert.create('account', { name: '他的一个' })
  expect(await anna.try('account.merge', mine.id, { others: [his.id] })).toMatchObject({ problem: { status: 404 } })
  expect(await anna.try('account.merge', [mine.id, his.id])).toMatchObject({ problem: { status: 404 } })
  expect(await anna.try('account.merge', mine.id)).toMatchObject({ problem: { code: 'mergeItself' } })
  expect(await anna.try('account.merge', mine.id, { others: [mine.id] })).toMatchObject({ problem: { code: 'mergeItself' } })
  expect(await bert.get('account', his.id)).toMatchObject({ name: '他的一个' })
})

test('three become one, and the name may come from another', async () => {
  const [a, b, c] = await anna.createMany(
    'account',
    ['甲', '乙', '丙'].map((name) => ({ name })),
  )
  const ids = [a, b, c].map((one) => one?.id as string)
  await anna.act('account.merge', ids, { into: ids[1], fields: { name: ids[2] } })
  expect(await anna.get('account', ids[1] as string)).toMatchObject({ name: '丙', aliases: '乙、甲' })
})
