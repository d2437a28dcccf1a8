// Who sees which rows, written out: `$1` people, `$2` pools, `$3` whom a share may name, `$4` sections.
import type { BareReader } from './bareReader.ts'
import type { BareWorld } from './bareWorld.ts'

type Table = BareWorld['t']
export type Seen = (t: Table, reader: BareReader) => string

const inSection = (...columns: string[]): string =>
  ['t.deleted_at is null', ...columns.map((column) => `(t.${column} is null or t.${column} = any($4::uuid[]))`)].join(' and ')

/** The ids of what was shared with the reader, as an array that is made once. */
const shared = (t: Table, object: string): string =>
  `array(select g.record from ${t('record_grant')} g where g.object = '${object}' and g.principal = any($3::uuid[]) and g.level in ('view', 'edit') and (g.until is null or g.until > now()))`

/** One's own, or that of one's people: the planner must know which of the two it is. */
const own = (column: string, { people }: BareReader): string => among(column, '$1', people)
const pooled = (column: string, { pools }: BareReader): string => among(column, '$2', pools)
const among = (column: string, values: string, { length }: readonly string[]): string =>
  length === 1 ? `t.${column} = (${values}::uuid[])[1]` : `t.${column} = any(${values}::uuid[])`

/** An account is seen by its owner, by who may claim it from its pool, by whom it was shared with. */
export const accountGrounds = (t: Table, reader: BareReader): string[] => [
  own('owner', reader),
  pooled('pool', reader),
  `t.id = any(${shared(t, 'account')})`,
]
export const accountsThere = inSection('section')
export const accountsSeen: Seen = (t, reader) => `${accountsThere} and (${accountGrounds(t, reader).join(' or ')})`

/** An opportunity also by who sees its account. */
export const dealsSeen: Seen = (t, reader) =>
  `${inSection('section', 'account__section')} and (${own('owner', reader)} or t.id = any(${shared(t, 'opportunity')}) or ${throughAccount(t, reader)})`

/** A follow-up also by who sees its account, its lead or its opportunity. */
export const activitiesSeen: Seen = (t, reader) =>
  `${inSection(...activitySections)} and (${own('owner', reader)} or t.id = any(${shared(t, 'activity')}) or ${throughAccount(t, reader)}
    or ${own('lead__owner', reader)} or ${pooled('lead__pool', reader)} or t.lead = any(${shared(t, 'lead')})
    or ${own('opportunity__owner', reader)} or t.opportunity = any(${shared(t, 'opportunity')}))`
const activitySections = [
  'account__section',
  'lead__section',
  'lead__account__section',
  'opportunity__section',
  'opportunity__account__section',
]

const throughAccount: Seen = (t, reader) =>
  `${own('account__owner', reader)} or ${pooled('account__pool', reader)} or t.account = any(${shared(t, 'account')})`

/** The values of `$1` to `$4`. */
export const restriction = ({ people, pools, grantees, sections }: BareReader): unknown[] => [people, pools, grantees, sections]
