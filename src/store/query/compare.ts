// One column compared with a value: what each operator means for each kind of field. Only the positive half of the operators; their opposites are said in where.ts.
import type { FieldModel } from '../../model/business.ts'
import { type MoneyOperand, type Operator, type Relative, resultType } from '../../model/filter.ts'
import { fieldColumns } from '../columns.ts'
import { and, join, or, raw, type Sql, sql } from '../sql.ts'
import { queryTerms } from '../terms.ts'
import { declared } from './choices.ts'
import { daysSql } from './days.ts'
import { column, type Place } from './place.ts'

const never = raw('false')
const signs: Partial<Record<Operator, Sql>> = { eq: raw('='), lt: raw('<'), lte: raw('<='), gt: raw('>'), gte: raw('>=') }
const likeable = raw('collate "pg_c_utf8" ilike')

/** Whether the field of the place's row is filled in. */
export function filledSql(place: Place, field: FieldModel): Sql {
  const own = column(place, field.column)
  return holdsMany(field) ? sql`cardinality(${own}) > 0` : sql`${own} is not null`
}

/** The opposite of `filledSql`, in a form that an index serves. */
export function blankSql(place: Place, field: FieldModel): Sql {
  const own = column(place, field.column)
  return holdsMany(field) ? sql`coalesce(cardinality(${own}), 0) = 0` : sql`${own} is null`
}

const holdsMany = (field: FieldModel): boolean => ['choices', 'references', 'files'].includes(resultType(field))

/** Whether the field of the place's row compares so with the value (never null). True, false, or NULL where the field is blank. */
export function compareSql(place: Place, field: FieldModel, operator: Operator, value: unknown): Sql {
  const own = column(place, field.column)
  const type = field.column === 'id' ? 'id' : resultType(field)
  if (operator === 'contains' || operator === 'startsWith')
    return and([...near(place, field, String(value)), matches(own, type, operator, String(value))])
  switch (type) {
    case 'number':
    case 'percent':
      return plainly(own, '::numeric', operator, value)
    case 'boolean':
      return plainly(own, '::boolean', operator, value)
    case 'money':
      return money(place, field, operator, value)
    case 'date':
    case 'dateTime':
      return daysSql(place.context, type, own, operator, value)
    case 'choices':
      return sql`${own} && ${value}::text[]`
    case 'references':
    case 'files':
      return sql`${own} && ${people(place, value)}::uuid[]`
    case 'id':
    case 'reference':
    case 'file':
    case 'image':
      return operator === 'eq' || operator === 'in' ? oneOf(own, people(place, value)) : plainly(own, '::uuid', operator, value)
    case 'choice':
      if (operator !== 'eq' && operator !== 'in') return sql`${own} = any(${reached(place, field, operator, value)}::text[])`
      return plainly(own, '::text', operator, value)
    default:
      return texts(place, field, own, operator, value)
  }
}

function plainly(own: Sql, cast: string, operator: Operator, value: unknown): Sql {
  if (operator === 'in') return sql`${own} = any(${value}${raw(`${cast}[]`)})`
  if (operator === 'between') {
    const [least, most] = value as [unknown, unknown]
    return sql`(${own} >= ${least}${raw(cast)} and ${own} <= ${most}${raw(cast)})`
  }
  return sql`${own} ${signs[operator]} ${value}${raw(cast)}`
}

const oneOf = (own: Sql, ids: readonly string[]): Sql =>
  ids.length === 1 ? sql`${own} = ${ids[0]}::uuid` : sql`${own} = any(${ids}::uuid[])`

/** Ids, with `me` and `myTeam` become those of who asks. */
function people({ context }: Place, value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((one: string | Relative) => {
    if (typeof one === 'string') return [one]
    return one.relative === 'myTeam' ? [...context.team] : one.relative === 'me' && context.me !== null ? [context.me] : []
  })
}

/** Text is found as it is written, whatever its case; `%` and `_` mean themselves. */
function matches(own: Sql, type: string, operator: 'contains' | 'startsWith', value: string): Sql {
  const escaped = value.replace(/[\\%_]/g, '\\$&')
  const pattern = operator === 'contains' ? `%${escaped}%` : `${escaped}%`
  if (type === 'address')
    return sql`exists (select from jsonb_each_text(${own}) as part(name, value) where part.value ${likeable} ${pattern}::text)`
  return sql`${type === 'id' ? sql`${own}::text` : own} ${likeable} ${pattern}::text`
}

