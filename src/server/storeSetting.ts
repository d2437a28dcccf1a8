// Keeps what a company sets for itself.
import type { Writing } from '../access/call.ts'
import { sql, table } from '../store/sql.ts'

/** Stores one setting of the company, and who set it; null takes the default again. */
export async function storeSetting({ tx, workspace, principal }: Writing, name: string, value: unknown): Promise<void> {
  const kept = table(workspace.schema, 'setting')
  await tx.query(
    value === null
      ? sql`delete from ${kept} where name = ${name}`
      : sql`insert into ${kept} (name, value, changed_by) values (${name}, ${JSON.stringify(value)}::jsonb, ${principal.id}::uuid) on conflict (name) do update set value = excluded.value, changed_at = now(), changed_by = excluded.changed_by`,
  )
}
