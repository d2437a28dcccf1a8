// A spec comes from outside: before it is read, it is what it should be, key by key.
import type { FieldError } from '../../model/problem.ts'
import { type Text, text } from '../../model/text.ts'

type Check = (value: unknown, at: string, report: (at: string, message: Text) => void) => void

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const must = (holds: (value: unknown) => boolean, message: Text): Check => {
  return (value, at, report) => {
    if (!holds(value)) report(at, message)
  }
}
const string = must((value) => typeof value === 'string' && value.length <= 200, text('Give a text.', '请填写文本。'))
const boolean = must((value) => typeof value === 'boolean', text('Say true or false.', '请填 true 或 false。'))
const anything: Check = () => undefined
const oneOf = (...values: unknown[]) =>
  must((value) => values.includes(value), text(`One of ${values.join(', ')}.`, `可选：${values.join('、')}。`))
const whole = (least: number, most: number) =>
  must(
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
    text(`A whole number from ${least} to ${most}.`, `${least} 至 ${most} 的整数。`),
  )

/** An object with these keys alone, or (by `each`) with any keys of one kind. */
const keyed =
  (keys: Record<string, Check>): Check =>
  (value, at, report) => {
    if (!isObject(value)) {
      report(at, anObject)
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined
      if (check) check(inner, under(at, key), report)
      else report(under(at, key), text('There is no such option.', '没有该选项。'))
    }
  }
const each =
  (check: Check): Check =>
  (value, at, report) => {
    if (!isObject(value)) report(at, anObject)
    else if (Object.keys(value).length > 1_000) report(at, text('At most 1,000 entries.', '最多 1000 项。'))
    else for (const [key, inner] of Object.entries(value)) check(inner, under(at, key), report)
  }
const list =
  (check: Check, most: number): Check =>
  (value, at, report) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most)
      report(at, text(`Give a list of 1 to ${most}.`, `请填写 1 至 ${most} 项的列表。`))
    else for (const [i, inner] of value.entries()) check(inner, `${at}[${i}]`, report)
  }
const anObject = text('Give an object.', '请填写对象。')
const under = (at: string, key: string): string => `${at === '' ? '' : `${at}.`}${key.slice(0, 80)}`

const column: Check = (value, at, report) => {
  if (value === null || typeof value === 'string') return
  keyed({ field: string, match: string, create: boolean })(value, at, report)
}
const part = {
  object: string,
  name: string,
  columns: each(column),
  values: each(each(anything)),
  defaults: each(anything),
  duplicates: keyed({ match: list(string, 10), then: oneOf('skip', 'update', 'create') }),
  links: each(string),
}
const importSpec = keyed({
  ...part,
  objects: list(keyed(part), 12),
  dateFormat: string,
  strict: boolean,
  sheet: string,
  encoding: string,
  delimiter: string,
  headerRow: whole(1, 1_000),
  headerRows: oneOf(1, 2),
})

/** What is wrong with the shape of a spec, key by key. */
export function shapeErrors(spec: unknown): FieldError[] {
  const errors: FieldError[] = []
  importSpec(spec, '', (field, message) => {
    if (errors.length < 100) errors.push({ field, code: 'spec', message })
  })
  return errors
}
