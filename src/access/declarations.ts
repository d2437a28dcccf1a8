// Declarations at run time (CUS-15): objects and fields an administrator adds work at once, with real columns; nothing is half-declared.
import { compose, fieldOf, type Mistake } from '../model/business.ts'
import { type FieldDefinition, fieldTypes } from '../model/field.ts'
import type { ObjectDefinition } from '../model/object.ts'
import { changeable, type Declaration, ownPack } from '../model/own.ts'
import { type FieldError, invalid, Problem, problem, problems } from '../model/problem.ts'
import { isText, type Text, text } from '../model/text.ts'
import { columnNameFrom } from '../store/columnName.ts'
import { planSchema, runSteps, type Step } from '../store/schema.ts'
import { sql, table } from '../store/sql.ts'
import type { StoredDeclaration } from '../store/workspace.ts'
import { bump, type Call, type Writing, within } from './call.ts'
import { changeType } from './changeType.ts'
import { recomputeObject } from './write/recompute.ts'

export interface Declared {
  /** `x_vehicle`, `account.x_size`. */
  name: string
  /** What is done to the tables, in words. */
  plan: string[]
  /** Records that do not meet what was declared (required and blank, say); they stay as they are until they are next written. */
  affected: number
}

/** Declares an object. Without `name` one is proposed from the label by pinyin; fields may come along. */
export async function declareObject(call: Call, input: Record<string, unknown>, dryRun = false): Promise<Declared> {
  checkAdministers(call)
  const label = readLabel(input.label, 'label')
  const name = ownName(input.name, label, (candidate) => candidate in call.workspace.business.objects)
  const given = typeof input.fields === 'object' && input.fields !== null ? (input.fields as Record<string, Record<string, unknown>>) : {}
  const fields: Record<string, FieldDefinition> = {}
  for (const [key, field] of Object.entries(given))
    fields[key === 'owner' || key === 'section' ? key : ownName(key, label, () => false)] = readField(field, `fields.${key}`)
  const named = (key: unknown) => (typeof key === 'string' ? (key in fields ? key : `x_${key.replace(/^x_/, '')}`) : undefined)
  const title =
    named(input.title) ?? Object.keys(fields).find((key) => fields[key]?.type === 'text' || fields[key]?.type === 'autoNumber') ?? 'x_name'
  if (!(title in fields)) fields[title] = { type: 'text', label: text('Name', '名称'), required: true, search: 'pinyin' }
  if (!fields.owner) fields.owner = { type: 'reference', to: 'user', label: text('Owner', '负责人'), onDelete: 'clear' }
  const body: Omit<ObjectDefinition, 'name'> = {
    label,
    plural: input.plural === undefined ? label : readLabel(input.plural, 'plural'),
    title,
    fields,
    views: {
      list: [
        title,
        ...Object.keys(fields)
          .filter((key) => key !== title && fields[key]?.type !== 'lines')
          .slice(0, 7),
      ],
      sort: '-createdAt',
      ...(input.views as object | undefined),
    },
    ...(input.access ? { access: input.access as object } : {}),
    ...(input.stages ? { stages: input.stages as ObjectDefinition['stages'] } : {}),
    ...(input.layout ? { layout: input.layout as ObjectDefinition['layout'] } : {}),
    ...(typeof input.icon === 'string' ? { icon: input.icon } : {}),
  }
  return apply(call, [{ kind: 'object', name, body: body as unknown as Record<string, unknown> }], { name, dryRun })
}

/** Declares a field on any object. */
export async function declareField(call: Call, object: string, input: Record<string, unknown>, dryRun = false): Promise<Declared> {
  checkAdministers(call)
  const model = modelFor(call, object)
  const { name: wanted, ...rest } = input
  const label = readLabel(input.label, 'label')
  const name = ownName(wanted, label, (candidate) => fieldOf(model, candidate) !== undefined)
  if (fieldOf(model, name))
    throw invalid(
      [{ field: 'name', code: 'taken', message: text(`There is a field “${name}” already.`, `字段“${name}”已存在。`) }],
      'badDeclaration',
    )
  return apply(call, [{ kind: 'field', name: `${object}.${name}`, body: readField(rest, '') as unknown as Record<string, unknown> }], {
    name,
    dryRun,
    recompute: object,
  })
}

