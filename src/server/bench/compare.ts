// One operation measured on both sides, in turns: what counts is how they stand to each other in the same minute.
import { agree } from './agree.ts'
import { type Drive, drive, type Measure, median } from './drive.ts'
import type { Operation } from './operations.ts'
import type { BenchOptions } from './options.ts'
import type { ReaderName } from './people.ts'
import type { Side } from './side.ts'
import type { World } from './world.ts'

export interface Compared {
  operation: string
  reader: ReaderName
  kind: Operation['kind']
  bytes: number
  ours: Measure
  bare: Measure
  /** Our rate by the other's: the median of the rounds, the lowest and the highest. */
  ratio: { median: number; least: number; most: number }
}

/** Lets both sides agree, warms them up and measures them A-B-A-B. */
export async function compare(
  world: World,
  operation: Operation,
  reader: ReaderName,
  sides: { ours: Side; bare: Side },
  options: BenchOptions,
): Promise<Compared> {
  const bytes = await agree(world, operation, reader, sides.ours, sides.bare)
  const run = (side: 'ours' | 'bare', seconds: number): Promise<Measure> =>
    drive({ url: sides[side].url, seconds, connections: options.connections, requests: questions(world, operation, reader, side) })
  const warm = Math.min(3, options.seconds)
  await run('ours', warm)
  await run('bare', warm)
  const rounds: { ours: Measure; bare: Measure }[] = []
  for (let i = 0; i < options.rounds; i++)
    rounds.push({ ours: await run('ours', options.seconds), bare: await run('bare', options.seconds) })
  const ratios = rounds.map(({ ours, bare }) => ours.rate / bare.rate)
  return {
    operation: operation.name,
    reader,
    kind: operation.kind,
    bytes,
    ours: middle(rounds.map(({ ours }) => ours)),
    bare: middle(rounds.map(({ bare }) => bare)),
    ratio: { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) },
  }
}

function questions(world: World, operation: Operation, reader: ReaderName, side: 'ours' | 'bare'): Drive['requests'] {
  if (operation.kind === 'write') return () => operation.ask(world, reader, 0)[side]
  return Array.from({ length: operation.variety }, (_, i) => operation.ask(world, reader, i)[side])
}

const middle = (rounds: readonly Measure[]): Measure => ({
  rate: median(rounds.map(({ rate }) => rate)),
  p50: median(rounds.map(({ p50 }) => p50)),
  p99: median(rounds.map(({ p99 }) => p99)),
})
