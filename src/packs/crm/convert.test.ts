import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, table } from '../../store/sql.ts'
import { newIds } from '../../store/write.ts'
import { type Company, type Person, startSales } from './testing.ts'

interface Made {
  account: string
  contact: string | null
  opportunity: string | null
  reusedAccount: boolean
  reusedContact: boolean
}

let company: Company
let anna: Person
let bert: Person
beforeAll(async () => {
  company = await startSales()
  anna = await company.hire('何嘉禾', 'salesperson')
  bert = await company.hire('唐知夏', 'salesperson')
})
afterAll(() => company?.close())

const converted = async (person: Person, lead: string, input: Record<string, unknown> = {}) =>
  ((await person.act('lead.convert', lead, input)).data as Made[])[0] as Made

test('a lead becomes account, contact and opportunity, and takes tasks, follow-ups, files and tags along', async () => {
  const tag = await company.boss.create('tag', { name: '双开口偏好', group: 'behaviour' })
  const lead = await anna.create('lead', {
    company: '无锡衡岳智能装备有限公司',
    contactName: '白芷',
    title: '市场总监',
    phone: '13900000011',
    email: 'bai@hengyue.example',
    source: 'tradeFair',
    industry: 'machinery',
    tags: [tag.id],
    amount: '84480',
  })
  const call = await anna.create('activity', { kind: 'call', lead: lead.id, nextFollowUpAt: '2030-01-01T02:00:00Z' })
  const { schema } = company.world.workspace
  const link = company.world.database.link()
  const [file] = newIds(1)
  await link.query(
    sql`insert into ${table(schema, 'file')} (id, sha256, name, type, size) values (${file}::uuid, 'y', '展位图.pdf', 'application/pdf', 1)`,
  )
  await link.query(sql`insert into ${table(schema, 'file_link')} (file, object, record) values (${file}::uuid, 'lead', ${lead.id}::uuid)`)

  const made = await converted(anna, lead.id, { pipeline: 'exhibition' })

  expect(made).toMatchObject({ reusedAccount: false, reusedContact: false })
  expect(await anna.get('lead', lead.id)).toMatchObject({
    state: 'qualified',
    account: made.account,
    contact: made.contact,
    opportunity: made.opportunity,
    convertedAt: expect.any(String),
  })
  expect(await anna.get('account', made.account)).toMatchObject({
    name: '无锡衡岳智能装备有限公司',
    owner: anna.id,
    source: 'tradeFair',
    industry: 'machinery',
    tags: [tag.id],
    primaryContact: '白芷',
    followUpCount: '1',
    nextFollowUpAt: '2030-01-01T02:00:00.000Z',
  })
  expect(await anna.get('contact', made.contact as string)).toMatchObject({
    mobile: '13900000011',
    title: '市场总监',
    account: made.account,
  })
  expect(await anna.get('opportunity', made.opportunity as string)).toMatchObject({
    name: '无锡衡岳智能装备有限公司',
    pipeline: 'exhibition',
    stage: 'firstKnowledge',
    amount: { amount: '84480.00', currency: 'CNY' },
    lead: lead.id,
    tags: [tag.id],
    followUpCount: '1',
  })
  expect(await anna.get('activity', call.id)).toMatchObject({
    lead: lead.id,
    account: made.account,
    contact: made.contact,
    opportunity: made.opportunity,
  })
  const linked = await link.query(sql`select object, record from ${table(schema, 'file_link')} where file = ${file}::uuid order by object`)
  expect(linked).toEqual([
    ['account', made.account],
    ['lead', lead.id],
    ['opportunity', made.opportunity],
  ])
  expect(await anna.try('lead.convert', lead.id)).toMatchObject({ problem: { code: 'alreadyConverted', status: 409 } })
})

test('the account and the contact that are the same already are used again', async () => {
  const account = await anna.create('account', { name: '长沙鹿鸣宠物食品集团有限公司' })
  const contact = await anna.create('contact', { name: '吴玉珍', account: account.id, mobile: '13900000012' })
  const lead = await anna.create('lead', { company: '长沙鹿鸣宠物食品集团有限公司 ', contactName: '吴女士', phone: '139 0000 0012' })
  const made = await converted(anna, lead.id)
  expect(made).toMatchObject({ account: account.id, contact: contact.id, reusedAccount: true, reusedContact: true })
  expect(await anna.count('account', { name: { startsWith: '长沙鹿鸣' } })).toBe(1)

  const named = await anna.create('lead', { company: '别的写法', contactName: '新人' })
  expect(await converted(anna, named.id, { account: account.id, opportunity: false })).toMatchObject({
    account: account.id,
    opportunity: null,
    reusedAccount: true,
    reusedContact: false,
  })
})

