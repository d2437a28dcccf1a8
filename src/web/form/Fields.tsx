// The fields of a form in two columns; what a condition hides is not there, what a condition asks for says so.
import { useHolds } from '../data/expressions.ts'
import type { Field, ObjectModel } from '../data/model.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import styles from './Form.module.css'
import { formField, isBroad } from './sections.ts'

interface FieldsProps {
  object: Pick<ObjectModel, 'fields' | 'title' | 'stages'>
  fields: readonly Field[]
  values: Record<string, unknown>
  set(name: string, value: unknown): void
  errors: Readonly<Record<string, string>>
  /** The field that has the cursor first. */
  first?: string | undefined
  /** Required beside those that always are. */
  alsoRequired?: readonly string[]
}

export function Fields({ object, fields, values, set, errors, first, alsoRequired = [] }: FieldsProps) {
  const holds = useHolds()
  const visible = fields.filter((field) => field.visibleWhen === undefined || holds?.(field.visibleWhen, object, values) === true)
  return (
    <div className={styles.fields}>
      {visible.map((field) => (
        <div key={field.name} className={styles.field} data-broad={isBroad(object, field) || undefined} data-field={field.name}>
          <FieldEdit
            field={formField(object as ObjectModel, field)}
            value={values[field.name] ?? null}
            values={values}
            onChange={(value) => set(field.name, value)}
            error={errors[field.name]}
            required={
              field.required ||
              alsoRequired.includes(field.name) ||
              (field.requiredWhen !== undefined && holds?.(field.requiredWhen, object, values) === true)
            }
            autoFocus={field.name === first}
          />
        </div>
      ))}
    </div>
  )
}
