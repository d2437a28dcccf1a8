// Who may see a record and why; sharing it with more.
import { ActionIcon, Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WireAccess, WireReference } from '../../model/api.ts'
import { get, isRefused, send } from '../data/client.ts'
import type { Field, ObjectModel } from '../data/model.ts'
import { keys } from '../data/queries.ts'
import { refresh } from '../data/records.ts'
import { offerUndo } from '../data/undo.ts'
import { FieldEdit } from '../fields/FieldEdit.tsx'
import formStyles from '../form/Form.module.css'
import { Dialog } from '../look/Dialog.tsx'
import { Initials } from '../look/Initials.tsx'
import { IconShare, IconX } from '../look/icons.ts'
import { bothOf, useWords } from '../words/index.ts'
import styles from './Related.module.css'

export function Access({ object, id, mayShare }: { object: ObjectModel; id: string; mayShare: boolean }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    queryKey: keys.part(object.name, id, 'access'),
    queryFn: ({ signal }) => get<WireAccess>(`/records/${object.name}/${id}/access`, {}, signal),
    staleTime: 60_000,
  })
  if (!data) return null
  return (
    <section className={styles.list} aria-label={t('record.access')}>
      <div className={styles.head}>
        <h2>{t('record.access')}</h2>
        <span className={styles.count}>{data.people.length}</span>
        <ActionIcon aria-label={mayShare ? t('record.share') : t('record.access')} onClick={() => setOpen(true)}>
          <IconShare />
        </ActionIcon>
      </div>
      <div className={styles.people}>
        {data.people.slice(0, 12).map(({ user, why }) => (
          <span key={user.id} title={`${user.name} · ${t.of(why)}`}>
            <Initials name={user.name} small />
          </span>
        ))}
      </div>
      {open && <ShareDialog object={object} id={id} access={data} mayShare={mayShare} close={() => setOpen(false)} />}
    </section>
  )
}

type Share = { principal: string; level: 'view' | 'edit' }

function ShareDialog({
  object,
  id,
  access,
  mayShare,
  close,
}: {
  object: ObjectModel
  id: string
  access: WireAccess
  mayShare: boolean
  close: () => void
}) {
  const t = useWords()
  const [person, setPerson] = useState<WireReference | null>(null)
  const [level, setLevel] = useState<'view' | 'edit'>('view')
  const [trouble, setTrouble] = useState<string | null>(null)
  const shares = access.grants
    .filter((grant) => grant.source === 'share')
    .map((grant): Share => ({ principal: grant.principal.id, level: grant.level }))
  const put = async (next: Share[]) => {
    const path = `/records/${object.name}/${id}/access`
    try {
      await send('PUT', path, { shares: next })
      offerUndo(t('record.shareSaved'), async () => {
        await send('PUT', path, { shares })
        await refresh()
      })
      setPerson(null)
      setTrouble(null)
      await refresh()
    } catch (refused) {
      setTrouble(isRefused(refused) ? refused.problem.detail : (refused as Error).message)
    }
  }
  const field: Field = {
    name: 'with',
    type: 'reference',
    to: 'user',
    label: bothOf('record.shareWith'),
    system: false,
    custom: false,
    live: false,
    may: 'write',
  }
  return (
    <Dialog close={close} title={t('record.access')} size={520}>
      <div className={styles.dialog}>
        {trouble && <p className={formStyles.alert}>{trouble}</p>}
        {mayShare && (
          <div className={styles.share}>
            <FieldEdit field={field} value={person} onChange={(value) => setPerson(value as WireReference | null)} />
            <NativeSelect
              label={t('record.shareLevel')}
              value={level}
              data={[
                { value: 'view', label: t('record.shareView') },
                { value: 'edit', label: t('record.shareEdit') },
              ]}
              onChange={(event) => setLevel(event.target.value as 'view' | 'edit')}
            />
            <Button
              disabled={!person}
              onClick={() =>
                person && void put([...shares.filter((share) => share.principal !== person.id), { principal: person.id, level }])
              }
            >
              {t('record.share')}
            </Button>
          </div>
        )}
        {access.grants.length > 0 && (
          <section>
            <h3>{t('record.shared')}</h3>
            <ul>
              {access.grants.map((grant) => (
                <li key={`${grant.principal.id} ${grant.source}`} className={styles.file}>
                  <span>
                    {grant.principal.name} · {grant.level === 'edit' ? t('record.shareEdit') : t('record.shareView')}
                  </span>
                  {mayShare && grant.source === 'share' && (
                    <ActionIcon
                      aria-label={t('record.unshare')}
                      onClick={() => void put(shares.filter((share) => share.principal !== grant.principal.id))}
                    >
                      <IconX />
                    </ActionIcon>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
        <ul className={styles.why}>
          {access.people.map(({ user, why }) => (
            <li key={user.id}>
              <b>{user.name}</b>
              <span>{t.of(why)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  )
}
