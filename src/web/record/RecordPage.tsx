// The page of any record: head, then three zones with a scroll each — facts, story, what hangs on it; on a phone the same as tabs.
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { AccountChips, accountFigures } from '../account/AccountChips.tsx'
import { Contacts } from '../account/Contacts.tsx'
import { isRefused } from '../data/client.ts'
import { type ObjectModel, titleOf, useModel, useObject } from '../data/model.ts'
import { forgetRecent, noteRecent } from '../data/recent.ts'
import { useRecord } from '../data/records.ts'
import { useMe } from '../data/session.ts'
import { openForm } from '../form/openForm.ts'
import { useKeys } from '../shell/keys.ts'
import { Page } from '../shell/Page.tsx'
import { Empty, MissingPage, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { Access } from './Access.tsx'
import { Composer, type ComposerHandle, nameOf, refersTo } from './Composer.tsx'
import { Facts } from './Facts.tsx'
import { Files } from './Files.tsx'
import { NextSteps } from './NextSteps.tsx'
import { PhoneBar } from './PhoneBar.tsx'
import { RecordHead } from './RecordHead.tsx'
import styles from './RecordPage.module.css'
import { Related, useRelatedLists } from './Related.tsx'
import { StagePath } from './StagePath.tsx'
import { Timeline } from './Timeline.tsx'

export function RecordPage() {
  const { object: name, id } = useParams({ from: '/app/records/$object/$id' })
  const object = useObject(name)
  if (!object) return <MissingPage />
  return <OneRecord key={id} object={object} id={id} />
}

function OneRecord({ object, id }: { object: ObjectModel; id: string }) {
  const t = useWords()
  const me = useMe()
  const navigate = useNavigate()
  const { data: record, error, isPending, refetch } = useRecord(object, id)
  const title = record ? titleOf(object, record) : t.of(object.label)
  const gone = isRefused(error) && error.problem.status === 404
  useEffect(() => {
    if (record) noteRecent(me.user.id, { object: object.name, id, title: titleOf(object, record) })
    else if (gone) forgetRecent(me.user.id, id)
  }, [record, gone, me.user.id, object, id])
  return (
    <Page
      title={title}
      back
      head={
        <button
          type="button"
          className={styles.up}
          onClick={() => void navigate({ to: '/records/$object', params: { object: object.name } })}
        >
          {t.of(object.plural)}
        </button>
      }
    >
      {gone ? (
        <Empty title={t('record.gone')} hint={t('record.goneHint')}>
          <Button variant="default" onClick={() => void navigate({ to: '/records/$object', params: { object: object.name } })}>
            {t('record.backToList')}
          </Button>
        </Empty>
      ) : error && !record ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : isPending || !record ? (
        <Waiting />
      ) : (
        <Zones object={object} record={record} />
      )}
    </Page>
  )
}

type Zone = 'story' | 'facts' | 'business'

function Zones({ object, record }: { object: ObjectModel; record: WireRecord }) {
  const t = useWords()
  const model = useModel()
  const small = useMediaQuery('(max-width: 47.99em)') ?? false
  const [zone, setZone] = useState<Zone>('story')
  const composer = useRef<ComposerHandle>(null)
  const isAccount = object.name === 'account'
  const lists = useRelatedLists(object, isAccount ? ['contacts'] : [])
  const logs = refersTo[object.name] !== undefined && model.objects.activity?.may.create === true
  const mayEdit = object.may.edit !== 'none' && !object.access.readOnly
  const followUp = () => {
    setZone('story')
    setTimeout(() => composer.current?.focus('call'), 0)
  }
  useKeys({ n: followUp }, { active: logs })
  const opportunity = model.objects.opportunity
  const newOpportunity = () => openForm({ object: 'opportunity', values: { account: nameOf(object, record) } })
  const wide = lists.length > 0 || mayEdit

  const left = (
    <>
      {isAccount && <Contacts account={record} />}
      <Facts object={object} record={record} />
    </>
  )
  const middle = (
    <>
      <Composer object={object} record={record} handle={composer} />
      <NextSteps object={object} id={record.id} />
      <Timeline object={object} id={record.id} />
    </>
  )
  const right = (
    <>
      {lists.map((list) => (
        <Related
          key={list.name}
          object={object}
          record={record}
          list={list}
          always={list.object.name === 'opportunity' || list.object.name === 'contact'}
        />
      ))}
      <Files object={object} id={record.id} mayAdd={mayEdit} />
      <Access object={object} id={record.id} mayShare={mayEdit} />
    </>
  )
  const tabs: [Zone, string][] = [
    ['story', t('account.story')],
    ['facts', t('account.facts')],
    ['business', t('account.business')],
  ]
  const content: Record<Zone, ReactNode> = { story: middle, facts: left, business: right }
  return (
    <>
      <RecordHead
        object={object}
        record={record}
        chips={isAccount ? <AccountChips record={record} /> : null}
        {...(isAccount ? { figures: accountFigures } : {})}
        followUp={logs ? followUp : null}
        beside={
          isAccount && opportunity?.may.create ? (
            <Button variant="default" onClick={newOpportunity}>
              {t('account.newOpportunity')}
            </Button>
          ) : null
        }
      />
      {object.stages && <StagePath object={object} record={record} />}
      {small ? (
        <>
          <div className={styles.tabs} role="tablist">
            {tabs.map(([name, label]) => (
              <button
                key={name}
                type="button"
                role="tab"
                className={styles.tab}
                aria-selected={zone === name}
                onClick={() => setZone(name)}
              >
                {label}
              </button>
            ))}
          </div>
          <div className={styles.zone} role="tabpanel" data-only>
            {content[zone]}
          </div>
          <PhoneBar object={object} record={record} followUp={logs ? followUp : null} />
        </>
      ) : (
        <div className={styles.zones} data-two={!wide || undefined}>
          <section className={styles.zone} aria-label={t('account.facts')} tabIndex={-1}>
            {left}
          </section>
          <section className={styles.zone} aria-label={t('account.story')} data-middle tabIndex={-1}>
            {middle}
          </section>
          <section className={styles.zone} aria-label={t('account.business')} tabIndex={-1}>
            {right}
          </section>
        </div>
      )}
    </>
  )
}
