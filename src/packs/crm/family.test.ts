import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Company, type Person, startSales } from './testing.ts'

interface Group {
  members: {
    id: string
    depth: number
    open: number
    openAmount: unknown
    total: { open: number; openAmount: unknown; wonAmount: unknown }
  }[]
  opportunities: { account: string; amount: unknown }[]
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

const groupOf = async (person: Person, id: string) => ((await person.act('account.group', id)).data as Group[])[0] as Group
const cny = (amount: string) => ({ amount, currency: 'CNY' })

test('P03-A5: the parent’s view shows the opportunities of both subsidiaries with their sums', async () => {
  const parent = await anna.create('account', { name: '恒屿集团' })
  const forklift = await anna.create('account', { name: '恒屿叉车', parent: parent.id })
  const robots = await anna.create('account', { name: '恒屿机器人', parent: parent.id })
  await anna.create('opportunity', { account: forklift.id, amount: '386400' })
  await anna.create('opportunity', { account: robots.id, amount: '92000' })
  await anna.create('opportunity', { account: robots.id, amount: '1000', stage: 'won' })
  await anna.create('opportunity', { account: robots.id, amount: '5', stage: 'lost', lostReason: 'price' })

  const group = await groupOf(anna, parent.id)

  expect(group.members).toMatchObject([
    { id: parent.id, depth: 0, open: 0, openAmount: null, total: { open: 2, openAmount: cny('478400.00'), wonAmount: cny('1000.00') } },
    { id: forklift.id, depth: 1, open: 1, openAmount: cny('386400.00'), total: { open: 1, openAmount: cny('386400.00') } },
    { id: robots.id, depth: 1, open: 1, openAmount: cny('92000.00') },
  ])
  expect(group.opportunities).toMatchObject([
    { account: forklift.id, amount: cny('386400.00') },
    { account: robots.id, amount: cny('92000.00') },
  ])
  expect(await anna.list('account', { subsidiaries: { some: {} } })).toMatchObject([{ id: parent.id }])
})

test('CUS-04: subsidiaries hang at any depth, and none above itself', async () => {
  let parent: string | null = null
  const chain: string[] = []
  for (let depth = 0; depth < 6; depth++) {
    const account = await anna.create('account', { name: `第${depth}层`, parent })
    await anna.create('opportunity', { account: account.id, amount: '10' })
    parent = account.id
    chain.push(account.id)
  }
  const group = await groupOf(anna, chain[0] as string)
  expect(group.members.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 5])
  expect(group.members.map(({ total }) => total.open)).toEqual([6, 5, 4, 3, 2, 1])
  for (const [below, above] of [
    [0, 0],
    [0, 5],
    [2, 3],
  ] as const)
    await expect(anna.update('account', chain[below] as string, { parent: chain[above] })).rejects.toMatchObject({
      errors: [{ field: 'parent', code: 'circle' }],
    })
  await anna.update('account', chain[3] as string, { parent: chain[0] })
})

test('P03-A5: who sees only part of a group gets only that part, also in the sums', async () => {
  const parent = await anna.create('account', { name: '跨人集团' })
  const mine = await anna.create('account', { name: '跨人一', parent: parent.id })
  const his = await company.boss.create('account', { name: '跨人二', parent: parent.id, owner: bert.id })
  await company.boss.create('opportunity', { account: mine.id, amount: '100', owner: bert.id })
  await company.boss.create('opportunity', { account: his.id, amount: '7', owner: bert.id })

  expect((await groupOf(anna, parent.id)).members.map(({ id, total }) => [id, total.openAmount])).toEqual([
    [parent.id, cny('100.00')],
    [mine.id, cny('100.00')],
  ])
  expect((await groupOf(company.boss, parent.id)).members[0]?.total).toMatchObject({ open: 2, openAmount: cny('107.00') })
  expect(await bert.try('account.group', parent.id)).toMatchObject({ problem: { status: 404 } })

  // The owner of an account sees what colleagues have with it only while the company says so.
  await company.setting('accountOwnerSeesAll', false)
  expect((await groupOf(anna, parent.id)).members[0]?.total).toMatchObject({ open: 0, openAmount: null })
  await company.setting('accountOwnerSeesAll', true)
})

test('CUS-04: a group of several currencies is summed in the company’s', async () => {
  const parent = await anna.create('account', { name: '外币集团' })
  const below = await anna.create('account', { name: '外币子公司', parent: parent.id })
  await company.boss.create('exchangeRate', { currency: 'EUR', day: '2020-01-01', rate: '8' })
  await anna.create('opportunity', { account: parent.id, amount: '100' })
  await anna.create('opportunity', { account: below.id, amount: { amount: '10', currency: 'EUR' } })
  const group = await groupOf(anna, parent.id)
  expect(group.members[0]?.total.openAmount).toEqual(cny('180.00'))
  expect(group.members[1]?.openAmount).toEqual({ amount: '10.00', currency: 'EUR' })
})
