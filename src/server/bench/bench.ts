// `zhanggui bench`: measures this product beside a hand-written server that gives the same answers.
import { type Compared, compare } from './compare.ts'
import { type Home, openHome } from './home.ts'
import { operations } from './operations.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { type ReaderName, readerEmails } from './people.ts'
import { startSide } from './side.ts'
import { runSide, type SideName } from './sides.ts'
import { comparedLine, comparedTable, sessionLine, startLine, transferLine, transferTable } from './tables.ts'
import { imported, type Transferred, transfer } from './transfers.ts'
import { openWorld } from './world.ts'

/** Runs the benchmark and prints its tables. */
export async function benchVerb(args: readonly string[]): Promise<void> {
  if (args[0] === '--side') return runSide(args[1] as SideName)
  const options = readOptions(args)
  const home = await openHome(options.scale, (line) => console.error(line))
  try {
    await home.clean()
    console.log((await measureAll(home, options)).join('\n\n'))
    await home.clean()
  } finally {
    await home.stop()
  }
}

/** The tables of what was measured. */
async function measureAll(home: Home, options: BenchOptions): Promise<string[]> {
  const world = await openWorld(home)
  const given = { DATABASE_URL: home.url, ZG_POOL: String(options.connections + spare), ZG_DATA: home.folder }
  const sides = { ours: await startSide('ours', home.folder, given), bare: await startSide('bare', home.folder, given) }
  const wanted = (name: string) => options.only?.includes(name) ?? true
  const told = <T>(one: T, line: (one: T) => string): T => {
    console.error(line(one))
    return one
  }
  try {
    const compared: Compared[] = []
    for (const operation of operations.filter(({ name }) => wanted(name))) {
      for (const reader of operation.readers ?? allReaders) {
        if (options.readers && !options.readers.includes(reader)) continue
        compared.push(told(await compare(world, operation, reader, sides, options), comparedLine))
      }
    }
    const imports: Transferred[] = []
    for (const object of wanted('import') ? Object.keys(imported) : [])
      imports.push(
        told(await transfer(world, object, sides.ours, { rows: options.importRows, rounds: Math.min(3, options.rounds) }), transferLine),
      )
    const times = wanted('session') ? await sides.ours.ask('sessions', { token: world.tokens.seller, count: 5_000 }) : []
    return [
      ...(compared.length > 0 ? [comparedTable(compared)] : []),
      ...(imports.length > 0 ? [transferTable(imports)] : []),
      ...(wanted('start') ? [startLine({ database: home.started, product: sides.ours.took })] : []),
      ...(times.length > 0 ? [sessionLine(times)] : []),
    ]
  } finally {
    await sides.ours.stop()
    await sides.bare.stop()
  }
}

/** Connections of either pool beyond the clients: a thousand records at once leave none to what runs beside them. */
const spare = 2
const allReaders = Object.keys(readerEmails) as ReaderName[]
