// 转化: a lead becomes a customer with a contact and a chance of a sale; what was done and said comes along, and nobody is entered twice.
import type { Context } from '../../model/context.ts'
import { boolean, choice, date, money, reference, string } from '../../model/field.ts'
import type { RecordOf } from '../../model/object.ts'
import { action, type InputValues } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { activity } from './activity.ts'
import { campaignMember } from './campaignMember.ts'
import { contact } from './contact.ts'
import { lead } from './lead.ts'
import { opportunity } from './opportunity.ts'
import { refusals } from './refusals.ts'

type Lead = RecordOf<typeof lead>

const input = {
  account: reference('account', { label: text('Existing account', '已有客户') }),
  contact: reference('contact', { label: text('Existing contact', '已有联系人') }),
  newAccount: boolean({
    label: text('A new account in any case', '仍新建客户'),
    help: text('When the one that looks alike is another', '疑似客户并非同一家时'),
    default: false,
  }),
  opportunity: boolean({ label: text('With an opportunity', '同时新建商机'), default: true }),
  opportunityName: string({ label: text('Name of the opportunity', '商机名称') }),
  pipeline: choice(opportunity.fields.pipeline.options ?? {}, { label: text('Pipeline', '销售流程') }),
  amount: money({ label: text('Amount', '金额'), min: '0' }),
  closeOn: date({ label: text('Closes on', '预计成交日') }),
}
type Input = InputValues<typeof input>

/** Converts leads under the caller's own rights. An account that is the same by name, number or mail is used again, and a contact of the same name or number. Refused: what screening still asks for (400), the customer is another's or lies in a pool (409, naming the holder), converted already (409). */
export const convert = action('lead.convert', {
  on: lead,
  label: text('Convert', '转化'),
  icon: 'arrows-transfer-up',
  input,
  async run(leads, context) {
    const changes = []
    const data = []
    for (const one of leads) {
      if (one.state === 'qualified' && one.account !== null)
        context.refuse('alreadyConverted', refusals.alreadyConverted, { name: one.name }, { account: one.account })
      const made = await convertOne(one, context.input as Input, context)
      data.push({ lead: one.id, ...made })
      changes.push({ id: one.id, state: 'qualified', pool: null, convertedAt: context.clock.now(), ...links(made) })
    }
    return { changes, data }
  },
})

interface Converted {
  account: string
  contact: string | null
  opportunity: string | null
  reusedAccount: boolean
  reusedContact: boolean
}

const links = ({ account: of, contact: person, opportunity: chance }: Converted) => ({ account: of, contact: person, opportunity: chance })

async function convertOne(one: Lead, given: Input, context: Context): Promise<Converted> {
  const known = given.account ?? one.account ?? (given.newAccount ? null : await sameCustomer(one, context))
  const customer = known ?? (await newAccount(one, context))
  const person = await contactOf(one, customer, given, context)
  const chance = given.opportunity === false ? null : await newOpportunity(one, customer, person.id, given, context)
  await takeAlong(one, { account: customer, contact: person.id, opportunity: chance }, context)
  return { account: customer, contact: person.id, opportunity: chance, reusedAccount: known !== null, reusedContact: person.reused }
}

/** The account that is this customer already; null when there is none. What the caller may not use is refused. */
async function sameCustomer(one: Lead, context: Context): Promise<string | null> {
  const { engine, user, refuse } = context
  const company = one.company ?? one.name
  const [suspects = []] = await engine.suspects('account', [{ name: company, phone: one.phone, email: one.email, website: one.website }])
  const same = suspects.filter(({ score, reason }) => score === 1 && reason !== 'domain' && reason !== 'address')
  const usable = same.find(
    ({ visible, owner, pool }) => visible && pool === null && (owner === null || owner.id === user.id || owner.id === one.owner),
  )
  const any = usable ?? same.find(({ visible, pool }) => visible && pool === null)
  if (any) return any.id
  const [held] = same
  if (!held) return null
  if (held.pool) refuse('customerInPool', refusals.customerInPool, { company, other: held.title, pool: held.pool.name }, { suspects: same })
  return refuse(
    'customerTaken',
    refusals.customerTaken,
    { company, other: held.title, owner: held.owner?.name ?? '' },
    { holder: held.owner, suspects: same },
  )
}

