// One primary contact per account (CUS-05): the first is it by itself, naming another takes it from the one before.
import { derive } from '../../model/rule.ts'
import { contact } from './contact.ts'

export const onePrimary = derive(contact, 'primary contact', async (batch, { engine, trusted }) => {
  const rows = batch.filter(
    ({ record, before, given }) =>
      record.account !== null && (before === null || record.account !== before.account || (given.has('primary') && record.primary)),
  )
  const accounts = [...new Set(rows.map(({ record }) => record.account as string))]
  if (accounts.length === 0) return
  const changing = new Set(batch.map(({ record }) => record.id))
  const known = new Map<string, string>()
  for (let i = 0; i < accounts.length; i += 1_000) {
    const page = await engine.list('contact', {
      filter: { account: { in: accounts.slice(i, i + 1_000) }, primary: true },
      fields: ['account'],
    })
    for (const { id, account } of page) if (!changing.has(id)) known.set(account as string, id)
  }
  const named = new Set<string>()
  const giveUp: string[] = []
  for (const { record, given } of rows) {
    const of = record.account as string
    if (!(given.has('primary') && record.primary)) continue
    if (named.has(of)) record.primary = false
    named.add(of)
    const before = known.get(of)
    if (before !== undefined) {
      giveUp.push(before)
      known.delete(of)
    }
  }
  // Who is primary already comes first, so that a merge or a move takes it from nobody by chance.
  for (const { record, given } of [...rows].sort((a, b) => Number(b.record.primary) - Number(a.record.primary))) {
    const of = record.account as string
    if (given.has('primary') && record.primary) continue
    const taken = named.has(of) || known.has(of)
    if (taken) record.primary = false
    else if (!given.has('primary') && !record.left) {
      record.primary = true
      named.add(of)
    }
  }
  if (giveUp.length > 0) await trusted.of(contact).update(giveUp.sort().map((id) => ({ id, primary: false })))
})
