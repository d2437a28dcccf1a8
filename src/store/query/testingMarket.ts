// The world of these tests: shops with owners, pools and sections, visits that follow their shop, regions that anybody names.
import { type Business, compose, type ObjectModel, objectOf } from '../../model/business.ts'
import { core } from '../../model/core.ts'
import type { MoneyValue } from '../../model/field.ts'
import {
  address,
  boolean,
  choice,
  choices,
  date,
  dateTime,
  formula,
  lines,
  longText,
  money,
  number,
  percent,
  phone,
  reference,
  references,
  string,
  user,
} from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { text } from '../../model/text.ts'
import { cellsOf } from '../encode.ts'
import { connect, type Database } from '../postgres.ts'
import { everyRow, fullSight } from '../reach.ts'
import { applySchema } from '../schema.ts'
import { sql, table } from '../sql.ts'
import { searchVector } from '../terms.ts'
import { testDatabase } from '../testing.ts'
import { insertRows, newIds, plainCell } from '../write.ts'
import type { QueryContext } from './place.ts'

const region = object('region', {
  label: text('Region', '区域'),
  title: 'name',
  fields: { name: string({ required: true }), climate: choice({ wet: text('Wet', '湿'), dry: text('Dry', '干') }), head: user() },
  views: { list: ['name'], sort: 'name' },
})

const shop = object('shop', {
  label: text('Shop', '店铺'),
  title: 'name',
  fields: {
    name: string({ required: true, search: 'pinyin' }),
    code: string({ unique: true }),
    grade: choice({ C: text('C', 'C'), A: text('A', 'A'), B: text('B', 'B') }),
    source: choice({ fair: text('Fair', '展会'), call: text('Call', '电话') }, { open: true }),
    stage: choice({ lost: text('Lost', '丢'), seen: text('Seen', '见过') }),
    turnover: money(),
    share: percent(),
    score: number({ scale: 2 }),
    active: boolean(),
    openedOn: date(),
    seenAt: dateTime(),
    silentDays: formula({ formula: 'daysSince(seenAt)', result: 'number' }),
    mood: formula({ formula: 'daysSince(seenAt) > 30', result: 'boolean' }),
    region: reference('region'),
    tags: choices({ red: text('Red', '红'), blue: text('Blue', '蓝'), green: text('Green', '绿') }),
    helpers: references('user'),
    phone: phone({ mask: 'middle' }),
    address: address(),
    note: longText(),
    items: lines({ what: string(), price: money(), count: number() }),
    owner: user(),
    pool: reference('pool'),
    section: reference('section'),
  },
  stages: {
    field: 'stage',
    pipelines: {
      default: {
        label: text('Default', '默认'),
        stages: ['seen', 'met', 'agreed', 'lost'].map((name) => ({ name, label: text(name, name) })),
      },
    },
  },
  views: {
    list: ['name'],
    sort: 'name',
    lists: ['-turnover', '-seenAt', '-createdAt'].map((sort, i) => ({ name: `by${i}`, label: text(sort, sort), sort })),
  },
})

const visit = object('visit', {
  label: text('Visit', '拜访'),
  title: 'subject',
  access: { follows: ['shop'] },
  fields: { subject: string({ required: true }), shop: reference('shop'), minutes: number(), at: dateTime() },
  views: { list: ['subject'], sort: '-at' },
})

const market = pack('market', { label: text('Market', '市场'), dependsOn: ['core'], objects: [region, shop, visit] })

export interface Market {
  business: Business
  database: Database
  schema: string
  shop: ObjectModel
  visit: ObjectModel
  region: ObjectModel
  context: QueryContext
  close(): Promise<void>
}

export const today = '2026-11-23'
export const rates: Record<string, number | undefined> = { CNY: 1, USD: 7 }

/** Tables of the market, without a row. Everything is in reach; the company is in Shanghai and counts in CNY. */
export async function openMarket(): Promise<Market> {
  const { business, mistakes } = compose([core, market])
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes))
  const home = await testDatabase()
  const database = connect(home.url)
  const schema = 'main'
  await applySchema(database, schema, business)
  return {
    business,
    database,
    schema,
    shop: objectOf(business, 'shop'),
    visit: objectOf(business, 'visit'),
    region: objectOf(business, 'region'),
    context: {
      business,
      schema,
      reach: everyRow,
      sight: fullSight,
      me: null,
      team: [],
      today,
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
    },
    async close() {
      await database.close()
      await home.drop()
    },
  }
}

export type Rec = Record<string, unknown> & { id: string }

const baseOf = (record: Record<string, unknown>, field: { name: string }): string | null => {
  const value = record[field.name] as MoneyValue | null | undefined
  const rate = value ? rates[value.currency] : undefined
  return value && rate !== undefined ? String(Number(value.amount) * rate) : null
}

/** Inserts records as they are given; missing fields are blank, `deletedAt`, `createdAt` and hidden columns (`shop__owner`) are taken too. Gives them with their ids. */
export async function insert(market: Market, model: ObjectModel, given: Record<string, unknown>[]): Promise<Rec[]> {
  const ids = newIds(given.length)
  const records: Rec[] = given.map((record, i) => ({ id: ids[i] as string, ...record }))
  const fields = Object.values(model.fields).filter((field) => !field.system && !field.live && field.type !== 'lines')
  const hidden = [...new Set(given.flatMap((record) => Object.keys(record).filter((name) => name.includes('__'))))]
  const cells = [
    plainCell('id', 'uuid'),
    plainCell('created_at', 'timestamptz', 'createdAt'),
    plainCell('deleted_at', 'timestamptz', 'deletedAt'),
    {
      column: 'search',
      cast: 'tsvector',
      read: (record: Record<string, unknown>) => searchVector([{ text: String(record[model.title] ?? ''), pinyin: true }]),
    },
    ...hidden.map((name) => plainCell(name, 'uuid')),
    ...fields.flatMap((field) => cellsOf(field, baseOf)),
  ]
  const { database, schema } = market
  const rows = records.map((record) => ({ createdAt: '2026-01-01T00:00:00Z', ...record }))
  await database.transaction(async (tx) => {
    await tx.query(sql`set constraints all deferred`)
    await tx.client.query('set local session_replication_role = replica')
    await insertRows(tx, schema, model.table, cells, rows)
  })
  return records
}

/** Shares records with somebody. */
export async function share(market: Market, object: string, records: readonly string[], principal: string, level = 'view'): Promise<void> {
  await market.database
    .link()
    .query(
      sql`insert into ${table(market.schema, 'record_grant')} (object, record, principal, level) select ${object}::text, one.id, ${principal}::uuid, ${level}::text from unnest(${records}::uuid[]) as one(id)`,
    )
}
