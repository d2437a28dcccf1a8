// A card of three lines: the customer, the name with its amount, then what comes next and how long it has been here.
import { ActionIcon, Menu } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { dayOf, daysBetween } from '../../model/day.ts'
import type { StageDefinition } from '../../model/object.ts'
import { kindOf, type ObjectModel, titleOf } from '../data/model.ts'
import { FieldValue } from '../fields/FieldValue.tsx'
import { referenceText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import { Initials } from '../look/Initials.tsx'
import { IconDots } from '../look/icons.ts'
import { DueText } from '../record/NextSteps.tsx'
import { useWords } from '../words/index.ts'
import styles from './Board.module.css'

/** A name that begins with the customer's says only the rest of it. */
const withoutStart = (title: string, account: string): string =>
  title.startsWith(account) && title !== account ? title.slice(account.length).replace(/^[\s·\-—]+/, '') : title

interface CardProps {
  object: ObjectModel
  record: WireRecord
  stage: StageDefinition
  stages: readonly StageDefinition[]
  mayEdit: boolean
  setDragged(record: WireRecord | null): void
  allowed(record: WireRecord, stage: StageDefinition): boolean
  move(record: WireRecord, stage: StageDefinition): Promise<void>
}

export function Card({ object, record, stage, stages, mayEdit, setDragged, allowed, move }: CardProps) {
  const t = useWords()
  const format = useFormat()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const waiting = useRef(false)
  const card = object.views.board?.card ?? []
  const money = card.flatMap((name) => object.fields[name] ?? []).find((field) => kindOf(field) === 'money')
  const account = referenceText(record.account, t)
  const owner = referenceText(record.owner, t)
  const days = typeof record.stageSince === 'string' ? daysBetween(dayOf(record.stageSince, format.timeZone), format.today) : null
  const final = stage.outcome === 'won' || stage.outcome === 'lost'
  const over = days !== null && stage.normDays !== undefined && days > stage.normDays
  const title = titleOf(object, record)
  const go = () => void navigate({ to: '/records/$object/$id', params: { object: object.name, id: record.id } })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the link inside is the way in; drag and S are shortcuts
    <div
      className={styles.card}
      draggable={mayEdit}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', title)
        setDragged(record)
      }}
      onDragEnd={() => setDragged(null)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key.toLowerCase() === 's' && mayEdit) {
          waiting.current = true
          setOpen(true)
        } else if (waiting.current && /^[1-9]$/.test(event.key)) {
          const target = stages[Number(event.key) - 1]
          waiting.current = false
          setOpen(false)
          if (target) void move(record, target)
        }
      }}
    >
      <div className={styles.cardHead}>
        <Link className={styles.cardTitle} to="/records/$object/$id" params={{ object: object.name, id: record.id }} draggable={false}>
          {account || title}
        </Link>
        {mayEdit && (
          <Menu opened={open} onChange={setOpen}>
            <Menu.Target>
              <ActionIcon className={styles.cardMenu} aria-label={`${t('list.moveTo')}: ${title}`}>
                <IconDots />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={go}>{t('common.open')}</Menu.Item>
              <Menu.Label>{t('list.moveTo')}</Menu.Label>
              {stages.map((one, i) => (
                <Menu.Item
                  key={one.name}
                  disabled={one.name === stage.name || !allowed(record, one)}
                  leftSection={<span className={styles.number}>{i + 1}</span>}
                  onClick={() => void move(record, one)}
                >
                  {t.of(one.label)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className={styles.cardLine}>
        <span className={styles.cardName} title={title}>
          {account ? withoutStart(title, account) : ''}
        </span>
        {money && <FieldValue field={money} value={record[money.name]} place="cell" />}
      </div>
      <div className={styles.cardMeta}>
        {final ? (
          <span>{typeof record.closeOn === 'string' ? format.day(record.closeOn) : ''}</span>
        ) : (
          <DueText at={record.nextFollowUpAt} />
        )}
        {days !== null && !final && <span data-over={over || undefined}>{t('list.stuck', { count: days })}</span>}
        <span className={styles.space} />
        {owner !== '' && (
          <span title={owner}>
            <Initials name={owner} small />
          </span>
        )}
      </div>
    </div>
  )
}
