import { afterAll, beforeAll, expect, test } from 'vitest'
import { historyOf } from '../../access/history.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
let anna: Person
beforeAll(async () => {
  company = await startSales()
  anna = await company.hire('何嘉禾', 'salesperson')
})
afterAll(() => company?.close())

test('CUS-01, CUS-02, CUS-03: a name alone is enough; classifications stand side by side, the profile takes the rest', async () => {
  expect(await anna.create('account', { name: '吴奶奶的猫' })).toMatchObject({ stage: 'potential', owner: anna.id })
  const { id } = await anna.create('account', {
    name: '恒屿集团',
    grade: 'A',
    industry: '自定义行业',
    region: 'eastChina',
    source: 'pastExhibitor',
    legalForm: 'jointStock',
    employees: '1200',
    economicNature: 'private',
    creditworthiness: 'good',
    network: '华东六省',
    mainBusiness: '叉车',
    managers: '创始人工程师出身',
    need: '54㎡ 转角',
    project: '春季展',
  })
  for (const filter of [
    { grade: 'A' },
    { industry: '自定义行业' },
    { region: 'eastChina', legalForm: 'jointStock' },
    { employees: { gte: 1000 } },
  ])
    expect((await anna.list('account', filter)).map((one) => one.id)).toContain(id)
  await expect(anna.create('account', {})).rejects.toMatchObject({ errors: [{ field: 'name', code: 'required' }] })
  await expect(anna.create('account', { name: 'x', grade: 'D' })).rejects.toMatchObject({ errors: [{ field: 'grade' }] })
})

test('CUS-05: the first contact is the primary one, naming another takes it from the first, and there is never a second', async () => {
  const { id } = await anna.create('account', { name: '联系人客户' })
  const first = await anna.create('contact', { name: '程立言', account: id, roles: ['decision', 'finance'] })
  const second = await anna.create('contact', { name: '白芷', account: id })
  expect([first.primary, second.primary]).toEqual([true, false])
  await anna.update('contact', second.id, { primary: true })
  expect(await anna.get('contact', first.id)).toMatchObject({ primary: false })
  expect(await anna.get('account', id)).toMatchObject({ primaryContact: '白芷', contactCount: '2' })
  const many = await anna.createMany('contact', [
    { name: '甲', account: id, primary: true },
    { name: '乙', account: id, primary: true },
  ])
  expect(many.map(({ primary }) => primary)).toEqual([true, false])
  expect(await anna.count('contact', { account: id, primary: true })).toBe(1)
  const none = await anna.create('account', { name: '无主要联系人' })
  expect(await anna.create('contact', { name: '前台', account: none.id, primary: false })).toMatchObject({ primary: false })
  await Promise.allSettled(['丙', '丁'].map((name) => anna.create('contact', { name, account: none.id, primary: true })))
  expect(await anna.count('contact', { account: none.id, primary: true })).toBe(1)
  expect(await anna.list('contact', { roles: { contains: 'decision' } })).toMatchObject([{ id: first.id }])
})

test('a contact moves to another account without taking its place there', async () => {
  const [one, two] = await anna.createMany('account', [{ name: '原单位' }, { name: '新单位' }])
  const moving = await anna.create('contact', { name: '跳槽者', account: one?.id as string })
  await anna.create('contact', { name: '老员工', account: two?.id as string })
  expect(await anna.update('contact', moving.id, { account: two?.id })).toMatchObject({ primary: false })
  expect(await anna.get('account', one?.id as string)).toMatchObject({ primaryContact: null, contactCount: '0' })
})

test('contacts have the rights of their account', async () => {
  const { id } = await anna.create('account', { name: '权限客户' })
  const contact = await anna.create('contact', { name: '某人', account: id })
  const other = await company.hire('旁人', 'salesperson')
  await expect(other.get('contact', contact.id)).rejects.toMatchObject({ status: 404 })
  await expect(other.create('contact', { name: 'x', account: id })).rejects.toMatchObject({ status: 400 })
  await company.boss.update('account', id, { owner: other.id })
  expect(await other.get('contact', contact.id)).toMatchObject({ name: '某人' })
  await expect(anna.get('contact', contact.id)).rejects.toMatchObject({ status: 404 })
})

