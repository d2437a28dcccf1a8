import { afterAll, beforeAll, expect, test } from 'vitest'
import { suspectsFor } from '../../access/duplicates.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let anna: Person
let bert: Person
beforeAll(async () => {
  company = await startSales()
  const department = (await company.boss.create('department', { name: '招展一组' })).id
  anna = await company.hire('何嘉禾', 'salesperson', { department })
  bert = await company.hire('唐知夏', 'salesperson')
})
afterAll(() => company?.close())

test('P03-A1: who enters another’s protected customer is warned, sees the owner, and saves no second one', async () => {
  const mine = await anna.create('account', { name: '苏州凌垚自动化科技有限公司', phone: '13900000001', taxNumber: '91320500MA1XXXXX0X' })

  for (const again of [
    { name: '苏州凌垚自动化科技有限公司' },
    { name: ' 苏州凌垚自動化科技有限公司 ' },
    { name: '苏州凌垚自动化科技（有限公司）' },
    { name: '另一个名字', taxNumber: '91320500ma1xxxxx0x' },
    { name: '又一个名字', phone: '+86 139 0000 0001' },
  ])
    await expect(bert.create('account', again)).rejects.toMatchObject({
      code: 'duplicateSuspected',
      status: 409,
      evidence: { holder: { id: anna.id, name: '何嘉禾' }, suspects: [{ id: mine.id, visible: false, score: 1 }] },
    })
  expect(await company.boss.count('account', { owner: bert.id })).toBe(0)

  // Renaming into it is refused as well; one's own second entry is only a suspicion.
  const other = await bert.create('account', { name: '完全不同' })
  await expect(bert.update('account', other.id, { name: '苏州凌垚自动化科技有限公司' })).rejects.toMatchObject({
    code: 'duplicateSuspected',
  })
  await expect(anna.create('account', { name: '苏州凌垚自动化科技有限公司' })).resolves.toMatchObject({ owner: anna.id })
})

test('P03-A1: the last day of protection still protects, the day after no longer', async () => {
  company.at('2026-03-02T09:00:00+08:00')
  await anna.create('account', { name: '合肥栖云宠物用品有限公司' })
  company.at('2026-03-17T23:59:00+08:00')
  await expect(bert.create('account', { name: '合肥栖云宠物用品有限公司' })).rejects.toMatchObject({ code: 'duplicateSuspected' })
  company.at('2026-03-18T00:01:00+08:00')
  await expect(bert.create('account', { name: '合肥栖云宠物用品有限公司' })).resolves.toMatchObject({ name: '合肥栖云宠物用品有限公司' })
  await company.setting('duplicatePolicy', 'exact')
  await expect(bert.create('account', { name: '合肥栖云宠物用品有限公司' })).rejects.toMatchObject({ code: 'duplicateSuspected' })
  await company.setting('duplicatePolicy', 'protected')
  company.at(null)
})

test('P03-A1: two who enter one new customer at the same moment: one has it', async () => {
  for (let round = 0; round < 3; round++) {
    const name = `长沙鹿鸣宠物食品集团${round}`
    const answers = await Promise.allSettled([anna.create('account', { name }), bert.create('account', { name })])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  }
})

test('CUS-30: asked before saving, suspects come by likeness of name, number, domain and address, with what may be known of them', async () => {
  const held = await anna.create('account', {
    name: '宁波拓岚物流装备股份有限公司',
    website: 'https://www.tuolan.example',
    address: { city: '宁波', street: '江海路 18 号' },
  })
  await anna.create('activity', { kind: 'call', account: held.id })
  const ask = async (values: Record<string, unknown>) => (await suspectsFor(await bert.call(), 'account', [values]))[0]
  expect(await ask({ name: '宁波拓岚物流' })).toMatchObject([
    {
      id: held.id,
      title: '宁波拓岚物流装备股份有限公司',
      reason: 'name',
      owner: { id: anna.id },
      department: '招展一组',
      visible: false,
      lastFollowUpAt: new Date().toISOString().slice(0, 10),
    },
  ])
  expect(await ask({ name: '别的', email: 'li@tuolan.example' })).toMatchObject([{ id: held.id, reason: 'domain' }])
  expect(await ask({ name: '别的', address: { city: '宁波', street: '江海路18号' } })).toMatchObject([{ id: held.id, reason: 'address' }])
  expect(await ask({ name: '毫无关系' })).toEqual([])
})

test('CUS-30: contacts and leads are found again by number and mail', async () => {
  const account = await anna.create('account', { name: '青岛泊远冷链科技有限公司' })
  const contact = await anna.create('contact', { name: '程立言', account: account.id, mobile: '13900000009' })
  const lead = await anna.create('lead', { company: '贝冢展示', email: 'a.b@kaizuka.example' })
  const call = await anna.call()
  expect((await suspectsFor(call, 'contact', [{ phone: '139 0000 0009' }]))[0]).toMatchObject([{ id: contact.id, reason: 'phone' }])
  expect((await suspectsFor(call, 'lead', [{ email: 'A.B@kaizuka.example' }]))[0]).toMatchObject([{ id: lead.id, reason: 'email' }])
})
