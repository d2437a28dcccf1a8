// From chance to result: a name by itself, the day of the result, and an account that signs.
import { derive, effect } from '../../model/rule.ts'
import { say } from '../../model/text.ts'
import { account } from './account.ts'
import { lookUp } from './lookUp.ts'
import { opportunity } from './opportunity.ts'

/** Built from account and product when nobody names it. */
export const opportunityName = derive(opportunity, 'name', async (batch, context) => {
  const rows = batch.filter(({ record }) => record.name === null)
  if (rows.length === 0) return
  const named = (via: 'account' | 'product') =>
    lookUp(
      context,
      via,
      rows.map(({ record }) => record[via]),
      ['name'],
    )
  const accounts = await named('account')
  const products = await named('product')
  const language = context.setting<'zh-CN' | 'en'>('language')
  for (const { record } of rows) {
    const parts = [accounts.get(record.account ?? '')?.name, products.get(record.product ?? '')?.name].filter((part) => part)
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

const beforeSigning = { stage: { in: ['potential', 'intent', 'prospective'] } }

/** The first deal won makes an account signed (CUS-08). */
export const accountSigns = effect(opportunity, 'account signs', async (batch, context) => {
  if (context.importing) return
  const accounts = batch.flatMap(({ kind, record, before }) =>
    kind !== 'delete' && record.outcome === 'won' && before?.outcome !== 'won' && record.account ? [record.account] : [],
  )
  const fresh = await lookUp(context, 'account', accounts, [], beforeSigning)
  if (fresh.size > 0) await context.trusted.of(account).update([...fresh.keys()].sort().map((id) => ({ id, stage: 'signed' })))
})
