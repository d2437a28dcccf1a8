// The figures as people read them.
import type { Compared } from './compare.ts'
import { percentile } from './drive.ts'
import type { Transferred } from './transfers.ts'

const rate = (value: number): string => (value < 20 ? value.toFixed(1) : value.toFixed(0))
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

const spread = ({ least, most }: { least: number; most: number }): string => `${least.toFixed(2)}–${most.toFixed(2)}`

/** One line while it runs. */
export const comparedLine = ({ operation, reader, ours, bare, ratio, bytes }: Compared): string =>
  [
    operation.padEnd(8),
    reader.padEnd(8),
    `${rate(ours.rate)}/s, p50 ${ms(ours.p50)}, p99 ${ms(ours.p99)} ms`.padEnd(36),
    `bare ${rate(bare.rate)}/s, p50 ${ms(bare.p50)}, p99 ${ms(bare.p99)} ms`.padEnd(40),
    `ratio ${ratio.median.toFixed(2)} (${spread(ratio)})`,
    `${bytes} bytes`,
  ].join('  ')

export function comparedTable(all: readonly Compared[]): string {
  const head = '| operation | reader | requests/s | p50 ms | p99 ms | bare requests/s | bare p50 | bare p99 | ratio to bare | spread |'
  const rows = all.map(
    ({ operation, reader, ours, bare, ratio }) =>
      `| ${[operation, reader, rate(ours.rate), ms(ours.p50), ms(ours.p99), rate(bare.rate), ms(bare.p50), ms(bare.p99), ratio.median.toFixed(2), spread(ratio)].join(' | ')} |`,
  )
  return [head, '|---|---|---:|---:|---:|---:|---:|---:|---:|---|', ...rows].join('\n')
}

export const transferLine = ({ object, rows, ours, bare, ratio, memory }: Transferred): string =>
  `import of ${rows} ${object}  ${rate(ours)} rows/s  bare ${rate(bare)} rows/s  ratio ${ratio.median.toFixed(2)} (${spread(ratio)})  ${memory} MB`

export function transferTable(all: readonly Transferred[]): string {
  const head = '| import of | rows | rows/s | bare rows/s | ratio to bare | spread | most memory MB |'
  const rows = all.map(
    ({ object, rows: count, ours, bare, ratio, memory }) =>
      `| ${[object, count, rate(ours), rate(bare), ratio.median.toFixed(2), spread(ratio), memory].join(' | ')} |`,
  )
  return [head, '|---|---:|---:|---:|---:|---|---:|', ...rows].join('\n')
}

/** Milliseconds in, seconds out. */
export const startLine = ({ database, product }: { database: number; product: number }): string =>
  `Start with these data: ${((database + product) / 1_000).toFixed(1)} s (database ${(database / 1_000).toFixed(1)}, product ${(product / 1_000).toFixed(1)})`

export function sessionLine(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  return `Finding a session and its rights, warm: p50 ${percentile(sorted, 0.5).toFixed(3)} ms, p99 ${percentile(sorted, 0.99).toFixed(3)} ms`
}
