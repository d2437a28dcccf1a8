// A business is put together here: packs in the order of their dependence, then the administrator's own declarations.
// Every mistake is collected with its pack, object, field and cure; a business with mistakes is refused whole.
import { checkObject } from './check.ts'
import type { FieldDefinition } from './field.ts'
import { checkFormulas } from './formulas.ts'
import type {
  AccessDefinition,
  ExtendDefinition,
  ObjectDefinition,
  SectionDefinition,
  StagesDefinition,
  UniqueDefinition,
  ViewsDefinition,
} from './object.ts'
import type { OwnChange } from './own.ts'
import type { PackDefinition } from './pack.ts'
import type {
  ActionDefinition,
  ClockDefinition,
  DeriveDefinition,
  DuplicateDefinition,
  EffectDefinition,
  RoleDefinition,
  RuleDefinition,
  SettingDefinition,
} from './rule.ts'
import { type Text, text } from './text.ts'

/** A field as the engine uses it: its declaration plus where it lives. */
export interface FieldModel extends FieldDefinition {
  name: string
  object: string
  pack: string
  label: Text
  column: string
  /** One of id, version, createdAt … that every record has. */
  system: boolean
  /** Declared at run time by an administrator. */
  custom: boolean
  /** Not a column: computed after reading. */
  live: boolean
}

/** What refers to an object: `account.contacts` is `contact.account` seen from the other end. */
export interface Relation {
  name: string
  object: string
  field: string
}

export interface ObjectModel {
  name: string
  pack: string
  label: Text
  plural: Text
  icon: string | null
  title: string
  hint: string[]
  timeline: string | null
  table: string
  custom: boolean
  fields: Record<string, FieldModel>
  access: AccessDefinition
  unique: UniqueDefinition[]
  stages: StagesDefinition | null
  views: ViewsDefinition
  layout: SectionDefinition[]
  relations: Record<string, Relation>
  rules: RuleDefinition[]
  derives: DeriveDefinition[]
  effects: EffectDefinition[]
  duplicates: DuplicateDefinition | null
  /** For child lines: the record they belong to. */
  parent: { object: string; field: string } | null
  searchable: boolean
  renamedFrom: string[]
  /** Old names of fields, still understood. */
  aliases: Record<string, string>
}

export interface Business {
  /** Old names of objects, still understood. */
  aliases: Record<string, string>
  /** Grows with every change of declarations at run time. */
  version: number
  packs: PackDefinition[]
  objects: Record<string, ObjectModel>
  actions: Record<string, ActionDefinition>
  clocks: ClockDefinition[]
  roles: Record<string, RoleDefinition>
  settings: Record<string, SettingDefinition>
  seeds: { object: string; records: Record<string, unknown>[] }[]
}

/** A mistake in a declaration: where it stands, what is wrong, how to mend it. */
export interface Mistake {
  pack: string
  object?: string
  field?: string
  say: Text
  cure: Text
}

export const systemFields: Record<string, FieldDefinition & { label: Text }> = {
  id: { type: 'text', label: text('Id', '标识'), readonly: true },
  version: { type: 'number', label: text('Version', '版本'), readonly: true },
  createdAt: { type: 'dateTime', label: text('Created', '创建时间'), readonly: true },
  createdBy: { type: 'reference', to: 'user', label: text('Created by', '创建人'), readonly: true },
  updatedAt: { type: 'dateTime', label: text('Changed', '修改时间'), readonly: true },
  updatedBy: { type: 'reference', to: 'user', label: text('Changed by', '修改人'), readonly: true },
  deletedAt: { type: 'dateTime', label: text('Deleted', '删除时间'), readonly: true },
}

/** `lastFollowUpAt` → `last_follow_up_at`. */
export const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Puts a business together. Result: the business, or every mistake found; never a half. `own` is the administrator's declarations as a pack. */
export function compose(packs: readonly PackDefinition[], own?: PackDefinition, version = 0): { business: Business; mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  const ordered = inOrder(packs, mistakes)
  const all = own ? [...ordered, own] : ordered
  const business: Business = { aliases: {}, version, packs: all, objects: {}, actions: {}, clocks: [], roles: {}, settings: {}, seeds: [] }
  for (const pack of all) for (const definition of pack.objects ?? []) addObject(business, pack.name, definition, pack === own, mistakes)
  for (const pack of all) for (const extension of pack.extends ?? []) extendObject(business, pack.name, extension, pack === own, mistakes)
  for (const pack of all) for (const change of pack.changes ?? []) applyChange(business, pack.name, change, mistakes)
  for (const pack of all) addRest(business, pack, mistakes)
  addLines(business)
  addRelations(business, mistakes)
  for (const model of Object.values(business.objects)) {
    checkObject(business, model, mistakes)
    checkFormulas(business, model, mistakes)
  }
  return { business, mistakes }
}

