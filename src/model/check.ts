// What must hold of one object's declarations before a business may run.
import type { Business, FieldModel, Mistake, ObjectModel } from './business.ts'
import { fieldOf } from './business.ts'
import { fieldTypes } from './field.ts'
import { text } from './text.ts'

const words = new Set(['and', 'or', 'not', 'some', 'none', 'constructor', 'prototype', '__proto__', 'hidden', 'errors', 'me', 'myTeam'])

// What gives a custom object its place in access; named as everywhere.
const granted = new Set(['owner', 'section', 'stageSince'])

export function checkObject(business: Business, model: ObjectModel, mistakes: Mistake[]): void {
  const report = (field: string | undefined, say: [string, string], cure: [string, string], pack = model.pack) =>
    mistakes.push({ pack, object: model.name, ...(field === undefined ? {} : { field }), say: text(...say), cure: text(...cure) })

  if (!model.parent && !/^[a-z][a-zA-Z0-9]*$/.test(model.name) && !/^x_[a-z0-9_]+$/.test(model.name))
    report(
      undefined,
      [`“${model.name}” is not a good name.`, `“${model.name}”不是合法的名称。`],
      ['Use camelCase letters and digits.', '请使用驼峰式字母与数字。'],
    )
  if (!fieldOf(model, model.title))
    report(
      model.title,
      [`The title field “${model.title}” is not declared.`, `标题字段“${model.title}”未声明。`],
      ['Declare it or name another.', '请声明该字段或改用其他字段。'],
    )
  if (model.table.length > 55)
    report(undefined, ['The name is longer than 55 characters.', '名称超过 55 个字符。'], ['Shorten it.', '请缩短。'])

  const columns = new Map<string, string>()
  for (const field of Object.values(model.fields)) {
    checkField(business, model, field, report)
    const other = columns.get(field.column)
    if (other !== undefined)
      report(
        field.name,
        [`Its column “${field.column}” is also that of “${other}”.`, `列名“${field.column}”与字段“${other}”相同。`],
        ['Rename one of them.', '请为其中一个改名。'],
        field.pack,
      )
    columns.set(field.column, field.name)
    if (field.type === 'money') for (const suffix of ['_currency', '_base']) columns.set(field.column + suffix, field.name)
  }
  const known = (names: readonly string[] | undefined, where: [string, string]) => {
    for (const name of names ?? []) {
      if (!fieldOf(model, name.replace(/^-/, '').split('.')[0] ?? ''))
        report(
          name,
          [`${where[0]} names the field “${name}”, which is not there.`, `${where[1]}引用了不存在的字段“${name}”。`],
          ['Correct the name.', '请更正名称。'],
        )
    }
  }
  known(model.views.list, ['The list', '列表'])
  known(model.views.sort?.split(','), ['The sort order', '排序'])
  known(model.hint, ['The hint', '提示'])
  for (const section of model.layout) known(section.fields, ['The layout', '布局'])
  for (const unique of model.unique) known(unique.fields, ['A unique rule', '唯一规则'])
  for (const follow of [...(model.access.follows ?? []), ...Object.keys(model.access.followsWhen ?? {})]) {
    const field = fieldOf(model, follow)
    const target = field?.to ? business.objects[field.to] : undefined
    if (field?.type !== 'reference' || !target)
      report(
        follow,
        [`It follows “${follow}”, which is not a reference.`, `跟随的“${follow}”不是引用字段。`],
        ['Name a reference field.', '请填写引用字段。'],
      )
    else if (!fieldOf(target, 'owner'))
      report(
        follow,
        [`It follows ${target.name}, which has no owner of its own.`, `跟随的 ${target.name} 自身没有负责人。`],
        ['Follow an object that has an owner.', '请跟随带负责人的对象。'],
      )
  }
  checkStages(model, report)
}

type Report = (field: string | undefined, say: [string, string], cure: [string, string], pack?: string) => void

