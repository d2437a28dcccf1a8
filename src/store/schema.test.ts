import { afterAll, beforeAll, expect, test } from 'vitest'
import { compose, fieldOf, type ObjectModel } from '../model/business.ts'
import { core } from '../model/core.ts'
import { lines, money, number, reference, string } from '../model/field.ts'
import { extend, object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { connect, type Database } from './postgres.ts'
import { applySchema, planSchema, prepareSystem } from './schema.ts'
import { sql } from './sql.ts'
import { type TestDatabase, testDatabase } from './testing.ts'

let home: TestDatabase
let database: Database
beforeAll(async () => {
  home = await testDatabase()
  database = connect(home.url)
})
afterAll(async () => {
  await database?.close()
  await home?.drop()
})

const vehicle = object('vehicle', {
  label: text('Vehicle', '车辆'),
  title: 'plate',
  fields: {
    plate: string({ required: true, unique: true }),
    driver: reference('user'),
    price: money(),
    repairs: lines({ what: string(), cost: money() }),
  },
  views: { list: ['plate', 'driver', 'price'], sort: 'plate' },
})
const fleet = pack('fleet', { label: text('Fleet', '车队'), dependsOn: ['core'], objects: [vehicle] })

test('a business becomes tables once, and applying it again changes nothing', async () => {
  const { business, mistakes } = compose([core, fleet])
  expect(mistakes).toEqual([])
  expect(await applySchema(database, 'main', business)).toEqual([])
  expect(await planSchema(database.link(), 'main', business)).toEqual([])
})

test('what another pack adds becomes a column by itself, a narrower type waits to be asked', async () => {
  const wider = pack('wider', {
    label: text('Wider', '扩展'),
    dependsOn: ['fleet'],
    extends: [extend(vehicle, { fields: { seats: number({ scale: 2 }) } })],
  })
  await applySchema(database, 'main', compose([core, fleet, wider]).business)
  const narrower = pack('wider', {
    label: text('Wider', '扩展'),
    dependsOn: ['fleet'],
    extends: [extend(vehicle, { fields: { seats: number() } })],
  })
  const left = await applySchema(database, 'main', compose([core, fleet, narrower]).business)
  expect(left.map((step) => [step.kind, step.risky])).toEqual([['changeType', true]])
})

test('two packs that add one name are an error naming both', () => {
  const second = pack('second', {
    label: text('Second', '第二'),
    dependsOn: ['fleet'],
    extends: [extend(vehicle, { fields: { plate: string() } })],
  })
  const { mistakes } = compose([core, fleet, second])
  expect(mistakes).toHaveLength(1)
  expect(mistakes[0]).toMatchObject({ pack: 'second', object: 'vehicle', field: 'plate' })
  expect(mistakes[0]?.say.en).toContain('fleet')
})

test('a renamed object and field keep their data, and the old names are still understood', async () => {
  const { business } = compose([core, fleet])
  await prepareSystem(database, 'zg_old')
  await applySchema(database, 'zg_old', business)
  await database.link().query(sql`insert into zg_old.vehicle (id, plate, price, price_currency) values (gen_random_uuid(), 'A', 5, 'CNY')`)
  const { name: _, ...rest } = vehicle
  const car = object('car', {
    ...rest,
    renamedFrom: ['vehicle'],
    fields: { ...vehicle.fields, listPrice: money({ renamedFrom: ['price'] }), price: undefined } as never,
    views: { list: ['plate', 'driver', 'listPrice'], sort: 'plate' },
  })
  Reflect.deleteProperty(car.fields, 'price')
  const renamed = compose([core, pack('fleet', { label: text('Fleet', '车队'), dependsOn: ['core'], objects: [car] })])
  expect(renamed.mistakes).toEqual([])
  expect(await applySchema(database, 'zg_old', renamed.business)).toEqual([])
  expect(await database.link().query(sql`select plate, list_price, list_price_currency from zg_old.car`)).toEqual([['A', '5.0000', 'CNY']])
  expect(renamed.business.aliases.vehicle).toBe('car')
  expect(fieldOf(renamed.business.objects.car as ObjectModel, 'price')?.name).toBe('listPrice')
  expect(await planSchema(database.link(), 'zg_old', renamed.business)).toEqual([])
})
