// From the model to tables: which columns and which indexes an object has.
import { createHash } from 'node:crypto'
import { type Business, type FieldModel, fieldOf, type ObjectModel } from '../model/business.ts'
import { resultType } from '../model/filter.ts'
import { countedFrom } from './query/live.ts'

export interface Column {
  name: string
  /** As PostgreSQL's format_type says it. */
  type: string
  collation?: string
  notNull?: boolean
  default?: string
  /** Table referred to, in the same schema. */
  refers?: string
}

export interface Index {
  name: string
  /** The definition after `on schema.table`, the same text for the same index. */
  definition: string
  unique: boolean
}

const han = '"zh-Hans-x-icu"'
const plain = '"C"'

/** The columns of an object's table, system columns first. */
export function columnsOf(business: Business, model: ObjectModel): Column[] {
  const own = Object.values(model.fields)
    .filter((field) => !field.system)
    .flatMap((field) => fieldColumns(business, field))
  if (model.parent)
    return [
      { name: 'id', type: 'uuid', notNull: true },
      { name: 'parent', type: 'uuid', notNull: true, refers: business.objects[model.parent.object]?.table ?? '' },
      { name: 'position', type: 'integer', notNull: true },
      ...own,
    ]
  return [
    { name: 'id', type: 'uuid', notNull: true },
    { name: 'version', type: 'integer', notNull: true, default: '1' },
    { name: 'created_at', type: 'timestamp with time zone', notNull: true, default: 'now()' },
    { name: 'created_by', type: 'uuid' },
    { name: 'updated_at', type: 'timestamp with time zone', notNull: true, default: 'now()' },
    { name: 'updated_by', type: 'uuid' },
    { name: 'deleted_at', type: 'timestamp with time zone' },
    { name: 'deleted_by', type: 'uuid' },
    { name: 'search', type: 'tsvector' },
    ...followColumns(business, model).map((column) => ({ name: column.name, type: 'uuid' })),
    ...own,
  ]
}

/** The column names and types of one field; money has three. Live formulas and lines have none. */
export function fieldColumns(business: Business, field: FieldModel): Column[] {
  const name = field.column
  if (field.live || field.type === 'lines') return []
  switch (resultType(field)) {
    case 'text':
      return [{ name, type: 'text', collation: field.name === 'code' ? plain : han }]
    case 'longText':
    case 'richText':
      return [{ name, type: 'text' }]
    case 'number':
      return [{ name, type: `numeric(28,${field.scale ?? (field.type === 'number' ? 0 : 10)})` }]
    case 'percent':
      return [{ name, type: `numeric(28,${field.scale ?? 6})` }]
    case 'money':
      return [
        { name, type: 'numeric(20,4)' },
        { name: `${name}_currency`, type: 'text', collation: plain },
        { name: `${name}_base`, type: 'numeric(20,4)' },
      ]
    case 'boolean':
      return [{ name, type: 'boolean' }]
    case 'date':
      return [{ name, type: 'date' }]
    case 'dateTime':
      return [{ name, type: 'timestamp with time zone' }]
    case 'choices':
      return [{ name, type: 'text[]', collation: plain }]
    case 'reference':
      return [{ name, type: 'uuid', refers: business.objects[field.to ?? '']?.table ?? '' }]
    case 'references':
    case 'files':
      return [{ name, type: 'uuid[]' }]
    case 'file':
    case 'image':
      return [{ name, type: 'uuid' }]
    case 'address':
    case 'place':
    case 'json':
      return [{ name, type: 'jsonb' }]
    default: // choice, autoNumber, phone, email, url
      return [{ name, type: 'text', collation: plain }]
  }
}

export interface FollowColumn {
  name: string
  /** The reference field followed, where it leads, and the target's column that is copied. */
  via: FieldModel
  target: ObjectModel
  source: string
  of: 'owner' | 'section' | 'pool'
}

/**
 * Hidden copies of owner, section and pool of what a record hangs on, so that following needs no join; and the sections of what that hangs on in turn,
 * since data of a section stays in it however many steps away.
 */
export function followColumns(business: Business, model: ObjectModel, passed: readonly ObjectModel[] = []): FollowColumn[] {
  const follows = [...(model.access.follows ?? []), ...Object.keys(model.access.followsWhen ?? {})]
  return follows.flatMap((name) => {
    const via = fieldOf(model, name)
    const target = via?.to ? business.objects[via.to] : undefined
    if (!via || !target) return []
    const copy = (of: FollowColumn['of'], source: string) => ({ name: copyName(via.column, source), via, target, source, of })
    const own = (['owner', 'section', 'pool'] as const).filter((of) => fieldOf(target, of)).map((of) => copy(of, of))
    if (target === model || passed.includes(target)) return own
    const sections = followColumns(business, target, [...passed, model]).filter((column) => column.of === 'section')
    return [...own, ...sections.map((column) => copy('section', column.name))]
  })
}

