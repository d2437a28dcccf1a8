// Tags by rule: who matches carries the tag, who no longer does loses it; a tag that has run out is carried by nobody (SAL-23).
import type { Context } from '../../model/context.ts'
import type { FilterJson } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { clock, derive } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { tag } from './tag.ts'

/** A rule that cannot be asked is not kept. */
export const tagRuleIsReadable = derive(tag, 'readable rule', async (batch, { engine }) => {
  for (const { record } of batch)
    if (record.kind === 'rule' && record.filter !== null)
      await engine.list('account', { filter: record.filter as FilterJson, fields: ['id'], limit: 1 })
})

/** Every night: tags by rule on accounts, within their validity. */
export const tagClock = clock('tag.rules', {
  label: text('Tags by rule', '规则标签'),
  every: '03:00',
  async run(context) {
    const today = context.clock.today()
    await context.records.of(tag).each({ kind: 'rule' }, async (tags) => {
      for (const one of tags) {
        const valid = one.active !== false && (one.validFrom ?? today) <= today && (one.validUntil ?? today) >= today
        await apply(one, valid, context)
      }
    })
    await context.records.of(tag).each({ kind: 'manual', validUntil: { lt: today } }, async (tags) => {
      for (const one of tags) await apply(one, false, context)
    })
  },
})

async function apply(one: RecordOf<typeof tag>, valid: boolean, { records, trusted }: Context): Promise<void> {
  const carries = { tags: { contains: one.id } }
  const fits = (one.filter ?? {}) as FilterJson
  const change = (op: 'add' | 'remove') => async (page: readonly { id: string }[]) => {
    await trusted.of('account').update(page.map(({ id }) => ({ id, tags: { [op]: [one.id] } })))
  }
  if (valid) await records.of(account).each({ and: [fits, { not: carries }] }, change('add'))
  await records.of(account).each(valid ? { and: [carries, { not: fits }] } : carries, change('remove'))
}