/** The object's model; a business is closed, so a missing name is a programmer's error unless asked by `business.objects[name]`. */
export function objectOf(business: Business, name: string): ObjectModel {
  const model = Object.hasOwn(business.objects, name) ? business.objects[name] : undefined
  if (!model) throw new Error(`no object ${name} in this business`)
  return model
}

/** The field or undefined; never a name inherited from Object.prototype. */
export function fieldOf(model: ObjectModel, name: string): FieldModel | undefined {
  if (Object.hasOwn(model.fields, name)) return model.fields[name]
  return Object.hasOwn(model.aliases, name) ? model.fields[model.aliases[name] as string] : undefined
}

export const titleOf = (model: ObjectModel, record: Record<string, unknown>): string => String(record[model.title] ?? record.id ?? '')

function inOrder(packs: readonly PackDefinition[], mistakes: Mistake[]): PackDefinition[] {
  const byName = new Map(packs.map((pack) => [pack.name, pack]))
  const done: PackDefinition[] = []
  const visit = (pack: PackDefinition, path: string[]) => {
    if (done.includes(pack)) return
    if (path.includes(pack.name)) {
      mistakes.push({
        pack: pack.name,
        say: text(
          `Packs depend on each other in a circle: ${[...path, pack.name].join(' → ')}.`,
          `模块循环依赖：${[...path, pack.name].join(' → ')}。`,
        ),
        cure: text('Take one name out of dependsOn.', '请从 dependsOn 中去掉一个。'),
      })
      return
    }
    for (const name of pack.dependsOn ?? []) {
      const other = byName.get(name)
      if (other) visit(other, [...path, pack.name])
      else
        mistakes.push({
          pack: pack.name,
          say: text(`The pack “${name}” it depends on is not there.`, `依赖的模块“${name}”不存在。`),
          cure: text('Install it or take it out of dependsOn.', '请安装该模块或从 dependsOn 中去掉。'),
        })
    }
    done.push(pack)
  }
  for (const pack of packs) visit(pack, [])
  return done
}

function addObject(business: Business, pack: string, definition: ObjectDefinition, custom: boolean, mistakes: Mistake[]): void {
  const taken = business.objects[definition.name]
  if (taken) {
    mistakes.push({
      pack,
      object: definition.name,
      say: text(
        `“${definition.name}” is declared by the packs ${taken.pack} and ${pack}.`,
        `“${definition.name}”同时由模块 ${taken.pack} 和 ${pack} 声明。`,
      ),
      cure: text('Rename one, or extend the other.', '请改名，或改用 extend。'),
    })
    return
  }
  const model: ObjectModel = {
    name: definition.name,
    pack,
    label: definition.label,
    plural: definition.plural ?? definition.label,
    icon: definition.icon ?? null,
    title: definition.title,
    hint: definition.hint ?? [],
    timeline: definition.timeline ?? null,
    table: columnOf(definition.name),
    custom,
    fields: {},
    access: definition.access ?? {},
    unique: [...(definition.unique ?? [])],
    stages: definition.stages
      ? { ...definition.stages, pipelines: { ...definition.stages.pipelines }, requires: { ...definition.stages.requires } }
      : null,
    views: { ...definition.views, list: [...definition.views.list] },
    layout: (definition.layout ?? [{ name: 'basic', label: text('Basics', '基本信息'), fields: Object.keys(definition.fields) }]).map(
      (section) => ({ ...section, fields: [...section.fields] }),
    ),
    relations: {},
    rules: [],
    derives: [],
    effects: [],
    duplicates: null,
    parent: null,
    searchable: definition.search ?? true,
    renamedFrom: definition.renamedFrom ?? [],
    aliases: {},
  }
  for (const [name, field] of Object.entries(systemFields))
    model.fields[name] = { ...field, name, object: model.name, pack, column: columnOf(name), system: true, custom: false, live: false }
  for (const [name, field] of Object.entries(definition.fields)) addField(model, pack, name, field, custom, mistakes)
  if (model.stages && !model.fields.stageSince)
    addField(
      model,
      pack,
      'stageSince',
      { type: 'dateTime', label: text('In this stage since', '进入阶段时间'), readonly: true },
      false,
      mistakes,
    )
  business.objects[definition.name] = model
  for (const old of model.renamedFrom) if (!business.objects[old]) business.aliases[old] = model.name
}