/** `deal__client__section`; PostgreSQL knows no names over 63 letters. */
function copyName(via: string, source: string): string {
  const name = `${via}__${source}`
  return name.length <= 63 ? name : `${name.slice(0, 50)}_${createHash('md5').update(name).digest('hex').slice(0, 12)}`
}

/** The indexes an object's table has: its key, what its lists are sorted by within each reach, what refers, what is unique, search. */
export function indexesOf(business: Business, model: ObjectModel): Index[] {
  const indexes: Index[] = []
  const add = (columns: string, options: { unique?: boolean; where?: string; using?: string } = {}) => {
    const definition = `${options.using ? `using ${options.using} ` : ''}(${columns})${options.where ? ` where ${options.where}` : ''}`
    const name = `${model.table.slice(0, 30)}_${createHash('md5')
      .update(`${options.unique ? 'u' : ''}${definition}`)
      .digest('hex')
      .slice(0, 12)}`
    if (!indexes.some((index) => index.name === name)) indexes.push({ name, definition, unique: options.unique ?? false })
  }
  if (model.parent) {
    add('parent, position')
    for (const field of Object.values(model.fields))
      if (field.type === 'reference') add(q(field.column), { where: `${q(field.column)} is not null` })
    return indexes
  }
  const alive = 'deleted_at is null'
  const sorts = sortColumns(business, model).map((columns) => columns.map(q).join(', '))
  const reaches = ['owner', 'pool']
    .filter((name) => fieldOf(model, name))
    .concat(
      followColumns(business, model)
        .filter((column) => column.of !== 'section')
        .map((column) => column.name),
    )
  for (const sort of sorts) {
    add(`${sort}, id`, { where: alive })
    for (const reach of reaches) add(`${q(reach)}, ${sort}, id`, { where: `${alive} and ${q(reach)} is not null` })
  }
  const title = fieldOf(model, model.title)
  if (title && !title.live && title.column !== 'id') add(`${q(title.column)}, id`, { where: alive })
  const follows = new Set([...(model.access.follows ?? []), ...Object.keys(model.access.followsWhen ?? {})])
  for (const field of Object.values(model.fields)) {
    if (field.system || field.live) continue
    const column = q(field.column)
    if (field.type === 'reference' && field.name !== 'owner' && field.name !== 'pool') {
      if (follows.has(field.name) && sorts[0]) add(`${column}, ${sorts[0]}, id`, { where: `${alive} and ${column} is not null` })
      else add(column, { where: `${column} is not null` })
    }
    if (field.unique || field.type === 'autoNumber') add(uniqueColumn(field), { unique: true, where: alive })
    else if (field.index && field.type === 'references') add(column, { using: 'gin' })
    else if (field.index) add(`${orderColumns(business, field).map(q).join(', ')}, id`, { where: alive })
  }
  for (const unique of model.unique)
    add(unique.fields.map((name) => uniqueColumn(model.fields[name] as FieldModel)).join(', '), {
      unique: true,
      where: [alive, ...simpleWhere(model, unique.where)].join(' and '),
    })
  add('deleted_at, id', { where: 'deleted_at is not null' })
  if (model.searchable) {
    add('search', { using: 'gin' })
    add('id', { where: 'search is null' }) // a filter by title looks there too
  }
  return indexes
}

// Codes and addresses are one whatever their case.
const uniqueColumn = (field: FieldModel): string =>
  ['text', 'email', 'autoNumber'].includes(field.type) ? `lower(${q(field.column)}) collate "C"` : q(field.column)

const q = (name: string): string => `"${name}"`

/** The columns of the first key of every sort the object's own views use. */
export function sortColumns(business: Business, model: ObjectModel): string[][] {
  const sorts = [model.views.sort ?? '-createdAt', ...(model.views.lists ?? []).flatMap((view) => (view.sort ? [view.sort] : []))]
  const columns = sorts
    .map((sort) => fieldOf(model, (sort.split(',')[0] ?? '').replace(/^-/, '').trim()))
    .map((field) => (field ? orderColumns(business, field) : []))
    .filter((names) => names.length > 0)
  return [...new Map(columns.map((names) => [names.join(), names])).values()]
}

/** What a list sorted by the field is sorted by: money by its worth in the company's currency and then its amount, days since a day by that day; other live formulas by nothing. */
function orderColumns(business: Business, field: FieldModel): string[] {
  const source = field.live ? countedFrom(business, field) : field
  if (!source) return []
  return resultType(source) === 'money' ? [`${source.column}_base`, source.column] : [source.column]
}

/** The SQL of a unique rule's `where`: equality with plain values only, since it stands in an index. */
function simpleWhere(model: ObjectModel, where: Record<string, unknown> | undefined): string[] {
  return Object.entries(where ?? {}).map(([name, value]) => {
    const column = q(model.fields[name]?.column ?? name)
    if (value === true) return column
    if (value === false) return `not ${column}`
    return value === null ? `${column} is null` : `${column} = '${String(value).replace(/'/g, "''")}'`
  })
}