test('a customer of another, or of the pool, is not taken by converting', async () => {
  await bert.create('account', { name: '青岛泊远冷链科技有限公司' })
  const lead = await anna.create('lead', { company: '青岛泊远冷链科技有限公司' })
  expect(await anna.try('lead.convert', lead.id)).toMatchObject({
    problem: { code: 'customerTaken', status: 409, evidence: { holder: { id: bert.id, name: '唐知夏' } } },
  })
  // Even against the check's warning a protected one cannot be entered again.
  expect(await anna.try('lead.convert', lead.id, { newAccount: true })).toMatchObject({ problem: { code: 'duplicateSuspected' } })
  expect(await anna.get('lead', lead.id)).toMatchObject({ state: 'new', account: null })
  const pool = await company.boss.create('pool', { name: '公海', roles: [company.world.roles.salesperson] })
  await company.boss.create('account', { name: '贝冢展示', pool: pool.id })
  const pooled = await anna.create('lead', { company: '贝冢展示' })
  expect(await anna.try('lead.convert', pooled.id)).toMatchObject({ problem: { code: 'customerInPool' } })
})

test('CUS-26: what screening asks for is asked for before, at its field; the company decides what', async () => {
  const lead = await anna.create('lead', { name: '只有名字' })
  expect(await anna.try('lead.convert', lead.id)).toMatchObject({
    problem: { status: 400, errors: [{ field: 'company', code: 'screening' }] },
  })
  expect(await anna.count('account', { name: '只有名字' })).toBe(0)
  await company.setting('leadScreening', ['company', 'reachable', 'need'])
  await anna.update('lead', lead.id, { company: '有公司' })
  const fields = (await anna.try('lead.convert', lead.id)) as { problem: { errors: { field: string }[] } }
  expect(fields.problem.errors.map(({ field }) => field)).toEqual(['phone', 'need'])
  await anna.update('lead', lead.id, { wechat: 'wx1', need: '36㎡' })
  await anna.act('lead.convert', lead.id)
  await company.setting('leadScreening', [])
  const free = await anna.create('lead', { name: '个人客户' })
  expect(await converted(anna, free.id)).toMatchObject({ contact: null })
  await company.setting('leadScreening', ['company'])
})

test('another’s lead cannot be converted', async () => {
  const lead = await bert.create('lead', { company: '他人线索' })
  expect(await anna.try('lead.convert', lead.id)).toMatchObject({ problem: { status: 404 } })
})

test('P42-A7: for a large or difficult customer an introducer is noted as a step, and comes along', async () => {
  const association = await anna.create('account', { name: '东部仓储物流协会', stage: 'partner' })
  const lead = await anna.create('lead', {
    company: '难以打开的大客户',
    referrer: '协会秘书长',
    referrerAccount: association.id,
    introductionStep: 'asked',
  })
  const { account } = await converted(anna, lead.id)
  expect(await anna.get('account', account)).toMatchObject({
    introducer: association.id,
    introducerNote: '协会秘书长',
    introductionStep: 'asked',
  })
  const secretary = await anna.create('contact', { name: '秘书长', account: association.id })
  await anna.update('account', account, { introducerContact: secretary.id, introductionStep: 'introduced' })
  expect(await anna.list('account', { introducer: association.id })).toMatchObject([{ id: account }])
})

test('CUS-24: leads of a fair that nobody used are listed', async () => {
  const unused = await anna.create('lead', { company: '展后未用', source: 'tradeFair' })
  const used = await anna.create('lead', { company: '展后已用', source: 'tradeFair' })
  await anna.create('activity', { kind: 'call', lead: used.id })
  const list = company.world.workspace.business.objects.lead?.views.lists?.find(({ name }) => name === 'afterFair')
  const found = (await anna.list('lead', list?.filter)).map(({ id }) => id)
  expect(found).toContain(unused.id)
  expect(found).not.toContain(used.id)
})
