// 远岚会展贸易有限公司: the demo company, made anew for the day of loading from a fixed seed. Pure: the server's loader brings it in.
import { writeAccounts } from './accountRecords.ts'
import { allCustomers } from './accounts.ts'
import { campaignsOf } from './campaigns.ts'
import { addContacts, contactRecords } from './contacts.ts'
import { daysAround } from './days.ts'
import { dealChanges, dealRecords } from './dealRecords.ts'
import { allDeals } from './deals.ts'
import { filesOf } from './files.ts'
import { followUpRecords, tellApart } from './followUps.ts'
import { leadsOf } from './leads.ts'
import { offerBatches, poolBatch, rateBatch, structureBatches } from './offer.ts'
import { conflictRecords, poolMoves, targetRecords } from './poolStory.ts'
import type { DemoBatch, DemoCompany, DemoFill } from './shape.ts'
import { dirtySheet, importsOf } from './sheets.ts'
import { departments, people, staff, userRecords } from './staff.ts'
import { bin, comments, looks, notices, phoneChanges, shares } from './talk.ts'
import { taskRecords } from './tasks.ts'

/** The demo company as of a day, in the company's time zone. `minutes` after its midnight is when it is loaded: nothing of today lies behind them. The same day and minutes give the same bytes. */
export function demoCompany(today: string, minutes?: number): DemoCompany {
  const days = daysAround(today, minutes)
  const customers = allCustomers(days)
  addContacts(customers)
  const deals = allDeals(days, customers)
  const leads = leadsOf(days, customers, deals)
  const campaigns = campaignsOf(days, customers, deals)
  const others = [...leads.followUps, ...campaigns.calls]
  const followUps = followUpRecords(days, customers, deals, others.length)
  tellApart([...followUps, ...others])
  const tasks = taskRecords(days, customers, deals)
  const accounts = writeAccounts(days, customers, deals)
  const files = filesOf(days, deals)
  const activities = [...followUps, ...others, ...tasks]
  const batch = (object: string, records: DemoBatch['records']): DemoBatch => ({ object, records })
  return {
    today,
    settings: {
      company: '远岚会展贸易有限公司',
      currency: 'CNY',
      timeZone: 'Asia/Shanghai',
      country: 'CN',
      marketingDepartment: { key: 'department:marketing' },
    },
    batches: [
      ...structureBatches(days),
      batch('user', userRecords(days)),
      poolBatch(days),
      rateBatch(days),
      ...offerBatches(days),
      batch('target', targetRecords(days)),
      batch('account', accounts.records),
      batch('contact', contactRecords(customers)),
      batch('campaign', campaigns.campaigns),
      batch('lead', leads.records),
      batch('opportunity', dealRecords(days, deals)),
      batch('campaignMember', campaigns.members),
      batch('activity', activities),
      batch('poolMove', poolMoves(days, customers)),
      batch('conflict', conflictRecords(days, customers)),
    ],
    fills: [...organisationFills(), ...accounts.fills, ...leads.fills, ...files.fills],
    changes: [...accounts.changes, ...dealChanges(deals), ...phoneChanges(days)],
    comments: comments(days, followUps),
    shares: [...shares(days), ...campaigns.shares],
    files: files.files,
    notices: notices(days, customers),
    imports: importsOf(days, customers, followUps),
    bin: bin(days, customers, deals),
    looks: looks(days),
    sheet: dirtySheet(customers),
    people,
  }
}

/** Heads of departments and superiors, once the people are there. */
const organisationFills = (): DemoFill[] => [
  ...departments.map(({ key, head }): DemoFill => ({ object: 'department', key: `department:${key}`, values: { head: `user:${head}` } })),
  ...staff.flatMap(({ key, above }): DemoFill[] =>
    above === null ? [] : [{ object: 'user', key: `user:${key}`, values: { manager: `user:${above}` } }],
  ),
]