/** Changes a field: of one's own anything that its type allows (also the type, by safe conversion), of a pack's the label, help, options, whether it is required and such. */
export async function changeField(
  call: Call,
  object: string,
  name: string,
  input: Record<string, unknown>,
  dryRun = false,
): Promise<Declared> {
  checkAdministers(call)
  const model = modelFor(call, object)
  const field = fieldOf(model, name)
  if (!field || field.system) throw problem('unknownField', { field: name.slice(0, 120), object: model.label })
  if (input.label !== undefined) readLabel(input.label, 'label')
  if (!field.custom) {
    const odd = Object.keys(input).filter((key) => !(changeable as readonly string[]).includes(key))
    if (odd.length > 0)
      throw invalid(
        odd.map((key) => ({
          field: key,
          code: 'fixed',
          message: text('This belongs to the pack and cannot be changed here.', '该属性由模块决定，不能在此修改。'),
        })),
        'badDeclaration',
      )
    const old = await storedBody(call, 'change', `${object}.${name}`)
    return apply(call, [{ kind: 'change', name: `${object}.${name}`, body: { ...old, ...input } }], { name, dryRun })
  }
  const inObject = await storedBody(call, 'object', object)
  const fields = (inObject?.fields ?? {}) as Record<string, FieldDefinition>
  const searched = input.search !== undefined || input.formula !== undefined || input.rollup !== undefined
  const convert =
    typeof input.type === 'string' && input.type !== field.type
      ? (writing: Writing) => changeType(writing, model, field, { ...field, ...input } as FieldDefinition, dryRun)
      : undefined
  const options = { name, dryRun, ...(searched ? { recompute: object } : {}), ...(convert ? { convert } : {}) }
  if (inObject && fields[name])
    return apply(
      call,
      [
        {
          kind: 'object',
          name: object,
          body: { ...inObject, fields: { ...fields, [name]: { ...fields[name], ...readField({ ...fields[name], ...input }, '') } } },
        },
      ],
      options,
    )
  const old = await storedBody(call, 'field', `${object}.${name}`)
  return apply(
    call,
    [{ kind: 'field', name: `${object}.${name}`, body: readField({ ...old, ...input }, '') as unknown as Record<string, unknown> }],
    options,
  )
}

/** Changes an object's label, views, layout, hint or stages. */
export async function changeObject(call: Call, object: string, input: Record<string, unknown>, dryRun = false): Promise<Declared> {
  checkAdministers(call)
  modelFor(call, object)
  const known = ['label', 'plural', 'hint', 'views', 'layout', 'stages']
  const odd = Object.keys(input).filter((key) => !known.includes(key))
  if (odd.length > 0)
    throw invalid(
      odd.map((key) => ({
        field: key,
        code: 'unknown',
        message: text(`Only ${known.join(', ')} can be changed.`, `只能修改 ${known.join('、')}。`),
      })),
      'badDeclaration',
    )
  for (const key of ['label', 'plural']) if (input[key] !== undefined) readLabel(input[key], key)
  const old = await storedBody(call, 'change', object)
  return apply(call, [{ kind: 'change', name: object, body: { ...old, ...input } }], { name: object, dryRun })
}

