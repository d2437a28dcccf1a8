// Auto numbers (`CUS-{yyyy}-{0000}`): a counter row per pattern and period, taken in the transaction that writes.
// Gaps in the numbers that one sees tell how many records there are, as they do on paper; nothing else of them.
import type { FieldModel } from '../../model/business.ts'
import { isBlank } from '../../model/value.ts'
import { takeNumbers } from '../../store/write.ts'
import { today, type Writing } from '../call.ts'
import type { Batch } from './working.ts'

/** Gives every new row its numbers; an import may bring its own. */
export async function giveNumbers(call: Writing, batch: Batch): Promise<void> {
  for (const field of Object.values(batch.model.fields)) {
    if (field.type !== 'autoNumber') continue
    const rows = batch.rows.filter((row) => row.before === null && isBlank(row.record[field.name]))
    if (rows.length === 0) continue
    const stem = stemOf(field, today(call))
    const last = await takeNumbers(
      call.tx,
      call.workspace.schema,
      `${batch.model.name}.${field.name}:${stem.replace(/\{0+\}/, '#')}`,
      rows.length,
    )
    rows.forEach((row, i) => {
      const number = String(last - rows.length + 1 + i)
      row.record[field.name] = stem.replace(/\{(0+)\}/, (_, zeros: string) => number.padStart(zeros.length, '0'))
    })
  }
}

function stemOf(field: FieldModel, day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  const parts: Record<string, string> = { yyyy: year, yy: year.slice(2), MM: month, dd: date }
  return (field.pattern ?? '{0}').replace(/\{(yyyy|yy|MM|dd)\}/g, (_, part: string) => parts[part] ?? '')
}
