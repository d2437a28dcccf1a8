// What the thumb does on a phone: call, log a follow-up, a new opportunity.
import { Button } from '@mantine/core'
import type { WireRecord } from '../../model/api.ts'
import { type ObjectModel, useModel } from '../data/model.ts'
import { openForm } from '../form/openForm.ts'
import { IconPhone } from '../look/icons.ts'
import { useWords } from '../words/index.ts'
import { nameOf } from './Composer.tsx'
import styles from './RecordPage.module.css'

export function PhoneBar({ object, record, followUp }: { object: ObjectModel; record: WireRecord; followUp: (() => void) | null }) {
  const t = useWords()
  const model = useModel()
  const number = ['mobile', 'phone']
    .map((name) => record[name])
    .find((value): value is string => typeof value === 'string' && value !== '' && !value.includes('*'))
  const opportunity = object.name === 'account' && model.objects.opportunity?.may.create
  if (!number && !followUp && !opportunity) return null
  return (
    <div className={styles.bar}>
      {number && (
        <Button component="a" variant="default" href={`tel:${number.replace(/[^\d+]/g, '')}`} leftSection={<IconPhone />}>
          {t('account.call')}
        </Button>
      )}
      {followUp && <Button onClick={followUp}>{t('record.followUp')}</Button>}
      {opportunity && (
        <Button variant="default" onClick={() => openForm({ object: 'opportunity', values: { account: nameOf(object, record) } })}>
          {t('account.newOpportunity')}
        </Button>
      )}
    </div>
  )
}