/** Moves an own object or field to the bin: it is gone from the model, its column and data stay until restored. */
export async function removeDeclaration(call: Call, object: string, field?: string, dryRun = false): Promise<Declared> {
  checkAdministers(call)
  const kind = field === undefined ? 'object' : 'field'
  const name = field === undefined ? object : `${object}.${field}`
  if (!(await storedBody(call, kind, name)))
    throw invalid(
      [
        {
          field: field ?? object,
          code: 'fixed',
          message: text('Only what was declared here can be removed.', '只能删除自定义的对象或字段。'),
        },
      ],
      'badDeclaration',
    )
  return apply(call, [], { name: field ?? object, dryRun, remove: { kind, name } })
}

/** Takes an own object or field out of the bin again, with all its data. */
export async function restoreDeclaration(call: Call, object: string, field?: string): Promise<Declared> {
  checkAdministers(call)
  const name = field === undefined ? object : `${object}.${field}`
  const [row] = await call.link.query(
    sql`select kind, body from ${table(call.workspace.schema, 'declaration')} where name = ${name} and removed_at is not null and kind <> 'change'`,
  )
  if (!row) throw problem('notFound', { object: text('declaration', '声明') })
  return apply(call, [{ kind: row[0] as Declaration['kind'], name, body: row[1] as Record<string, unknown> }], {
    name: field ?? object,
    dryRun: false,
    recompute: object,
  })
}

/** The workspace's own declarations as a pack file, for another system. */
export async function exportDeclarations(call: Call): Promise<{ zhanggui: 'pack'; version: 1; declarations: Declaration[] }> {
  checkAdministers(call)
  return { zhanggui: 'pack', version: 1, declarations: await storedDeclarations(call) }
}

/** Loads a pack file that another system exported. What is there already is replaced by what the file says. */
export async function importDeclarations(call: Call, file: unknown, dryRun = false): Promise<Declared> {
  checkAdministers(call)
  const { zhanggui, declarations } = (file ?? {}) as { zhanggui?: unknown; declarations?: unknown }
  const fits =
    Array.isArray(declarations) &&
    declarations.every(
      (one) =>
        ['object', 'field', 'change'].includes(one?.kind) &&
        typeof one?.name === 'string' &&
        /^[a-zA-Z][\w.]{0,120}$/.test(one.name) &&
        typeof one?.body === 'object' &&
        one.body !== null,
    )
  if (zhanggui !== 'pack' || !fits)
    throw problem('malformed', { reason: text('this is not a pack file of own declarations', '不是自定义配置包文件') })
  return apply(call, declarations as Declaration[], { name: 'own', dryRun, recompute: '*' })
}

interface ApplyOptions {
  name: string
  dryRun: boolean
  remove?: { kind: string; name: string }
  /** The object whose stored formulas, roll-ups and search are made anew; `*` for all touched. */
  recompute?: string
  /** Converts the data of a changed type, in the same transaction. */
  convert?: (writing: Writing) => Promise<void>
}

async function apply(call: Call, added: readonly Declaration[], options: ApplyOptions): Promise<Declared> {
  const declared = await within(call, async (writing) => {
    const next = merged(await storedDeclarations(writing), added, options.remove)
    const { business, mistakes } = compose(writing.workspace.packs, ownPack(next), writing.workspace.versions.model + 1)
    if (mistakes.length > 0) throw asProblem(mistakes)
    await options.convert?.(writing)
    const steps = await planSchema(writing.tx, writing.workspace.schema, business)
    const result: Declared = { name: options.name, plan: steps.map((step) => step.what), affected: 0 }
    if (options.dryRun) return result
    await store(writing, added, options.remove)
    await writing.tx.client.query('set local lock_timeout = 3000')
    await runSteps(writing.tx, safeSteps(steps))
    await bump(writing, 'model')
    return result
  })
  if (!options.dryRun) {
    call.workspace.database.refresh()
    await call.workspace.reload()
    if (options.recompute !== undefined) await refill(call, options.recompute, added)
  }
  return declared
}

function safeSteps(steps: readonly Step[]): Step[] {
  const risky = steps.find((step) => step.risky)
  if (risky) throw problem('conflict', { what: text(`This would change data: ${risky.what}.`, `该修改会改变已有数据：${risky.what}。`) })
  return [...steps]
}

