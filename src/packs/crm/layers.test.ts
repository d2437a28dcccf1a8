import { afterAll, beforeAll, expect, test } from 'vitest'
import { suspectsFor } from '../../access/duplicates.ts'
import { principalOf } from '../../access/principal.ts'
import { aggregate, getRecord, listRecords } from '../../access/read.ts'
import { search } from '../../access/search.ts'
import { sql, table } from '../../store/sql.ts'
import { type Company, type Person, startSales } from './testing.ts'

let company: Company
beforeAll(async () => {
  company = await startSales()
})
afterAll(() => company?.close())

test('P03-A6: with the lowest layer of data, a potential customer shows name and industry and nothing else', async () => {
  const { boss } = company
  const layer = await boss.create('role', {
    code: 'lowest_layer',
    name: '最低数据层',
    rights: { account: { view: 'all', fields: { '*': 'none', name: 'read', industry: 'read' } } },
  })
  const { id } = await boss.create('account', {
    name: '苏州凌垚自动化科技有限公司',
    industry: 'machinery',
    phone: '13900000001',
    need: '两条装配线',
  })
  const seen = await company.world.by((await boss.create('user', { name: '前台', roles: [layer.id] })).id)

  const record = await getRecord(seen, 'account', id)
  const system = ['id', 'version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deletedAt']
  expect(Object.keys(record).sort()).toEqual([...system, 'name', 'industry'].sort())
  expect(record).toMatchObject({ name: '苏州凌垚自动化科技有限公司', industry: 'machinery' })
  for (const query of [{ fields: ['phone'] }, { filter: { phone: '13900000001' } }, { sort: 'grade' }])
    await expect(listRecords(seen, 'account', query)).rejects.toMatchObject({ code: 'unknownField', status: 400 })
  await expect(aggregate(seen, 'account', { measures: { n: { op: 'countDistinct', field: 'owner' } } })).rejects.toMatchObject({
    status: 400,
  })
  expect(await search(seen, '13900000001')).toEqual([])
  expect(await search(seen, '凌垚')).toMatchObject([{ object: 'account', hits: [{ id }] }])
  await expect(listRecords(seen, 'contact', {})).rejects.toMatchObject({ code: 'unknownObject' })
})

test('P26-A1: a seller of one section meets nothing of the other, wherever it looks; group management sees both', async () => {
  const { boss } = company
  const [expo, trade] = [(await boss.create('section', { name: '会展' })).id, (await boss.create('section', { name: '贸易' })).id]
  const seller = await company.hire('会展员', 'salesperson', { section: expo })
  const trader = await company.hire('贸易员', 'salesperson', { section: trade })
  const director = await company.hire('会展总监', 'account_director', { section: expo })
  const management = await company.hire('顾远山', 'general_manager')
  const account = await trader.create('account', { name: '诺德展示器材', phone: '13900000077' })
  await trader.create('contact', { name: '诺德的穆勒', account: account.id })
  await trader.create('lead', { company: '诺德询盘', phone: '13900000078' })
  await trader.create('opportunity', { account: account.id, name: '诺德灯箱', amount: '100' })
  await trader.create('activity', { kind: 'call', account: account.id, subject: '诺德电话' })

  for (const person of [seller, director]) {
    const call = await person.call()
    expect(await search(call, '诺德')).toEqual([])
    expect((await suspectsFor(call, 'account', [{ name: '诺德展示器材', phone: '13900000077' }]))[0]).toEqual([])
    for (const object of ['account', 'contact', 'lead', 'opportunity', 'activity']) {
      expect(await person.list(object, { createdBy: trader.id })).toEqual([])
      expect(await person.count(object, { createdBy: trader.id })).toBe(0)
    }
    await expect(person.get('account', account.id)).rejects.toMatchObject({ status: 404 })
    expect(await person.list('account', { opportunities: { some: { name: '诺德灯箱' } } })).toEqual([])
    expect(await person.try('account.reportConflict', account.id, { reason: 'x' })).toMatchObject({ problem: { status: 404 } })
  }
  const groups = await search(await management.call(), '诺德')
  expect(groups.map(({ object }) => object).sort()).toEqual(['account', 'activity', 'contact', 'lead', 'opportunity'])
})

