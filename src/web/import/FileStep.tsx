// Which sheet, and as what; below it what was imported before.
import { Button, FileButton, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { objectIn, useModel } from '../data/model.ts'
import { useRecords } from '../data/records.ts'
import { OptionChip } from '../fields/Chip.tsx'
import { referenceText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconUpload } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Import.module.css'

interface FileStepProps {
  wanted: string | null
  busy: boolean
  small: boolean
  look(file: File, as: string | null): Promise<void>
}

export function FileStep({ wanted, busy, small, look }: FileStepProps) {
  const t = useWords()
  const { objects } = useModel()
  const [as, setAs] = useState<string | null>(wanted)
  const [over, setOver] = useState(false)
  const [name, setName] = useState('')
  const possible = Object.values(objects).filter((object) => object.may.create && !object.name.includes('.') && !object.access.readOnly)
  const take = (file: File | null | undefined) => {
    if (!file || busy) return
    setName(file.name)
    void look(file, as)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className={styles.scroll}>
      {small ? (
        <p className={styles.note}>{t('imports.phone')}</p>
      ) : (
        <>
          <Select
            className={styles.what}
            label={t('imports.what')}
            placeholder={t('imports.whatAuto')}
            data={possible.map((object) => ({ value: object.name, label: t.of(object.plural) }))}
            value={as}
            onChange={setAs}
            searchable
            clearable
          />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped here as well as chosen by the button */}
          <div
            className={styles.drop}
            data-over={over || undefined}
            onDragOver={(event) => {
              event.preventDefault()
              setOver(true)
            }}
            onDragLeave={() => setOver(false)}
            onDrop={drop}
          >
            <FileButton accept=".csv,.tsv,.txt,.xlsx,text/csv" onChange={take}>
              {(button) => (
                <Button {...button} variant="default" size="sm" loading={busy} leftSection={<IconUpload />}>
                  {busy ? t('imports.reading', { name }) : t('imports.drop')}
                </Button>
              )}
            </FileButton>
            <p className={styles.meta}>{t('imports.dropHint')}</p>
          </div>
        </>
      )}
      <History />
    </div>
  )
}

function History() {
  const t = useWords()
  const format = useFormat()
  const model = useModel()
  const job = objectIn(model, 'importJob')
  const { data } = useRecords(
    'importJob',
    {
      sort: '-createdAt',
      fields: ['fileName', 'object', 'state', 'rows', 'created', 'updated', 'skipped', 'failed', 'owner', 'createdAt'],
      expand: ['owner'],
      limit: 30,
    },
    { enabled: job !== undefined },
  )
  if (!job || !data) return null
  return (
    <section className={styles.history} aria-label={t('imports.history')}>
      <h2>{t('imports.history')}</h2>
      {data.data.length === 0 ? (
        <p className={styles.meta}>{t('imports.historyEmpty')}</p>
      ) : (
        <ul>
          {data.data.map((one) => (
            <li key={one.id}>
              <Link className={styles.past} to="/import" search={{ job: one.id }}>
                <b>{String(one.fileName ?? '')}</b>
                <span>{t.of(objectIn(model, String(one.object))?.plural) || String(one.object ?? '')}</span>
                {job.fields.state && <OptionChip field={job.fields.state} value={one.state} />}
                <span>
                  {t('imports.created')} {format.number(one.created)} · {t('imports.failedRows')} {format.number(one.failed)}
                </span>
                <span>{referenceText(one.owner, t)}</span>
                <time dateTime={String(one.createdAt)} title={format.fullMoment(String(one.createdAt))}>
                  {format.moment(String(one.createdAt), true)}
                </time>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
