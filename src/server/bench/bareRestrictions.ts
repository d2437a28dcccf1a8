// Who sees which rows, written out: `$1` people, `$2` pools, `$3` whom a share may name, `$4` sections.
import type { BareReader } from './bareReader.ts'
import type { BareWorld } from './bareWorld.ts'

type Table = BareWorld['t']

const inSection = (...columns: string[]): string =>
  ['t.deleted_at is null', ...columns.map((column) => `(t.${column} is null or t.${column} = any($4::uuid[]))`)].join(' and ')

/** The ids of what was shared with the reader, as an array that is made once. */
const shared = (t: Table, object: string): string =>
  `array(select g.record from ${t('record_grant')} g where g.object = '${object}' and g.principal = any($3::uuid[]) and g.level in ('view', 'edit') and (g.until is null or g.until > now()))`

/** An account is seen by its owner, by who may claim it from its pool, by whom it was shared with. */
export const accountGrounds = (t: Table): string[] => [
  't.owner = any($1::uuid[])',
  't.pool = any($2::uuid[])',
  `t.id = any(${shared(t, 'account')})`,
]
export const accountsThere = inSection('section')
export const accountsSeen = (t: Table): string => `${accountsThere} and (${accountGrounds(t).join(' or ')})`

/** An opportunity also by who sees its account. */
export const dealsSeen = (t: Table): string =>
  `${inSection('section', 'account__section')} and (t.owner = any($1::uuid[]) or t.id = any(${shared(t, 'opportunity')}) or ${throughAccount(t)})`

/** A follow-up also by who sees its account, its lead or its opportunity. */
export const activitiesSeen = (t: Table): string =>
  `${inSection(...activitySections)} and (t.owner = any($1::uuid[]) or t.id = any(${shared(t, 'activity')}) or ${throughAccount(t)}
    or t.lead__owner = any($1::uuid[]) or t.lead__pool = any($2::uuid[]) or t.lead = any(${shared(t, 'lead')})
    or t.opportunity__owner = any($1::uuid[]) or t.opportunity = any(${shared(t, 'opportunity')}))`
const activitySections = [
  'account__section',
  'lead__section',
  'lead__account__section',
  'opportunity__section',
  'opportunity__account__section',
]

const throughAccount = (t: Table): string =>
  `t.account__owner = any($1::uuid[]) or t.account__pool = any($2::uuid[]) or t.account = any(${shared(t, 'account')})`

/** The values of `$1` to `$4`. */
export const restriction = ({ people, pools, grantees, sections }: BareReader): unknown[] => [people, pools, grantees, sections]
