// Imports as people do them, a file over HTTP, in turns with a bare INSERT … unnest of the same rows, already made, into the same indexed table.
import { setTimeout as wait } from 'node:timers/promises'
import { callOf } from '../../access/call.ts'
import { principalOf } from '../../access/principal.ts'
import { csvLine } from '../../document/table/csvLine.ts'
import { objectOf } from '../../model/business.ts'
import { table } from '../../store/sql.ts'
import { insertOf } from './bareInsert.ts'
import type { Values } from './derived.ts'
import { median } from './drive.ts'
import { inventItem } from './invent.ts'
import { prepare } from './prepared.ts'
import type { Side } from './side.ts'
import type { World } from './world.ts'

export interface Transferred {
  object: string
  rows: number
  /** Rows a second. */
  ours: number
  bare: number
  ratio: { median: number; least: number; most: number }
  /** Most memory of our process, in MB. */
  memory: number
}

/** What is imported: new records as a sheet would hold them. */
export const imported: Record<string, (world: World, count: number) => Values[]> = {
  account: (world, count) => world.newAccounts(count),
  benchItem: (world, count) => Array.from({ length: count }, () => inventItem(world.takePlace())),
}

const chunk = 1_000

export async function transfer(
  world: World,
  object: string,
  ours: Side,
  { rows, rounds }: { rows: number; rounds: number },
): Promise<Transferred> {
  const make = imported[object] as (world: World, count: number) => Values[]
  const measured: { ours: number; bare: number }[] = []
  await ours.ask('memory', {})
  for (let i = 0; i < rounds; i++) {
    const took = await importFile(world, object, ours, make(world, rows))
    measured.push({ ours: rows / took, bare: rows / (await insertAll(world, object, make(world, rows))) })
  }
  const ratios = measured.map((round) => round.ours / round.bare)
  return {
    object,
    rows,
    ours: median(measured.map((round) => round.ours)),
    bare: median(measured.map((round) => round.bare)),
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
    memory: await ours.ask('memory', {}),
  }
}

/** Seconds from the upload to the last row. */
async function importFile({ administrator }: World, object: string, { url }: Side, records: readonly Values[]): Promise<number> {
  const form = new FormData()
  form.set('spec', JSON.stringify({ object }))
  form.set('file', new Blob([sheet(records)], { type: 'text/csv' }), 'new.csv')
  const began = performance.now()
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${url}/api/v1${path}`, { ...init, headers: administrator.auth })
    const body = (await answer.json()) as { data: { id: string; state: string; created: number } }
    if (!answer.ok) throw new Error(`the import of ${object} was refused: ${JSON.stringify(body).slice(0, 500)}`)
    return body.data
  }
  let state = await ask('/imports', { method: 'POST', body: form })
  while (state.state === 'queued' || state.state === 'running') {
    await wait(100)
    state = await ask(`/imports/${state.id}`)
  }
  const took = (performance.now() - began) / 1_000
  if (state.state !== 'done' || Number(state.created) !== records.length)
    throw new Error(`the import of ${object} ended as ${JSON.stringify(state)}`)
  return took
}

function sheet(records: readonly Values[]): string {
  const names = [...new Set(records.flatMap(Object.keys))]
  const lines = records.map((record) => csvLine(names.map((name) => cell(record[name]))))
  return csvLine(names) + lines.join('')
}

function cell(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const { amount, city, street } = value as Record<string, string>
  return amount ?? `${city}${street}`
}

/** Seconds that the statements took. */
async function insertAll({ workspace, administrator }: World, object: string, records: readonly Values[]): Promise<number> {
  const { id } = administrator
  const call = await callOf(workspace, await principalOf(workspace, id))
  const model = objectOf(workspace.business, object)
  const name = table(workspace.schema, model.table).sql
  let took = 0
  for (let at = 0; at < records.length; at += chunk) {
    const { names, source, values } = insertOf(await prepare(call, model, records.slice(at, at + chunk)), id, 1)
    const began = performance.now()
    await workspace.database.transaction((tx) => tx.client.query(`insert into ${name} (${names}) ${source}`, values), { use: 'jobs' })
    took += performance.now() - began
  }
  return took / 1_000
}
