// A worker process for tests of imports, to be killed at any moment.

import { prepareJobs, startJobs } from '../flow/jobs.ts'
import { core } from '../model/core.ts'
import { choice, date, longText, money, number, string } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { connect } from '../store/postgres.ts'
import { openWorkspace } from '../store/workspace.ts'
import { importJobs } from './import/jobs.ts'

/** An object of ten fields in which a row that comes twice would be seen: nothing in it is unique. */
export const thing = object('thing', {
  label: text('Thing', '物品'),
  title: 'name',
  fields: {
    name: string({ required: true, search: true }),
    code: string({ maxLength: 50, index: true }),
    kind: choice({ a: text('A', '甲'), b: text('B', '乙') }),
    made: date(),
    count: number({ min: '0' }),
    price: money(),
    place: string(),
    colour: choice({ red: text('Red', '红') }, { open: true }),
    maker: string(),
    note: longText(),
  },
  views: { list: ['name', 'code'], sort: 'name' },
})
export const things = pack('things', { label: text('Things', '物品'), dependsOn: ['core'], objects: [thing] })

/** A CSV of so many things, every 97th of which has an impossible day. */
export function* thingRows(count: number): Generator<string> {
  yield 'name,code,kind,made,count,price,place,colour,maker,note\n'
  for (let i = 1; i <= count; i++)
    yield `Thing ${i},T${i},${i % 2 ? 'a' : 'b'},${i % 97 ? '2026-01-15' : '2026-02-30'},${i},${i}.50,"Shelf ${i % 50}, left",red,Maker ${i % 300},"made ""by hand"" in ${i}"\n`
}

export async function main({ url, folder }: { url: string; folder: string }): Promise<void> {
  const database = connect(url)
  const workspace = await openWorkspace(
    database,
    'main',
    [core, things],
    { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN', country: 'CN' },
    () => pack('own', { label: text('Own', '自定义') }),
  )
  await prepareJobs(database)
  await startJobs({ database, workspaceOf: async () => workspace, handlers: importJobs(() => ({ folder })), node: 'importer' })
  console.log('ready')
}