async function refill(call: Call, object: string, added: readonly Declaration[]): Promise<void> {
  const { business } = call.workspace
  const objects = object === '*' ? [...new Set(added.map((one) => one.name.split('.')[0] as string))] : [object]
  for (const name of objects) {
    const model = business.objects[name]
    const derived =
      model &&
      Object.values(model.fields).some(
        (field) => field.custom && (field.type === 'rollup' || (field.type === 'formula' && !field.live) || field.search),
      )
    if (derived) await recomputeObject(call, name)
  }
}

function merged(now: readonly Declaration[], added: readonly Declaration[], remove: ApplyOptions['remove']): Declaration[] {
  const key = (one: { kind: string; name: string }) => `${one.kind} ${one.name}`
  const gone = (one: Declaration) =>
    remove !== undefined && (key(one) === key(remove) || (remove.kind === 'object' && one.name.startsWith(`${remove.name}.`)))
  const replaced = new Set(added.map(key))
  return [...now.filter((one) => !replaced.has(key(one)) && !gone(one)), ...added]
}

async function store(call: Writing, added: readonly Declaration[], remove: ApplyOptions['remove']): Promise<void> {
  const declarations = table(call.workspace.schema, 'declaration')
  for (const { kind, name, body } of added) {
    await call.tx.query(sql`
      insert into ${declarations} (kind, name, body, changed_by) values (${kind}, ${name}, ${JSON.stringify(body)}::jsonb, ${call.principal.id}::uuid)
      on conflict (kind, name) do update set body = excluded.body, removed_at = null, changed_at = now(), changed_by = excluded.changed_by`)
  }
  if (remove)
    await call.tx.query(
      sql`update ${declarations} set removed_at = now(), changed_by = ${call.principal.id}::uuid where (kind = ${remove.kind} and name = ${remove.name}) or (${remove.kind === 'object'} and name like ${`${remove.name}.%`})`,
    )
}

async function storedDeclarations(call: Call): Promise<Declaration[]> {
  const rows = await call.link.query(
    sql`select kind, name, body from ${table(call.workspace.schema, 'declaration')} where removed_at is null order by changed_at, kind, name`,
  )
  return rows.map(([kind, name, body]) => ({ kind, name, body }) as Declaration & StoredDeclaration)
}

async function storedBody(call: Call, kind: string, name: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await call.link.query(
    sql`select body from ${table(call.workspace.schema, 'declaration')} where kind = ${kind} and name = ${name} and removed_at is null`,
  )
  return row?.[0] as Record<string, unknown> | undefined
}

const asProblem = (mistakes: readonly Mistake[]): Problem => {
  const errors: FieldError[] = mistakes.map(({ object, field, say, cure }) => ({
    field: [object, field].filter(Boolean).join('.'),
    code: 'declaration',
    message: text(`${say.en} ${cure.en}`, `${say.zh}${cure.zh}`),
  }))
  return new Problem('badDeclaration', problems.badDeclaration, {}, errors, {})
}

function checkAdministers(call: Call): void {
  if (!call.principal.administer)
    throw problem('forbidden', {
      verb: text('change', '修改'),
      object: text('the model', '系统配置'),
      who: text('an administrator', '管理员'),
    })
}

function modelFor(call: Call, object: string) {
  const { objects } = call.workspace.business
  const model = Object.hasOwn(objects, object) ? objects[object] : undefined
  if (!model || model.parent) throw problem('unknownObject', { object: object.slice(0, 80) })
  return model
}

