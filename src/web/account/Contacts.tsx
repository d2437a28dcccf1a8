// The people of a customer, the primary one on top: name, parts they play, number and mail to use or copy at once, their local time.
import { ActionIcon, CopyButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { WireRecord } from '../../model/api.ts'
import { clockOf } from '../../model/day.ts'
import { type ObjectModel, objectIn, useModel } from '../data/model.ts'
import { useRecords } from '../data/records.ts'
import { Chip, OptionChip } from '../fields/Chip.tsx'
import { isBlank } from '../fields/text.ts'
import { openForm } from '../form/openForm.ts'
import { timeText } from '../format/time.ts'
import { useFormat } from '../format/useFormat.ts'
import { IconCheck, IconCopy, IconPlus } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import styles from './Contacts.module.css'

export function Contacts({ account }: { account: WireRecord }) {
  const t = useWords()
  const contact = objectIn(useModel(), 'contact')
  const fields = ['name', 'title', 'roles', 'primary', 'mobile', 'phone', 'email', 'wechat', 'timeZone'].filter(
    (name) => contact?.fields[name],
  )
  const { data } = useRecords(
    'contact',
    { filter: { account: account.id }, sort: '-primary,name', fields, limit: 20 },
    { enabled: contact !== undefined },
  )
  if (!contact || !data) return null
  const add = () =>
    openForm({
      object: 'contact',
      values: { account: { id: account.id, title: String(account.name ?? '') }, primary: data.data.length === 0 },
      saved: () => undefined,
    })
  return (
    <section className={styles.contacts} aria-label={t('account.contacts')}>
      <div className={styles.head}>
        <h2>{t('account.contacts')}</h2>
        <span className={styles.count}>{data.data.length > 0 ? data.data.length : ''}</span>
        {contact.may.create && (
          <ActionIcon aria-label={t('record.relatedAdd', { what: t.of(contact.label) })} onClick={add}>
            <IconPlus />
          </ActionIcon>
        )}
      </div>
      {data.data.length === 0 && <p className={styles.none}>{t('account.noContacts')}</p>}
      <ul>
        {data.data.map((person) => (
          <li key={person.id}>
            <Person object={contact} person={person} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Person({ object, person }: { object: ObjectModel; person: WireRecord }) {
  const t = useWords()
  const format = useFormat()
  const numbers = [person.mobile, person.phone].filter((value): value is string => typeof value === 'string' && value !== '')
  const mail = typeof person.email === 'string' ? person.email : ''
  const abroad = typeof person.timeZone === 'string' && person.timeZone !== '' && person.timeZone !== format.timeZone
  return (
    <article className={styles.person}>
      <div className={styles.line}>
        <Link className={styles.name} to="/records/$object/$id" params={{ object: 'contact', id: person.id }}>
          {String(person.name ?? '')}
        </Link>
        {person.primary === true && <Chip colour="indigo">{t('account.primary')}</Chip>}
        {object.fields.roles &&
          Array.isArray(person.roles) &&
          person.roles.map((role) => object.fields.roles && <OptionChip key={String(role)} field={object.fields.roles} value={role} />)}
        {abroad && <span className={styles.meta}>{t('account.localTime', { time: localTime(String(person.timeZone)) })}</span>}
      </div>
      {!isBlank(person.title) && <p className={styles.meta}>{String(person.title)}</p>}
      {numbers.map((number) => (
        <Reach key={number} text={number} href={`tel:${number.replace(/[^\d+]/g, '')}`} />
      ))}
      {mail !== '' && <Reach text={mail} href={`mailto:${mail}`} />}
      {!isBlank(person.wechat) && <Reach text={String(person.wechat)} label={t.of(object.fields.wechat?.label)} />}
    </article>
  )
}

function localTime(timeZone: string): string {
  try {
    return timeText(clockOf(Date.now(), timeZone).minutes)
  } catch {
    return ''
  }
}

function Reach({ text, href, label }: { text: string; href?: string; label?: string }) {
  const t = useWords()
  const masked = text.includes('*')
  return (
    <div className={styles.reach}>
      {label && <span className={styles.meta}>{label}</span>}
      {href && !masked ? <a href={href}>{text}</a> : <span>{text}</span>}
      {!masked && (
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <ActionIcon className={styles.copy} aria-label={`${t('common.copy')} ${text}`} onClick={copy}>
              {copied ? <IconCheck /> : <IconCopy />}
            </ActionIcon>
          )}
        </CopyButton>
      )}
    </div>
  )
}