async function newAccount(one: Lead, { records }: Context): Promise<string> {
  const [made] = await records.of(account).create([
    {
      name: one.company ?? one.contactName ?? one.name,
      phone: one.phone,
      email: one.email,
      website: one.website,
      address: one.address,
      country: one.country,
      region: one.region,
      industry: one.industry,
      source: one.source,
      need: one.need,
      introducer: one.referrerAccount,
      introducerNote: one.referrer,
      introductionStep: one.introductionStep,
      tags: one.tags,
      section: one.section,
      ...(one.owner === null ? {} : { owner: one.owner }),
    },
  ])
  return made?.id as string
}

async function contactOf(
  one: Lead,
  customer: string,
  given: Input,
  { records, engine }: Context,
): Promise<{ id: string | null; reused: boolean }> {
  const chosen = given.contact ?? one.contact
  if (chosen !== null) return { id: chosen, reused: true }
  const people = await engine.list('contact', { filter: { account: customer }, fields: ['name', 'phone', 'mobile', 'email'], limit: 1_000 })
  const same = people.find(
    (person) =>
      (one.phone !== null && (person.phone === one.phone || person.mobile === one.phone)) ||
      (one.email !== null && person.email === one.email) ||
      (one.contactName !== null && person.name === one.contactName),
  )
  if (same) return { id: same.id, reused: true }
  if (one.contactName === null && one.phone === null && one.email === null && one.wechat === null) return { id: null, reused: false }
  const mobile = one.phone !== null && /^1[3-9]\d{9}$/.test(one.phone)
  const [made] = await records.of(contact).create([
    {
      name: one.contactName ?? one.name,
      account: customer,
      title: one.title,
      ...(mobile ? { mobile: one.phone } : { phone: one.phone }),
      email: one.email,
      wechat: one.wechat,
    },
  ])
  return { id: made?.id as string, reused: false }
}

async function newOpportunity(one: Lead, customer: string, person: string | null, given: Input, { records }: Context): Promise<string> {
  const [made] = await records.of(opportunity).create([
    {
      ...(given.opportunityName === null ? {} : { name: given.opportunityName }),
      ...(given.pipeline === null ? {} : { pipeline: given.pipeline }),
      account: customer,
      contact: person,
      amount: given.amount ?? one.amount,
      closeOn: given.closeOn,
      product: one.product,
      source: one.source,
      campaign: one.campaign,
      need: one.need,
      tags: one.tags,
      lead: one.id,
      section: one.section,
      ...(one.owner === null ? {} : { owner: one.owner }),
    },
  ])
  return made?.id as string
}

/** Tasks, follow-ups, files, tags and places in campaigns (they stay with the lead as well). */
async function takeAlong(
  one: Lead,
  to: { account: string; contact: string | null; opportunity: string | null },
  { engine, trusted }: Context,
): Promise<void> {
  const done = await engine.list('activity', { filter: { lead: one.id }, fields: ['account', 'contact', 'opportunity'] })
  await trusted.of(activity).update(
    done.map(({ id, account: of, contact: person, opportunity: chance }) => ({
      id,
      account: (of as string | null) ?? to.account,
      contact: (person as string | null) ?? to.contact,
      opportunity: (chance as string | null) ?? to.opportunity,
    })),
  )
  await engine.shareFiles({ object: 'lead', id: one.id }, { object: 'account', id: to.account })
  if (to.opportunity !== null) await engine.shareFiles({ object: 'lead', id: one.id }, { object: 'opportunity', id: to.opportunity })
  const [customer] = await engine.get('account', [to.account])
  const tags = (customer?.tags as string[] | null) ?? []
  const more = (one.tags ?? []).filter((id) => !tags.includes(id))
  if (more.length > 0) await trusted.of(account).update([{ id: to.account, tags: [...tags, ...more] }])
  const places = await engine.list('campaignMember', { filter: { lead: one.id, account: { isNull: true } }, fields: ['campaign'] })
  const taken = new Set(
    (await engine.list('campaignMember', { filter: { account: to.account }, fields: ['campaign'] })).map((place) => place.campaign),
  )
  await trusted
    .of(campaignMember)
    .update(
      places.filter((place) => !taken.has(place.campaign)).map(({ id }) => ({ id, account: to.account, state: 'converted' as const })),
    )
}
