// Which field a column's name means: a field's name, or its label in either language, however it is spaced or decorated.
import { type FieldModel, fieldOf, type ObjectModel } from '../../model/business.ts'

/** Letters and digits alone, small, half width: 「*客户 名称（必填）」 is 客户名称. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【][^)）\]】]*(?:必填|选填|required|optional|mandatory)[^)）\]】]*[)）\]】]/g, '')
    .replace(/[^\p{L}\p{N}#]+/gu, '')

/** Text as it is compared when a record is looked for by it: width, case and spaces do not matter. */
export const sameText = (value: string): string => value.normalize('NFKC').toLowerCase().replace(/\s+/g, '')

const known = new WeakMap<ObjectModel, Map<string, string>>()

/** The field (or `field.part`) a column's name means; null when none. */
export function fieldNamed(model: ObjectModel, name: string): string | null {
  return namesOf(model).get(plainName(name)) ?? null
}

function namesOf(model: ObjectModel): Map<string, string> {
  const cached = known.get(model)
  if (cached) return cached
  const names = new Map<string, string>()
  const add = (name: string, field: string) => {
    const plain = plainName(name)
    if (plain !== '' && !names.has(plain)) names.set(plain, field)
  }
  const fields = Object.values(model.fields).filter((field) => mayBeBrought(field))
  for (const field of fields) add(field.name, field.name)
  for (const field of fields) for (const label of [field.label.zh, field.label.en]) add(label, field.name)
  // 「客户编号」 is the code of a customer, `Account code` as well.
  for (const field of fields)
    for (const [object, label] of [
      [model.label.zh, field.label.zh],
      [model.label.en, field.label.en],
      [model.label.en, field.name],
    ] as const) {
      add(`${object}${label}`, field.name)
      add(`${label}${object}`, field.name)
      if (label.startsWith(object)) add(label.slice(object.length), field.name)
    }
  for (const field of fields) {
    if (field.type === 'money') for (const word of ['币种', '货币', 'currency']) add(`${field.label.zh}${word}`, `${field.name}.currency`)
    if (field.type === 'money') add(`${field.name}currency`, `${field.name}.currency`)
    if (field.type === 'address') for (const [part, ...words] of addressParts) for (const word of words) add(word, `${field.name}.${part}`)
  }
  known.set(model, names)
  return names
}

const addressParts = [
  ['country', '国家'],
  ['province', '省', '省份', 'province', 'state'],
  ['city', '城市', '市', 'city'],
  ['district', '区县', '区', 'district'],
  ['street', '街道', '详细地址', 'street'],
  ['postcode', '邮编', '邮政编码', 'postcode', 'zip', 'zipcode'],
] as const

const never = new Set(['formula', 'rollup', 'lines', 'file', 'files', 'image', 'json', 'place'])

/** Whether an import can fill the field at all. */
export const mayBeBrought = (field: FieldModel): boolean =>
  field.system
    ? field.name === 'createdAt' || field.name === 'createdBy'
    : !never.has(field.type) && (!field.readonly || field.type === 'autoNumber')

/** `account.name` → the field and the part or match field behind it. */
export function fieldAt(model: ObjectModel, path: string): { field: FieldModel; rest: string | null } | null {
  const [name = '', ...rest] = path.split('.')
  const field = fieldOf(model, name)
  return field && rest.length <= 1 ? { field, rest: rest[0] ?? null } : null
}
