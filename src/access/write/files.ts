// Which record a file belongs to: its rights are that record's. Kept in step with the file fields.
import type { ObjectModel } from '../../model/business.ts'
import { sql, table } from '../../store/sql.ts'
import type { Writing } from '../call.ts'
import { same, type Working } from './working.ts'

export async function linkFiles(call: Writing, model: ObjectModel, rows: readonly Working[]): Promise<void> {
  const fields = Object.values(model.fields).filter((field) => field.type === 'file' || field.type === 'files' || field.type === 'image')
  const gone: { record: string; field: string }[] = []
  const links: { file: string; record: string; field: string }[] = []
  for (const row of rows) {
    for (const field of fields) {
      const value = row.record[field.name]
      if (same(value, row.before?.[field.name])) continue
      if (row.before) gone.push({ record: row.record.id, field: field.name })
      for (const file of Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : [])
        links.push({ file, record: row.record.id, field: field.name })
    }
  }
  const { schema } = call.workspace
  if (gone.length > 0) {
    await call.tx.query(
      sql`delete from ${table(schema, 'file_link')} l using unnest(${gone.map((one) => one.record)}::uuid[], ${gone.map((one) => one.field)}::text[]) as g(record, field) where l.record = g.record and l.field = g.field`,
    )
  }
  if (links.length > 0) {
    await call.tx.query(sql`
      insert into ${table(schema, 'file_link')} (file, object, record, field, created_by) select v.file, ${model.name}, v.record, v.field, ${call.principal.id}::uuid
      from unnest(${links.map((one) => one.file)}::uuid[], ${links.map((one) => one.record)}::uuid[], ${links.map((one) => one.field)}::text[]) as v(file, record, field) on conflict do nothing`)
  }
}