function addField(model: ObjectModel, pack: string, name: string, field: FieldDefinition, custom: boolean, mistakes: Mistake[]): void {
  const taken = fieldOf(model, name)
  if (taken) {
    mistakes.push({
      pack,
      object: model.name,
      field: name,
      say: text(
        `The field “${name}” is declared by the packs ${taken.pack} and ${pack}.`,
        `字段“${name}”同时由模块 ${taken.pack} 和 ${pack} 声明。`,
      ),
      cure: text('Rename one of them.', '请为其中一个改名。'),
    })
    return
  }
  model.fields[name] = {
    ...field,
    name,
    object: model.name,
    pack,
    label: field.label ?? text(words(name), words(name)),
    column: columnOf(name),
    system: false,
    custom,
    live: false,
  }
  for (const old of field.renamedFrom ?? []) if (!Object.hasOwn(model.fields, old)) model.aliases[old] = name
}

/** `lastFollowUpAt` → `Last follow up at`: the label of last resort. */
const words = (name: string): string => {
  const spaced = name.replace(/^x_/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}

function extendObject(business: Business, pack: string, extension: ExtendDefinition, custom: boolean, mistakes: Mistake[]): void {
  const model = business.objects[extension.object]
  if (!model) {
    mistakes.push({
      pack,
      object: extension.object,
      say: text(`There is no object “${extension.object}” to extend.`, `没有可扩展的对象“${extension.object}”。`),
      cure: text('Name the pack that declares it in dependsOn.', '请在 dependsOn 中写明声明它的模块。'),
    })
    return
  }
  for (const [name, field] of Object.entries(extension.fields ?? {})) addField(model, pack, name, field, custom, mistakes)
  place(model, extension)
  model.views.list.push(...(extension.list ?? []))
  model.unique.push(...(extension.unique ?? []))
  for (const [stage, fields] of Object.entries(extension.requires ?? {}))
    if (model.stages) model.stages.requires = { ...model.stages.requires, [stage]: [...(model.stages.requires?.[stage] ?? []), ...fields] }
  for (const [name, pipeline] of Object.entries(extension.pipelines ?? {})) if (model.stages) model.stages.pipelines[name] = pipeline
  for (const [name, options] of Object.entries(extension.options ?? {})) {
    const field = fieldOf(model, name)
    if (field) field.options = { ...field.options, ...options }
    else
      mistakes.push({
        pack,
        object: model.name,
        field: name,
        say: text(`There is no field “${name}” to add options to.`, `没有可添加选项的字段“${name}”。`),
        cure: text('Correct the name.', '请更正名称。'),
      })
  }
}

function place(model: ObjectModel, { layout, fields }: ExtendDefinition): void {
  const names = Object.keys(fields ?? {})
  if (layout && 'after' in layout) {
    const section = model.layout.find((candidate) => candidate.fields.includes(layout.after)) ?? model.layout[0]
    section?.fields.splice(section.fields.indexOf(layout.after) + 1, 0, ...layout.fields)
  } else if (layout) model.layout.push({ ...layout, fields: [...layout.fields] })
  const shown = new Set(model.layout.flatMap((section) => section.fields))
  model.layout.at(-1)?.fields.push(...names.filter((name) => !shown.has(name)))
}

function applyChange(business: Business, pack: string, { object, field, set }: OwnChange, mistakes: Mistake[]): void {
  const model = business.objects[object]
  const target = model && field !== undefined ? fieldOf(model, field) : model
  if (!model || !target) {
    mistakes.push({
      pack,
      object,
      ...(field === undefined ? {} : { field }),
      say: text('What is to be changed is not there.', '要修改的对象或字段不存在。'),
      cure: text('Remove the change.', '请删除该修改。'),
    })
    return
  }
  if (field !== undefined) {
    Object.assign(target, set)
    return
  }
  const { views, stages, ...rest } = set
  Object.assign(model, rest)
  if (views) model.views = { ...model.views, ...views }
  if (stages && model.stages) {
    model.stages = { ...model.stages, ...stages, pipelines: { ...model.stages.pipelines, ...stages.pipelines } }
  }
}

function addRest(business: Business, pack: PackDefinition, mistakes: Mistake[]): void {
  const target = (object: string, what: string): ObjectModel | undefined => {
    const model = business.objects[object]
    if (!model)
      mistakes.push({
        pack: pack.name,
        object,
        say: text(`${what} is declared for “${object}”, which is not there.`, `${what}声明在不存在的对象“${object}”上。`),
        cure: text('Correct the name or dependsOn.', '请更正名称或 dependsOn。'),
      })
    return model
  }
  for (const rule of pack.rules ?? []) target(rule.object, 'A rule')?.rules.push(rule)
  for (const derive of pack.derives ?? []) target(derive.object, derive.name)?.derives.push(derive)
  for (const effect of pack.effects ?? []) target(effect.object, effect.name)?.effects.push(effect)
  for (const duplicates of pack.duplicates ?? []) {
    const model = target(duplicates.object, 'A duplicate check')
    if (model) model.duplicates = duplicates
  }
  for (const action of pack.actions ?? []) {
    if (business.actions[action.name])
      mistakes.push({
        pack: pack.name,
        say: text(`The action “${action.name}” is declared twice.`, `操作“${action.name}”重复声明。`),
        cure: text('Rename one of them.', '请为其中一个改名。'),
      })
    if (action.object !== null) target(action.object, action.name)
    business.actions[action.name] = action
  }
  business.clocks.push(...(pack.clocks ?? []))
  for (const role of pack.roles ?? []) {
    const known = business.roles[role.code]
    business.roles[role.code] = known ? { ...known, rights: { ...known.rights, ...role.rights } } : role
  }
  for (const setting of pack.settings ?? []) business.settings[setting.name] = setting
  for (const [object, records] of Object.entries(pack.seeds ?? {})) business.seeds.push({ object, records })
}

function addLines(business: Business): void {
  for (const model of Object.values(business.objects)) {
    for (const field of Object.values(model.fields)) {
      if (field.type !== 'lines') continue
      const name = `${model.name}.${field.name}`
      const child: ObjectModel = {
        ...model,
        name,
        pack: field.pack,
        label: field.label,
        plural: field.label,
        table: `${model.table}_${field.column}`,
        custom: field.custom,
        fields: {},
        title: 'id',
        hint: [],
        timeline: null,
        access: {},
        unique: [],
        stages: null,
        views: { list: Object.keys(field.fields ?? {}) },
        layout: [],
        relations: {},
        rules: [],
        derives: [],
        effects: [],
        duplicates: null,
        parent: { object: model.name, field: field.name },
        searchable: false,
        renamedFrom: model.renamedFrom.map((old) => `${columnOf(old)}_${field.column}`),
        aliases: {},
      }
      child.fields.id = {
        ...(systemFields.id as FieldDefinition & { label: Text }),
        name: 'id',
        object: name,
        pack: field.pack,
        column: 'id',
        system: true,
        custom: false,
        live: false,
      }
      for (const [key, line] of Object.entries(field.fields ?? {})) addField(child, field.pack, key, line, field.custom, [])
      business.objects[name] = child
    }
  }
}

function addRelations(business: Business, mistakes: Mistake[]): void {
  for (const model of Object.values(business.objects)) {
    if (model.parent) continue
    for (const field of Object.values(model.fields)) {
      if (field.type !== 'reference' || field.system || !field.to) continue
      const target = business.objects[field.to]
      if (!target) continue
      const natural = `${model.name.replace(/y$/, 'ie')}s`
      const name =
        field.reverse ??
        (target.relations[natural] || fieldOf(target, natural)
          ? `${natural}By${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`
          : natural)
      if (target.relations[name] || fieldOf(target, name)) {
        mistakes.push({
          pack: field.pack,
          object: model.name,
          field: field.name,
          say: text(`Its reverse name “${name}” is taken on ${target.name}.`, `反向名称“${name}”在 ${target.name} 上已被占用。`),
          cure: text('Give another `reverse`.', '请另取 reverse。'),
        })
        continue
      }
      target.relations[name] = { name, object: model.name, field: field.name }
    }
  }
}
