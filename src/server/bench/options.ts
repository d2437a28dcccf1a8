// What a run of the benchmark is asked to do, read from the command line.
export interface BenchOptions {
  /** 1 is 100,000 accounts, 300,000 opportunities and 1,000,000 activities. */
  scale: number
  /** Each operation is measured so often on either side, in turns. */
  rounds: number
  /** Length of one measurement. */
  seconds: number
  /** Clients at the same moment; pools have as many connections. */
  connections: number
  /** Rows of an imported file. */
  importRows: number
  /** Names of operations; null is all. */
  only: readonly string[] | null
  /** Names of readers; null is all. */
  readers: readonly string[] | null
}

const usage = `npm run bench -- [--scale 10] [--rounds 5] [--seconds 10] [--only list,record] [--readers seller] [--connections 10] [--import 100000]`
const usageError = (message: string): Error => Object.assign(new Error(`${message}\nUsage: ${usage}`), { name: 'UsageError' })

/** Reads the arguments. Wrong ones are a UsageError. */
export function readOptions(args: readonly string[]): BenchOptions {
  const given = new Map<string, string>()
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i] as string
    const value = args[i + 1]
    if (!known.includes(name)) throw usageError(`Not understood: ${name}.`)
    if (value === undefined) throw usageError(`${name} needs a value.`)
    given.set(name, value)
  }
  const number = (name: string, standard: number, least: number, most: number): number => {
    const value = Number(given.get(name) ?? standard)
    if (!(value >= least && value <= most)) throw usageError(`${name} is a number from ${least} to ${most}.`)
    return value
  }
  const list = (name: string): string[] | null => given.get(name)?.split(',').filter(Boolean) ?? null
  const scale = number('--scale', 1, 0.001, 100)
  return {
    scale,
    rounds: number('--rounds', 5, 1, 100),
    seconds: number('--seconds', 10, 1, 600),
    connections: number('--connections', 10, 1, 100),
    importRows: number('--import', Math.round(100_000 * scale), 1_000, 10_000_000),
    only: list('--only'),
    readers: list('--readers'),
  }
}

const known = ['--scale', '--rounds', '--seconds', '--connections', '--import', '--only', '--readers']
