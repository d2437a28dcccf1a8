// Who a campaign shall reach: chosen by hand, by tag or by filter, shared out among the callers (SAL-24, SAL-40).
import type { Context } from '../../model/context.ts'
import { boolean, json, references } from '../../model/field.ts'
import { action, type InputValues } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { evenly, type Place } from './balance.ts'
import { campaign } from './campaign.ts'
import { campaignMember } from './campaignMember.ts'
import { contact } from './contact.ts'
import { lead } from './lead.ts'
import { sellersOf } from './people.ts'
import { refusals } from './refusals.ts'

const input = {
  accounts: references('account', { label: text('Accounts', '客户') }),
  leads: references('lead', { label: text('Leads', '线索') }),
  tags: references('tag', { label: text('Accounts with these tags', '带有这些标签的客户') }),
  filter: json({ label: text('Accounts by filter', '按条件选择客户') }),
  callers: references('user', { label: text('Callers', '负责人'), help: text('Shared out evenly among them', '在其中平均分配') }),
  dryRun: boolean({ label: text('Only show the numbers', '仅预览数量'), default: false }),
}
type Input = InputValues<typeof input>

/** Adds what the caller may see to a campaign; those in it already stay as they are. Answers how many came and how many were there. */
export const addMembers = action('campaign.addMembers', {
  on: campaign,
  label: text('Add members', '加入成员'),
  icon: 'users-plus',
  input,
  async run(campaigns, context) {
    const given = context.input as Input
    const accounts = await chosenAccounts(given, context)
    const leads = (await context.records.of(lead).get(given.leads ?? [])).flatMap((one) => one?.id ?? [])
    if (accounts.length + leads.length === 0) context.refuse('notAMember', refusals.notAMember)
    const data = []
    for (const { id, section } of campaigns) data.push({ campaign: id, ...(await addTo(id, section, accounts, leads, given, context)) })
    return { data }
  },
})

async function chosenAccounts(given: Input, { records }: Context): Promise<string[]> {
  const named = (await records.of(account).get(given.accounts ?? [])).flatMap((one) => one?.id ?? [])
  const found = new Set(named)
  const wanted = [
    ...((given.tags ?? []).length > 0 ? [{ tags: { in: given.tags ?? [] } }] : []),
    ...(given.filter ? [given.filter as Record<string, unknown>] : []),
  ]
  if (wanted.length > 0)
    await records.of(account).each({ and: wanted }, async (page) => {
      for (const { id } of page) found.add(id)
    })
  return [...found]
}

async function addTo(
  id: string,
  section: string | null,
  accounts: readonly string[],
  leads: readonly string[],
  given: Input,
  context: Context,
) {
  const { engine, trusted, user } = context
  await engine.lock('campaign', [id])
  const known = { account: new Set<unknown>(), lead: new Set<unknown>() }
  for (const place of await engine.list('campaignMember', { filter: { campaign: id }, fields: ['account', 'lead'] })) {
    known.account.add(place.account)
    known.lead.add(place.lead)
  }
  const fresh = [
    ...accounts.filter((one) => !known.account.has(one)).map((one) => ({ account: one })),
    ...leads.filter((one) => !known.lead.has(one)).map((one) => ({ lead: one })),
  ]
  const there = accounts.length + leads.length - fresh.length
  if (given.dryRun) return { added: fresh.length, there, dryRun: true }
  const people = await sellersOf(context, given.callers ?? [])
  const places: Place[] = people.map(({ id: person, weight }) => ({ id: person, weight, count: 0, capacity: null }))
  const callers = places.length === 0 ? fresh.map(() => user.id) : evenly(fresh.length, places)
  const contacts = await primaryContacts(
    fresh.flatMap((one) => ('account' in one ? [one.account] : [])),
    context,
  )
  for (let i = 0; i < fresh.length; i += 5_000)
    await trusted.of(campaignMember).create(
      fresh.slice(i, i + 5_000).map((one, k) => ({
        campaign: id,
        section,
        ...one,
        contact: 'account' in one ? (contacts.get(one.account) ?? null) : null,
        owner: callers[i + k] ?? user.id,
      })),
    )
  return { added: fresh.length, there, dryRun: false }
}

async function primaryContacts(accounts: readonly string[], { records }: Context): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let i = 0; i < accounts.length; i += 500) {
    const some = accounts.slice(i, i + 500)
    for (const one of await records.of(contact).list({ filter: { account: { in: some }, primary: true }, fields: ['account'], limit: 500 }))
      found.set(one.account as string, one.id)
  }
  return found
}
