// `zhanggui bench`: measures this product beside a hand-written server that gives the same answers.
import { openHome } from './home.ts'
import { readOptions } from './options.ts'

/** Runs the benchmark and prints its tables. */
export async function benchVerb(args: readonly string[]): Promise<void> {
  const options = readOptions(args)
  const home = await openHome(options.scale, (line) => console.error(line))
  await home.clean()
  await home.stop()
}
