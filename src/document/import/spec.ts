// What an import is told (as it comes from outside), and what that means for a certain file: which column fills which field of which object.
import type { FieldModel, ObjectModel } from '../../model/business.ts'

/** One kind of record that a row makes. */
export interface PartSpec {
  object: string
  /** How other parts refer to it; else its object's name. */
  name?: string
  /** Column → field, `field.part` (money's `currency`, parts of an address, a match field of a reference), or with options; null leaves a column out. */
  columns?: Record<string, string | ColumnSpec | null>
  /** Field → what stands in the file → value. */
  values?: Record<string, Record<string, unknown>>
  /** Field → value where the file has none. `currency` serves money without one. */
  defaults?: Record<string, unknown>
  duplicates?: { match: string[]; then: 'skip' | 'update' | 'create' }
  /** Reference field → the part it points at; left out: the first earlier part of that object. */
  links?: Record<string, string>
}

export interface ColumnSpec {
  field: string
  /** The field of the referenced object by which it is found; else its title. */
  match?: string
  /** Makes the referenced record where there is none. */
  create?: boolean
}

export interface ImportSpec extends Partial<PartSpec> {
  /** One row makes several records, in this order. */
  objects?: PartSpec[]
  /** `YYYY MM M DD D HH mm ss` with whatever stands between. */
  dateFormat?: string
  /** Refuses values that an open choice does not know. */
  strict?: boolean
  sheet?: string
  encoding?: string
  delimiter?: string
  headerRow?: number
  headerRows?: 1 | 2
}

export interface ColumnPlan {
  /** Its place in a row, from 0. */
  at: number
  header: string
  field: FieldModel
  /** Of money and addresses. */
  part: string | null
  reference: { model: ObjectModel; match: FieldModel; create: boolean } | null
}

export interface PartPlan {
  name: string
  model: ObjectModel
  columns: ColumnPlan[]
  /** Field → text in the file (plain) → value. */
  values: Map<string, Map<string, unknown>>
  defaults: { field: FieldModel; value: unknown }[]
  currency: string
  duplicates: { match: FieldModel[]; then: 'skip' | 'update' | 'create' } | null
  links: { field: FieldModel; part: number }[]
}

export interface ImportPlan {
  parts: PartPlan[]
  /** Columns that no part takes. */
  ignored: string[]
  strict: boolean
  dateFormat: string | null
}
