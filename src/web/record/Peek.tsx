// A look at a record without leaving the list: its facts and what comes next; up and down walk on.
import { ActionIcon, Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type ObjectModel, titleOf } from '../data/model.ts'
import { useRecord } from '../data/records.ts'
import { IconChevronDown, IconChevronUp, IconX } from '../look/icons.ts'
import { Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { Composer } from './Composer.tsx'
import { Facts } from './Facts.tsx'
import { NextSteps } from './NextSteps.tsx'
import styles from './Peek.module.css'
import { StagePath } from './StagePath.tsx'
import { Timeline } from './Timeline.tsx'

export function Peek({ object, id, close, step }: { object: ObjectModel; id: string; close: () => void; step: (by: number) => void }) {
  const t = useWords()
  const navigate = useNavigate()
  const { data: record, error, refetch } = useRecord(object, id)
  return (
    <aside className={styles.peek} aria-label={record ? titleOf(object, record) : t('common.loading')}>
      <header className={styles.head}>
        <ActionIcon aria-label={t('shell.keyMove')} onClick={() => step(-1)}>
          <IconChevronUp />
        </ActionIcon>
        <ActionIcon aria-label={t('shell.keyMove')} onClick={() => step(1)}>
          <IconChevronDown />
        </ActionIcon>
        <h2 className={styles.title}>{record ? titleOf(object, record) : ''}</h2>
        <Button
          size="xs"
          variant="default"
          onClick={() => void navigate({ to: '/records/$object/$id', params: { object: object.name, id } })}
        >
          {t('record.peekOpen')}
        </Button>
        <ActionIcon aria-label={t('common.close')} onClick={close}>
          <IconX />
        </ActionIcon>
      </header>
      {error && !record ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : !record ? (
        <Waiting />
      ) : (
        <div className={styles.content} key={id}>
          {object.stages && object.views.board && <StagePath object={object} record={record} />}
          <div className={styles.part}>
            <Composer object={object} record={record} />
          </div>
          <div className={styles.part}>
            <NextSteps object={object} id={id} />
          </div>
          <div className={styles.part}>
            <Facts object={object} record={record} />
          </div>
          <div className={styles.part}>
            <Timeline object={object} id={id} />
          </div>
        </div>
      )}
    </aside>
  )
}
