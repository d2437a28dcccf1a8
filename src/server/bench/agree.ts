// Before anything is measured, both sides must give the same answer, byte for byte; of what is written, all but ids and moments.
import type { Values } from './derived.ts'
import type { Request } from './drive.ts'
import type { Operation } from './operations.ts'
import type { ReaderName } from './people.ts'
import type { Side } from './side.ts'
import type { World } from './world.ts'

/** Asks both sides every question of an operation and throws at the first difference. Gives the bytes of an answer, on average. */
export async function agree(world: World, operation: Operation, reader: ReaderName, ours: Side, bare: Side): Promise<number> {
  let bytes = 0
  const rounds = operation.same ? 1 : operation.variety
  for (let i = 0; i < rounds; i++) {
    const asked = operation.same?.(world, reader) ?? operation.ask(world, reader, i)
    const [own, other] = [await send(ours, asked.ours), await send(bare, asked.bare)]
    bytes += Buffer.byteLength(own)
    const shown = operation.same ? written : read
    if (shown(own) !== shown(other))
      throw new Error(`${operation.name} of ${reader}: the sides differ at\n${difference(shown(own), shown(other))}\n${asked.ours.path}`)
  }
  return Math.round(bytes / rounds)
}

async function send({ url }: Side, { method, path, headers, body }: Request): Promise<string> {
  const answer = await fetch(url + path, { method, headers: { ...headers, 'accept-encoding': 'identity' }, ...(body ? { body } : {}) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}${path} answered ${answer.status}: ${text.slice(0, 500)}`)
  return text
}

/** Cursors carry a signature of the question, of the same length on both sides; it counts for nothing here. */
const read = (answer: string): string => answer.replace(/"next":"([\w-]+)"/, (_, cursor: string) => `"next":${cursor.length}`)

/** Written records without which they are and when they were written. */
function written(answer: string): string {
  const { data } = JSON.parse(answer) as { data: Values | Values[] }
  const records = (Array.isArray(data) ? data : [data]).map((record) =>
    JSON.stringify(record).replaceAll(String(record.id), 'id').replaceAll(String(record.createdAt), 'now'),
  )
  return records.join('\n')
}

function difference(own: string, other: string): string {
  let at = 0
  while (at < own.length && own[at] === other[at]) at++
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200)
  return `ours: ${around(own)}\nbare: ${around(other)}`
}
