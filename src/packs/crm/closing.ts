// From chance to result: a name by itself, the day of the result, and an account that signs.
import { derive, effect } from '../../model/rule.ts'
import { say } from '../../model/text.ts'
import { account } from './account.ts'
import { opportunity } from './opportunity.ts'

/** Built from account and product when nobody names it. */
export const opportunityName = derive(opportunity, 'name', async (batch, { engine, setting }) => {
  const rows = batch.filter(({ record }) => record.name === null)
  if (rows.length === 0) return
  const named = async (object: 'account' | 'product') => {
    const ids = [...new Set(rows.flatMap(({ record }) => record[object] ?? []))]
    const found = ids.length === 0 ? [] : await engine.get(object, ids)
    return new Map(ids.map((id, i) => [id, String(found[i]?.name ?? '')]))
  }
  const accounts = await named('account')
  const products = await named('product')
  const language = setting<'zh-CN' | 'en'>('language')
  for (const { record } of rows) {
    const parts = [accounts.get(record.account ?? ''), products.get(record.product ?? '')].filter((part) => part)
    const fallback = [say(opportunity.label, language), ...(record.code === null ? [] : [record.code])].join(' ')
    record.name = (parts.length > 0 ? parts.join(' · ') : fallback).slice(0, 255)
  }
})

/** Won or lost on a day: today, unless the day is given or lies behind. */
export const dayOfResult = derive(opportunity, 'day of the result', (batch, { clock, importing }) => {
  if (importing) return
  for (const { record, before, given } of batch) {
    const ends = (record.stage === 'won' || record.stage === 'lost') && record.stage !== before?.stage
    if (ends && !given.has('closeOn') && (record.closeOn === null || record.closeOn > clock.today())) record.closeOn = clock.today()
  }
})

const beforeSigning = new Set(['potential', 'intent', 'prospective'])

/** The first deal won makes an account signed (CUS-08). */
export const accountSigns = effect(opportunity, 'account signs', async (batch, { engine, trusted, importing }) => {
  if (importing) return
  const ids = [
    ...new Set(
      batch.flatMap(({ kind, record, before }) =>
        kind !== 'delete' && record.outcome === 'won' && before?.outcome !== 'won' && record.account ? [record.account] : [],
      ),
    ),
  ]
  const fresh = (await engine.get('account', ids)).flatMap((one) => (one && beforeSigning.has(String(one.stage)) ? [one.id] : []))
  if (fresh.length > 0) await trusted.of(account).update(fresh.sort().map((id) => ({ id, stage: 'signed' })))
})
