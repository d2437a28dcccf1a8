// How a field's value is sent: every column as text, cast on arrival, so that one statement carries any number of rows as arrays.
import type { FieldModel } from '../model/business.ts'
import type { MoneyValue } from '../model/field.ts'
import { resultType } from '../model/filter.ts'

export interface Cell {
  column: string
  /** The cast on arrival. */
  cast: string
  read(record: Record<string, unknown>): string | null
}

/** The cells of one field: one, or three for money. `base` gives the amount in the company's currency. */
export function cellsOf(field: FieldModel, base: (record: Record<string, unknown>, field: FieldModel) => string | null): Cell[] {
  const { column, name } = field
  const one = (cast: string, write: (value: unknown) => string = String): Cell[] => [
    { column, cast, read: (record) => (record[name] === null || record[name] === undefined ? null : write(record[name])) },
  ]
  switch (resultType(field)) {
    case 'number':
    case 'percent':
      return one('numeric')
    case 'money':
      return [
        { column, cast: 'numeric', read: (record) => (record[name] as MoneyValue | null)?.amount ?? null },
        { column: `${column}_currency`, cast: 'text', read: (record) => (record[name] as MoneyValue | null)?.currency ?? null },
        { column: `${column}_base`, cast: 'numeric', read: (record) => base(record, field) },
      ]
    case 'boolean':
      return one('boolean')
    case 'date':
      return one('date')
    case 'dateTime':
      return one('timestamptz')
    case 'reference':
    case 'file':
    case 'image':
      return one('uuid')
    case 'references':
    case 'files':
      return one('uuid[]', (value) => `{${(value as string[]).join(',')}}`)
    case 'choices':
      return one('text[]', (value) => textArray(value as string[]))
    case 'address':
    case 'place':
    case 'json':
      return one('jsonb', JSON.stringify)
    default:
      return one('text')
  }
}

/** PostgreSQL's written form of a list of texts. */
export const textArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`
