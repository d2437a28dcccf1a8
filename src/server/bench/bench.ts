// `zhanggui bench`: measures this product beside a hand-written server that gives the same answers.
import { type Compared, compare } from './compare.ts'
import { type Home, openHome } from './home.ts'
import { operations } from './operations.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { type ReaderName, readerEmails } from './people.ts'
import { startSide } from './side.ts'
import { runSide, type SideName } from './sides.ts'
import { comparedLine, comparedTable } from './tables.ts'
import { openWorld } from './world.ts'

/** Runs the benchmark and prints its tables. */
export async function benchVerb(args: readonly string[]): Promise<void> {
  if (args[0] === '--side') return runSide(args[1] as SideName)
  const options = readOptions(args)
  const home = await openHome(options.scale, (line) => console.error(line))
  try {
    await home.clean()
    const compared = await compareAll(home, options)
    console.log(comparedTable(compared))
    await home.clean()
  } finally {
    await home.stop()
  }
}

async function compareAll(home: Home, options: BenchOptions): Promise<Compared[]> {
  const world = await openWorld(home)
  const given = { DATABASE_URL: home.url, ZG_POOL: String(options.connections), ZG_DATA: home.folder }
  const sides = { ours: await startSide('ours', home.folder, given), bare: await startSide('bare', home.folder, given) }
  const compared: Compared[] = []
  try {
    for (const operation of operations.filter(({ name }) => options.only?.includes(name) ?? true)) {
      for (const reader of (Object.keys(readerEmails) as ReaderName[]).filter((name) => options.readers?.includes(name) ?? true)) {
        const one = await compare(world, operation, reader, sides, options)
        console.error(comparedLine(one))
        compared.push(one)
      }
    }
  } finally {
    await sides.ours.stop()
    await sides.bare.stop()
  }
  return compared
}
