// Child lines: a small table in which each column is given by its own widget.
import { ActionIcon, Button } from '@mantine/core'
import type { Field } from '../../data/model.ts'
import { IconPlus, IconX } from '../../look/icons.ts'
import { useWords } from '../../words/index.ts'
import styles from '../FieldEdit.module.css'
import { type EditProps, useFrame } from '../FieldEdit.tsx'
import { Widget } from './Widget.tsx'

type Line = Record<string, unknown>

export function LinesEdit(props: EditProps) {
  const t = useWords()
  const { label, error } = useFrame(props)
  const lines = Array.isArray(props.value) ? (props.value as Line[]) : []
  const columns = Object.entries(props.field.fields ?? {}).map(
    ([name, definition]): Field => ({
      ...definition,
      name,
      label: definition.label ?? { en: name, zh: name },
      system: false,
      custom: false,
      live: false,
      may: 'write',
    }),
  )
  const set = (at: number, name: string, value: unknown) =>
    props.onChange(lines.map((line, i) => (i === at ? { ...line, [name]: value } : line)))
  return (
    <fieldset className={styles.set}>
      {label && <legend className={styles.legend}>{label}</legend>}
      <div className={styles.linesWrap}>
        {lines.length > 0 && (
          <table className={styles.lines}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    {t.of(column.label)}
                  </th>
                ))}
                <th />
              </tr>
            </thead>
            <tbody>
              {lines.map((line, i) => (
                <tr key={String(line.id ?? line.key ?? i)}>
                  {columns.map((column) => (
                    <td key={column.name}>
                      <Widget
                        field={column}
                        value={line[column.name]}
                        values={line}
                        bare
                        onChange={(value) => set(i, column.name, value)}
                      />
                    </td>
                  ))}
                  <td>
                    <ActionIcon aria-label={t('common.delete')} onClick={() => props.onChange(lines.filter((_, j) => j !== i))}>
                      <IconX />
                    </ActionIcon>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus />}
        onClick={() => props.onChange([...lines, { key: crypto.randomUUID() }])}
      >
        {t('form.addLine')}
      </Button>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}
