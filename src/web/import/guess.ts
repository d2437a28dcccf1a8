// What a column probably means when its name is no field's name: words in common, and what such words usually stand for.
import { type Field, kindOf, type ObjectModel } from '../data/model.ts'

/** Words of headers → names of fields they often mean, most likely first. */
const habits: [RegExp, string[]][] = [
  [/(^|_| )(sales )?(agent|rep|seller|salesperson|owner)$|负责人|业务员|销售(员|人员)?$/, ['owner', 'name']],
  [/(^|_| )(id|no|number|code)$|编号|编码|单号/, ['code', 'staffNumber']],
  [/(^|_| )(value|amount|revenue|price|total)$|金额|单价|总价/, ['amount', 'price', 'annualRevenue']],
  [/(^|_| )(company|customer|client|account)( name)?$|公司|客户/, ['account', 'name', 'company']],
  [/(^|_| )(sector|branch)$/, ['industry']],
  [/(^|_| )(series|family|group)$/, ['category']],
  [/(^|_| )(office|location|country)/, ['country', 'department']],
  [/subsidiary|parent|上级/, ['parent']],
  [/(^|_| )(tel|telephone|cell)$|电话|手机/, ['phone', 'mobile']],
  [/regional office|region/, ['region', 'department']],
]

/** The name of the field, or null where nothing fits well enough. `taken` are not offered again. */
export function guessField(object: ObjectModel, header: string, samples: readonly string[], taken: ReadonlySet<string>): string | null {
  const plain = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[_\-./]+/g, ' ')
    .trim()
  const free = Object.values(object.fields).filter(
    (field) => field.may === 'write' && !field.system && !taken.has(field.name) && !never.has(field.type),
  )
  // A sheet of accounts calls the name of one simply “account”.
  if ([object.name, object.label.en, object.label.zh].some((name) => name.toLowerCase() === plain) && !taken.has(object.title))
    return object.title
  for (const [pattern, names] of habits) {
    const name = pattern.test(plain) ? names.find((one) => free.some((field) => field.name === one)) : undefined
    if (name !== undefined) return name
  }
  const days = samples.length > 0 && samples.every((sample) => /^\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?$/.test(sample.trim()))
  let best: Field | null = null
  let most = 0
  for (const field of free) {
    const score = commonWords(plain, field) + (days === (kindOf(field) === 'date' || kindOf(field) === 'dateTime') ? 0.4 : -1)
    if (score > most) {
      best = field
      most = score
    }
  }
  return best && most >= 1 ? best.name : null
}

const never = new Set(['formula', 'rollup', 'lines', 'file', 'files', 'image', 'json', 'place', 'autoNumber'])

/** Words with the same beginning of at least five letters; the whole of a short one. */
function commonWords(header: string, field: Field): number {
  const words = header.split(/\s+/).filter((word) => !/^(date|the|of|name)$/.test(word))
  const own = [field.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), field.label.en.toLowerCase()].join(' ').split(/\s+/)
  return words.filter((word) =>
    own.some((one) => one === word || (word.length >= 5 && one.length >= 5 && one.slice(0, 5) === word.slice(0, 5))),
  ).length
}

/** How the days of some samples are written; null where that is clear by itself or cannot be told. */
export function guessDateFormat(samples: readonly string[]): string | null {
  const parts = samples.flatMap((sample) => {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(sample.trim())
    return found ? [[Number(found[1]), Number(found[2])] as const] : []
  })
  if (parts.length === 0) return null
  const mark = samples.find((sample) => /^\d{1,2}[/.-]/.test(sample.trim()))?.match(/[/.-]/)?.[0] ?? '/'
  if (parts.some(([first]) => first > 12)) return `D${mark}M${mark}YYYY`
  return `M${mark}D${mark}YYYY`
}
