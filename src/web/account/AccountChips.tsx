// What a seller must see of a customer at once: how long it is protected, when it falls to the pool. Made by hand, since it counts days.
import type { WireRecord } from '../../model/api.ts'
import { daysBetween } from '../../model/day.ts'
import { referenceText } from '../fields/text.ts'
import { useFormat } from '../format/useFormat.ts'
import headStyles from '../record/RecordHead.module.css'
import { useWords } from '../words/index.ts'

export const accountFigures = ['openAmount', 'wonAmount', 'followUpCount', 'silentDays']

export function AccountChips({ record }: { record: WireRecord }) {
  const t = useWords()
  const format = useFormat()
  const left = typeof record.protectedUntil === 'string' ? daysBetween(format.today, record.protectedUntil) : null
  const falls = typeof record.fallsOn === 'string' && record.owner ? daysBetween(format.today, record.fallsOn) : null
  const pool = referenceText(record.pool, t)
  return (
    <>
      {pool && <span className={headStyles.warn}>{t('account.inPool', { pool })}</span>}
      {left !== null && left >= 0 && !pool && (
        <span className={left < 7 ? headStyles.warn : headStyles.quiet}>
          {t('account.protectedUntil', { day: format.day(String(record.protectedUntil)), count: left })}
        </span>
      )}
      {falls !== null && falls <= 7 && !pool && (
        <span className={headStyles.warn}>{falls <= 0 ? t('account.fallsToday') : t('account.fallsIn', { count: falls })}</span>
      )}
    </>
  )
}
