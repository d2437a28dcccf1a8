// A leaver's hand-over (CUS-14): everything passes to successors in one transaction, with nothing lost and history unchanged.
import { fieldOf, type ObjectModel } from '../model/business.ts'
import type { HandedOver } from '../model/context.ts'
import { parseFilter } from '../model/filter.ts'
import { listStatement } from '../store/query/index.ts'
import { everyRow, fullSight } from '../store/reach.ts'
import { currencyOf, type Writing } from './call.ts'
import { asEngine } from './engine.ts'
import { queryContext } from './query.ts'
import { followsOf } from './scope.ts'
import { updateRecords } from './write/update.ts'

/** Moves what `from` owns to the successors. Records that follow a moved one go with it; others are split evenly, in the order of their ids. `dryRun` only counts. */
export async function handOver(
  call: Writing,
  from: string,
  to: readonly string[],
  options: { objects?: readonly string[] | null; dryRun?: boolean },
): Promise<HandedOver[]> {
  const { business } = call.workspace
  const owned = Object.values(business.objects).filter(
    (model) => !model.parent && fieldOf(model, 'owner')?.to === 'user' && (!options.objects || options.objects.includes(model.name)),
  )
  // What others follow goes first, so that the rest can go with it.
  const followed = (model: ObjectModel): boolean =>
    owned.some((other) => followsOf(call.workspace, other).some((via) => via.to === model.name))
  const ordered = [...owned.filter(followed), ...owned.filter((model) => !followed(model))]
  const successor = new Map<string, string>()
  const result: HandedOver[] = []
  for (const model of ordered) {
    const vias = followsOf(call.workspace, model)
    const moves: { id: string; owner: string }[] = []
    let turn = 0
    for (const record of await recordsOf(
      call,
      model,
      from,
      vias.map((via) => via.name),
    )) {
      const along = vias.map((via) => successor.get(record[via.name] as string)).find((owner) => owner !== undefined)
      const owner = along ?? (to[turn++ % to.length] as string)
      successor.set(record.id as string, owner)
      moves.push({ id: record.id as string, owner })
    }
    if (!options.dryRun)
      for (let i = 0; i < moves.length; i += 5_000) await updateRecords(asEngine(call, 'hand-over'), model.name, moves.slice(i, i + 5_000))
    for (const owner of to) {
      const count = moves.filter((move) => move.owner === owner).length
      if (count > 0) result.push({ object: model.name, to: owner, count })
    }
  }
  return result
}

async function recordsOf(call: Writing, model: ObjectModel, owner: string, names: readonly string[]): Promise<Record<string, unknown>[]> {
  const context = queryContext(call, model, everyRow, fullSight)
  const where = parseFilter(
    call.workspace.business,
    model,
    { and: [{ owner }, model.access.handsOver ?? {}] },
    { currency: currencyOf(call) },
  )
  const fields = names.flatMap((name) => fieldOf(model, name) ?? [])
  const found: Record<string, unknown>[] = []
  for (let after: string | null = null; ; ) {
    const { statement, read } = listStatement(context, model, { fields, where, limit: 10_000, after })
    const page = read(await call.link.query(statement))
    found.push(...page.records)
    if (page.next === null) return found
    after = page.next
  }
}
