// What the benchmark builds by COPY is what the door would have stored.
import { expect, test } from 'vitest'
import { callOf } from '../../access/call.ts'
import { automation } from '../../access/principal.ts'
import { recomputeObject } from '../../access/write/recompute.ts'
import { connect } from '../../store/postgres.ts'
import { sql, table } from '../../store/sql.ts'
import { testDatabase } from '../../store/testing.ts'
import { firstStart } from '../firstStart.ts'
import { readSettings } from '../settings.ts'
import { openCompany } from '../start.ts'
import { benchProduct } from './benchProduct.ts'
import { fill, filled } from './fill.ts'
import { hire } from './people.ts'

test('a filled company has the numbers it promises, and recomputing mends nothing', async () => {
  const home = await testDatabase()
  const database = connect(home.url)
  try {
    const workspace = await openCompany(database, 'main', readSettings({}), benchProduct)
    await firstStart(workspace, null)
    await fill(workspace, await hire(workspace), 100, () => undefined)
    const { schema } = workspace
    const count = async (name: string) => Number((await database.link().query(sql`select count(*) from ${table(schema, name)}`))[0]?.[0])
    expect([await count('account'), await count('opportunity'), await count('activity'), await count('user')]).toEqual([
      100, 300, 1_000, 200,
    ])
    const derived = async (name: string) => database.link().query(sql`select to_jsonb(t) from ${table(schema, name)} t order by id`)
    const before = await Promise.all(filled.map(derived))
    const call = await callOf(workspace, automation('benchmark'), { importing: true })
    for (const name of filled) expect(await recomputeObject(call, name)).toBe(0)
    expect(await Promise.all(filled.map(derived))).toEqual(before)
  } finally {
    await database.close()
    await home.drop()
  }
})