/** What of a title surely stands in the search vector: pairs of Chinese characters, and words whose beginning is given. Its index finds the few candidates (and those without a vector), the exact comparison decides. */
function near(place: Place, field: FieldModel, value: string): Sql[] {
  const { model } = place
  if (field.name !== model.title || !field.search || !model.searchable || field.type !== 'text') return []
  const pairs = (value.match(/[\u4e00-\u9fff]{2,}/g) ?? []).flatMap((run) => queryTerms(run)?.tsquery ?? [])
  const words = (value.match(/(?<=[\u4e00-\u9fff ])[A-Za-z0-9]{2,40}/g) ?? []).map((word) => `'${word.toLowerCase()}':*`)
  const terms = [...pairs, ...words]
  const search = column(place, 'search')
  return terms.length === 0 ? [] : [sql`(${search} @@ ${terms.join(' & ')}::tsquery or ${search} is null)`]
}

/** Texts that are unique have their index on the lower case: it finds the few candidates, the exact comparison decides. */
function texts(place: Place, field: FieldModel, own: Sql, operator: Operator, value: unknown): Sql {
  const exact = plainly(own, '::text', operator, value)
  const single = field.type === 'autoNumber' || (field.unique && (field.type === 'text' || field.type === 'email'))
  if (!single || (operator !== 'eq' && operator !== 'in')) return exact
  const collation = raw(`collate ${fieldColumns(place.context.business, field)[0]?.collation ?? '"C"'}`)
  const lower = sql`lower(${own}) collate "C"`
  const candidates =
    operator === 'eq'
      ? sql`${lower} = lower(${value}::text ${collation}) collate "C"`
      : sql`${lower} = any(array(select lower(one.value ${collation}) from unnest(${value}::text[]) as one(value)))`
  return and([candidates, exact])
}

/** The options that lie so in the declared order; a value that is no option lies nowhere. */
function reached({ model }: Place, field: FieldModel, operator: Operator, value: unknown): string[] {
  const options = declared(model, field)
  const at = (one: unknown) => options.indexOf(String(one))
  const [least, most] = operator === 'between' ? (value as [unknown, unknown]).map(at) : [at(value), at(value)]
  if (least === undefined || most === undefined || least < 0 || most < 0) return []
  switch (operator) {
    case 'lt':
      return options.slice(0, least)
    case 'lte':
      return options.slice(0, least + 1)
    case 'gt':
      return options.slice(least + 1)
    case 'gte':
      return options.slice(least)
    default:
      return options.slice(least, most + 1)
  }
}

/** With a currency, amounts of that currency; without, what they are worth in the company's. */
function money(place: Place, field: FieldModel, operator: Operator, value: unknown): Sql {
  const amount = column(place, field.column)
  const currency = column(place, `${field.column}_currency`)
  const base = column(place, `${field.column}_base`)
  const compared = (sign: Operator, { amount: limit, currency: stated }: MoneyOperand): Sql =>
    stated === null
      ? sql`${base} ${signs[sign]} ${limit}::numeric`
      : sql`(${currency} = ${stated}::text and ${amount} ${signs[sign]} ${limit}::numeric)`
  if (operator === 'between') {
    const [least, most] = value as [MoneyOperand, MoneyOperand]
    return and([compared('gte', least), compared('lte', most)])
  }
  if (operator !== 'in') return compared(operator, value as MoneyOperand)
  const plain = (value as MoneyOperand[]).filter((one) => one.currency === null)
  const stated = (value as MoneyOperand[]).filter((one) => one.currency !== null)
  const pairs = join([sql`${stated.map((one) => one.amount)}::numeric[]`, sql`${stated.map((one) => one.currency)}::text[]`], ', ')
  const parts = [
    ...(plain.length > 0 ? [sql`${base} = any(${plain.map((one) => one.amount)}::numeric[])`] : []),
    ...(stated.length > 0
      ? [sql`exists (select from unnest(${pairs}) as one(amount, currency) where one.amount = ${amount} and one.currency = ${currency})`]
      : []),
  ]
  return parts.length === 0 ? never : or(parts)
}