function checkField(business: Business, model: ObjectModel, field: FieldModel, report: Report): void {
  const { name, pack } = field
  const bad = (say: [string, string], cure: [string, string]) => report(name, say, cure, pack)
  if (!(fieldTypes as readonly string[]).includes(field.type))
    bad(
      [`There is no field type “${field.type}”.`, `没有“${field.type}”这种字段类型。`],
      [`Use one of ${fieldTypes.join(', ')}.`, `可用：${fieldTypes.join('、')}。`],
    )
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name) && !/^x_[a-z0-9_]+$/.test(name))
    bad(
      [`“${name}” is not a good field name.`, `“${name}”不是合法的字段名。`],
      ['Use camelCase letters and digits.', '请使用驼峰式字母与数字。'],
    )
  if (words.has(name) && !field.system)
    bad([`“${name}” is a word of the query language.`, `“${name}”是查询语言的保留字。`], ['Choose another name.', '请另取名称。'])
  if (field.column.length > 55) bad(['The name is longer than 55 characters.', '名称超过 55 个字符。'], ['Shorten it.', '请缩短。'])
  if (field.custom && !name.startsWith('x_') && !(model.custom && granted.has(name)))
    bad(['A field made at run time must begin with x_.', '运行时声明的字段须以 x_ 开头。'], [`Call it x_${name}.`, `可命名为 x_${name}。`])
  if (!field.custom && !model.custom && name.startsWith('x_'))
    bad(
      ['The prefix x_ is kept for fields made at run time.', '前缀 x_ 保留给运行时声明的字段。'],
      ['Choose another name.', '请另取名称。'],
    )
  if ((field.type === 'reference' || field.type === 'references') && !business.objects[field.to ?? ''])
    bad(
      [`It refers to “${field.to}”, which is not there.`, `引用了不存在的对象“${field.to}”。`],
      ['Correct the name, or name the pack in dependsOn.', '请更正名称，或在 dependsOn 中写明模块。'],
    )
  if ((field.type === 'choice' || field.type === 'choices') && !field.open && Object.keys(field.options ?? {}).length === 0)
    bad(['A choice needs options.', '选项字段需要至少一个选项。'], ['Add options, or make it open.', '请添加选项或设为开放。'])
  if (field.type === 'formula' && (!field.formula || !field.result))
    bad(['A formula needs its expression and its result type.', '公式字段需要表达式和结果类型。'], ['Give both.', '请补全。'])
  if (field.type === 'autoNumber' && !/\{0+\}/.test(field.pattern ?? ''))
    bad(['The pattern needs a counter such as {0000}.', '编号规则需要计数位，如 {0000}。'], ['Add it.', '请补上。'])
  if (field.type === 'rollup') checkRollup(business, model, field, bad)
}

function checkRollup(
  business: Business,
  model: ObjectModel,
  field: FieldModel,
  bad: (say: [string, string], cure: [string, string]) => void,
): void {
  const { rollup } = field
  const source = rollup ? business.objects[rollup.from] : undefined
  if (!rollup || !field.result || !source) {
    bad(
      [`The roll-up counts “${rollup?.from}”, which is not there.`, `汇总的对象“${rollup?.from}”不存在。`],
      ['Correct `from` and give the result type.', '请更正 from 并写明结果类型。'],
    )
    return
  }
  const via =
    source.parent?.object === model.name && source.parent.field === rollup.via ? true : fieldOf(source, rollup.via)?.to === model.name
  if (!via)
    bad(
      [`“${rollup.via}” of ${source.name} does not refer to ${model.name}.`, `${source.name} 的“${rollup.via}”没有引用 ${model.name}。`],
      ['Name the reference that does.', '请填写正确的引用字段。'],
    )
  if (rollup.op !== 'count' && !fieldOf(source, rollup.field ?? ''))
    bad([`The roll-up needs a field of ${source.name}.`, `汇总需要 ${source.name} 的一个字段。`], ['Give `field`.', '请填写 field。'])
}

function checkStages(model: ObjectModel, report: Report): void {
  const { stages } = model
  if (!stages) return
  const field = fieldOf(model, stages.field)
  if (field?.type !== 'choice') {
    report(stages.field, ['The stage field must be a choice.', '阶段字段须为单选。'], ['Make it a choice of the stages.', '请改为单选。'])
    return
  }
  const names = new Set(Object.values(stages.pipelines).flatMap((pipeline) => pipeline.stages.map((stage) => stage.name)))
  for (const pipeline of Object.values(stages.pipelines))
    for (const stage of pipeline.stages)
      field.options = {
        ...field.options,
        [stage.name]: field.options?.[stage.name] ?? { label: stage.label, ...(stage.colour ? { colour: stage.colour } : {}) },
      }
  for (const [stage, fields] of Object.entries(stages.requires ?? {})) {
    if (!names.has(stage))
      report(stages.field, [`There is no stage “${stage}”.`, `没有阶段“${stage}”。`], ['Correct the name.', '请更正名称。'])
    for (const name of fields)
      if (!fieldOf(model, name))
        report(
          name,
          [`The stage “${stage}” requires a field that is not there.`, `阶段“${stage}”要求的字段不存在。`],
          ['Correct the name.', '请更正名称。'],
        )
  }
  for (const [from, to] of Object.entries(stages.moves ?? {}))
    for (const name of [from, ...to])
      if (!names.has(name))
        report(
          stages.field,
          [`The moves name “${name}”, which is no stage.`, `流转规则中的“${name}”不是阶段。`],
          ['Correct the name.', '请更正名称。'],
        )
}