function readLabel(given: unknown, at: string): Text {
  if (typeof given === 'string' && given.trim() !== '' && given.length <= 100) return text(given.trim(), given.trim())
  if (isText(given) && given.en.length <= 100 && given.zh.length <= 100 && (given.en + given.zh).trim() !== '')
    return text(given.en || given.zh, given.zh || given.en)
  throw invalid(
    [
      {
        field: at,
        code: 'label',
        message: text(
          'Give a label: a text, or {"en","zh"}, of at most 100 characters.',
          '请填写名称：文本或 {"en","zh"}，最多 100 个字符。',
        ),
      },
    ],
    'badDeclaration',
  )
}

/** `x_` and a name of small letters, digits and underscores; from the label when none was given. */
function ownName(given: unknown, label: Text, taken: (name: string) => boolean): string {
  const stem = columnNameFrom(
    typeof given === 'string' ? given.replace(/^x_/, '') : label.en !== label.zh && /^[\x20-\x7e]+$/.test(label.en) ? label.en : label.zh,
  )
  if (stem === '')
    throw invalid(
      [{ field: 'name', code: 'name', message: text('Give a name of letters and digits.', '请填写由字母和数字组成的名称。') }],
      'badDeclaration',
    )
  if (given !== undefined) return `x_${stem}`
  for (let n = 1; ; n++) if (!taken(`x_${stem}${n === 1 ? '' : n}`)) return `x_${stem}${n === 1 ? '' : n}`
}

const offered = new Set<string>(fieldTypes.filter((type) => type !== 'json'))
const attributes = new Set([
  'type',
  'label',
  'help',
  'required',
  'requiredWhen',
  'visibleWhen',
  'unique',
  'default',
  'defaultFrom',
  'search',
  'mask',
  'index',
  'maxLength',
  'scale',
  'min',
  'max',
  'options',
  'open',
  'to',
  'onDelete',
  'reverse',
  'fields',
  'pattern',
  'formula',
  'result',
  'rollup',
  'name',
  'readonly',
])

/** A field's declaration from JSON: known attributes only, options as labels or {label, colour}. */
function readField(given: Record<string, unknown>, at: string): FieldDefinition {
  const where = (key: string) => (at === '' ? key : `${at}.${key}`)
  const errors: FieldError[] = Object.keys(given)
    .filter((key) => !attributes.has(key))
    .map((key) => ({ field: where(key), code: 'unknown', message: text('There is no such attribute of a field.', '字段没有该属性。') }))
  if (!offered.has(String(given.type)))
    errors.push({
      field: where('type'),
      code: 'type',
      message: text(`Use one of ${[...offered].join(', ')}.`, `可用类型：${[...offered].join('、')}。`),
    })
  if (errors.length > 0) throw invalid(errors, 'badDeclaration')
  const { name: _, ...rest } = given
  const field = { ...rest } as unknown as FieldDefinition
  if (given.label !== undefined) field.label = readLabel(given.label, where('label'))
  if (given.help !== undefined && given.help !== null) field.help = readLabel(given.help, where('help'))
  if (typeof given.options === 'object' && given.options !== null) {
    const list = Array.isArray(given.options)
      ? given.options.map((label) => [columnNameFrom(String(label)) || String(label), label] as const)
      : Object.entries(given.options)
    field.options = Object.fromEntries(
      list.map(([key, option]) => [
        key,
        typeof option === 'string' || isText(option)
          ? { label: readLabel(option, where(`options.${key}`)) }
          : { ...(option as object), label: readLabel((option as { label?: unknown }).label, where(`options.${key}`)) },
      ]),
    ) as NonNullable<FieldDefinition['options']>
  }
  if (field.type === 'reference' && !field.onDelete) field.onDelete = 'clear'
  if (field.type === 'formula' || field.type === 'rollup' || field.type === 'autoNumber') field.readonly = true
  if (field.type === 'lines' && given.fields)
    field.fields = Object.fromEntries(
      Object.entries(given.fields as Record<string, Record<string, unknown>>).map(([key, line]) => [
        `x_${columnNameFrom(key.replace(/^x_/, ''))}`,
        readField(line, where(`fields.${key}`)),
      ]),
    )
  return field
}