test('P21-A1: a province sees its own data, headquarters the sums of all', async () => {
  const { boss } = company
  const head = (await boss.create('department', { name: '总部' })).id
  const provinces: Person[] = []
  for (const [i, name] of ['江苏', '浙江', '福建'].entries()) {
    const department = (await boss.create('department', { name, parent: head })).id
    const section = (await boss.create('section', { name: `${name}分公司` })).id
    const manager = await company.hire(`${name}经理`, 'sales_manager', { department, section })
    provinces.push(manager)
    const seller = await company.hire(`${name}业务员`, 'salesperson', { department, section })
    for (let n = 0; n <= i; n++) {
      const { id } = await seller.create('account', { name: `${name}集团客户${n}` })
      await seller.create('opportunity', { account: id, amount: '1000' })
    }
  }
  const headquarters = await company.hire('总部主管', 'general_manager', { department: head })
  const sums = async (person: Person) =>
    (
      await aggregate(await person.call(), 'opportunity', {
        filter: { 'account.name': { contains: '集团客户' } },
        group: [{ field: 'section' }],
        measures: { n: { op: 'count' }, total: { op: 'sum', field: 'amount' } },
      })
    ).map(({ n, total }) => [n, (total as { amount: string }).amount])

  expect(await Promise.all(provinces.map(sums))).toEqual([[[1, '1000.00']], [[2, '2000.00']], [[3, '3000.00']]])
  expect((await sums(headquarters)).sort()).toEqual([
    [1, '1000.00'],
    [2, '2000.00'],
    [3, '3000.00'],
  ])
  expect((await provinces[0]?.list('account', { name: { contains: '集团客户' } }))?.map(({ name }) => name)).toEqual(['江苏集团客户0'])
})

test('P26-A5: frozen in advance, a person is refused, the data stay whole, and the record shows who ordered it', async () => {
  const { boss } = company
  const leaver = await company.hire('马骁', 'salesperson')
  const { id } = await leaver.create('account', { name: '冻结前的客户' })
  await boss.act('user.freeze', leaver.id, { reason: '离职迹象' })
  await expect(principalOf(company.world.workspace, leaver.id)).rejects.toMatchObject({ code: 'frozen', status: 403 })
  expect(await boss.get('account', id)).toMatchObject({ owner: leaver.id, name: '冻结前的客户' })
  expect(await boss.get('user', leaver.id)).toMatchObject({ frozenBy: boss.id, frozenReason: '离职迹象' })
  const other = await company.hire('旁人', 'salesperson')
  expect(await other.try('user.freeze', boss.id, { reason: 'x' })).toMatchObject({ problem: { status: 403 } })
})

test('CUS-12: every read of a customer’s file by a person is logged', async () => {
  const reader = await company.hire('读者', 'salesperson')
  const { id } = await reader.create('account', { name: '被读的客户' })
  await reader.get('account', id)
  const rows = await company.world.database
    .link()
    .query(
      sql`select kind from ${table(company.world.workspace.schema, 'read_log')} where record = ${id}::uuid and principal = ${reader.id}::uuid`,
    )
  expect(rows).toEqual([['read']])
})

test('CUS-14: a leaver’s customers with all that hangs on them pass on; what was done stays the leaver’s', async () => {
  const { boss } = company
  const [leaver, heir] = [await company.hire('离职者', 'salesperson'), await company.hire('接手人', 'salesperson')]
  const { id } = await leaver.create('account', { name: '交接客户' })
  const call = await leaver.create('activity', { kind: 'call', account: id })
  const task = await leaver.create('activity', { kind: 'task', account: id, subject: '寄样' })
  const chance = await leaver.create('opportunity', { account: id })
  await boss.act('user.handOver', leaver.id, { to: [heir.id] })
  expect(await boss.get('account', id)).toMatchObject({ owner: heir.id, formerOwner: leaver.id })
  expect(await heir.get('opportunity', chance.id)).toMatchObject({ owner: heir.id })
  expect(await heir.get('activity', task.id)).toMatchObject({ owner: heir.id })
  expect(await heir.get('activity', call.id)).toMatchObject({ owner: leaver.id })
})

test('catalogs are read by everybody and changed by managers', async () => {
  const manager = await company.hire('产品经理', 'sales_manager')
  const product = await manager.create('product', { name: '标展 9㎡', price: '12800' })
  for (const role of ['salesperson', 'telemarketer', 'account_executive', 'accountant', 'employee', 'customer_support_supervisor']) {
    const reader = await company.hire(`读者 ${role}`, role)
    expect(await reader.get('product', product.id)).toMatchObject({ name: '标展 9㎡' })
    await expect(reader.update('product', product.id, { price: '1' })).rejects.toMatchObject({ status: 403 })
    if (role === 'salesperson') await expect(reader.create('product', { name: 'x' })).rejects.toMatchObject({ status: 403 })
  }
})