test('CUS-08: every change of stage is dated and kept', async () => {
  company.at('2026-03-02T09:00:00+08:00')
  const { id } = await anna.create('account', { name: '发展轨迹' })
  company.at('2026-03-10T09:00:00+08:00')
  expect(await anna.update('account', id, { stage: 'intent' })).toMatchObject({ stageSince: '2026-03-10T01:00:00.000Z' })
  company.at('2026-04-01T09:00:00+08:00')
  expect(await anna.update('account', id, { stage: 'partner' })).toMatchObject({ stageSince: '2026-04-01T01:00:00.000Z' })
  const { data } = await historyOf(await anna.call(), 'account', id)
  expect(JSON.stringify(data)).toContain('intent')
  await expect(anna.update('account', id, { stage: 'elsewhere' })).rejects.toMatchObject({ errors: [{ field: 'stage' }] })
  company.at(null)
})

test('an account in a pool has no owner; both at once are refused', async () => {
  const { boss, world } = company
  const pool = (await boss.create('pool', { name: '公海', roles: [world.roles.salesperson] })).id
  await expect(boss.create('account', { name: 'x', pool, owner: anna.id })).rejects.toMatchObject({ errors: [{ field: 'pool' }] })
  const { id } = await boss.create('account', { name: '导入公海', pool })
  expect(await boss.get('account', id)).toMatchObject({ owner: null, pooledAt: expect.any(String), protectedUntil: null })
  expect(await boss.update('account', id, { owner: anna.id })).toMatchObject({ pool: null, pooledAt: null, owner: anna.id })
  expect(await boss.update('account', id, { pool })).toMatchObject({ owner: null, formerOwner: anna.id })
})

test('an account with opportunities is not deleted; with contacts and follow-ups alone it takes them to the bin and back', async () => {
  const { id } = await anna.create('account', { name: '删除客户' })
  const contact = await anna.create('contact', { name: '某人', account: id })
  const chance = await anna.create('opportunity', { account: id })
  await expect(anna.remove('account', id)).rejects.toMatchObject({ code: 'referenced', status: 409 })
  await anna.remove('opportunity', chance.id)
  await anna.remove('account', id)
  await expect(anna.get('contact', contact.id)).rejects.toMatchObject({ status: 404 })
})

test('the lists that the pack ships can be asked by everyone who sees the object', async () => {
  const { objects } = company.world.workspace.business
  for (const role of Object.keys(company.world.roles)) {
    const person = await company.hire(`看 ${role}`, role)
    for (const model of Object.values(objects)) {
      if (model.pack !== 'crm' || model.parent) continue
      for (const view of [{ name: 'default', sort: model.views.sort }, ...(model.views.lists ?? [])])
        try {
          await person.list(model.name, 'filter' in view ? view.filter : undefined, view.sort)
        } catch (cause) {
          if ((cause as { code?: string }).code !== 'unknownObject') throw new Error(`${role} ${model.name} ${view.name}: ${String(cause)}`)
        }
    }
  }
})

test('every object, field, option, verb and setting is named in both languages', () => {
  const { objects, actions, settings } = company.world.workspace.business
  const bare: string[] = []
  const check = (what: string, label: { en: string; zh: string } | undefined) => {
    if (!label?.en || !label.zh || (!/[\u4e00-\u9fff]/.test(label.zh) && label.zh !== label.en)) bare.push(what)
  }
  for (const model of Object.values(objects)) {
    if (model.pack !== 'crm') continue
    check(model.name, model.label)
    for (const field of Object.values(model.fields)) {
      check(`${model.name}.${field.name}`, field.label)
      for (const [name, option] of Object.entries(field.options ?? {})) check(`${model.name}.${field.name}.${name}`, option.label)
    }
    for (const view of model.views.lists ?? []) check(`${model.name} list ${view.name}`, view.label)
  }
  for (const action of Object.values(actions)) {
    check(action.name, action.label)
    for (const [name, field] of Object.entries(action.input)) check(`${action.name}.${name}`, field.label)
  }
  for (const setting of Object.values(settings)) check(setting.name, setting.label)
  expect(bare).toEqual([])
})
