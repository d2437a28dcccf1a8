// What a transaction wrote last of each record, so that its answer needs no second reading. What is changed behind a record's back is forgotten.
import type { AnyRecord } from '../../model/object.ts'
import type { Transaction } from '../../store/postgres.ts'

export interface Newest {
  record: AnyRecord
  /** Its hidden columns. */
  hidden: Readonly<Record<string, string | null>>
}

const written = new WeakMap<Transaction, Map<string, Newest>>()

export function remember(tx: Transaction, rows: readonly Newest[]): void {
  const known = written.get(tx) ?? new Map<string, Newest>()
  written.set(tx, known)
  for (const row of rows) known.set(row.record.id, row)
}

/** The records themselves, or all of them, have changed since. */
export function forget(tx: Transaction, ids?: readonly string[]): void {
  if (!ids) written.delete(tx)
  else for (const id of ids) written.get(tx)?.delete(id)
}

/** What was written last of the record, when that is this very one. */
export function newest(tx: Transaction, record: AnyRecord): Newest | undefined {
  const known = written.get(tx)?.get(record.id)
  return known?.record === record ? known : undefined
}
