// The figures as people read them.
import type { Compared } from './compare.ts'

const rate = (value: number): string => (value < 20 ? value.toFixed(1) : value.toFixed(0))
const ms = (value: number): string => (value < 10 ? value.toFixed(1) : value.toFixed(0))

/** One line while it runs. */
export const comparedLine = ({ operation, reader, ours, bare, ratio, bytes }: Compared): string =>
  [
    operation.padEnd(8),
    reader.padEnd(8),
    `${rate(ours.rate)}/s, p50 ${ms(ours.p50)}, p99 ${ms(ours.p99)} ms`.padEnd(36),
    `bare ${rate(bare.rate)}/s, p50 ${ms(bare.p50)}, p99 ${ms(bare.p99)} ms`.padEnd(40),
    `ratio ${ratio.median.toFixed(2)} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)})`,
    `${bytes} bytes`,
  ].join('  ')

export function comparedTable(all: readonly Compared[]): string {
  const head = '| operation | reader | requests/s | p50 ms | p99 ms | bare requests/s | bare p50 | bare p99 | ratio to bare | spread |'
  const rows = all.map(
    ({ operation, reader, ours, bare, ratio }) =>
      `| ${[operation, reader, rate(ours.rate), ms(ours.p50), ms(ours.p99), rate(bare.rate), ms(bare.p50), ms(bare.p99), ratio.median.toFixed(2), `${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)}`].join(' | ')} |`,
  )
  return [head, '|---|---|---:|---:|---:|---:|---:|---:|---:|---|', ...rows].join('\n')
}
