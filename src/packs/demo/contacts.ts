// The 640 people at the customers: the story's by name, the others as many as a customer of that size shows.
import { apportion, chance } from './chance.ts'
import type { Contact, Customer } from './customer.ts'
import { namesIn, positionsAbroad } from './foreign.ts'
import { personName, positions } from './persons.ts'
import type { DemoRecord } from './shape.ts'
import { mobileNumber } from './staff.ts'

export const contactTotal = 640
/** Customers in a pool of whom only the name is known. */
const nameless = 14

/** Gives every customer its people; the story's keep theirs. */
export function addContacts(customers: readonly Customer[]): void {
  const draw = chance('contacts')
  const bare = customers.filter(({ contacts }) => contacts.length === 0)
  const without = new Set(
    draw.some(
      bare.filter(({ pool, line }) => pool !== null && line !== 'trade'),
      nameless,
    ),
  )
  const filled = bare.filter((one) => !without.has(one))
  const known = customers.reduce((sum, { contacts }) => sum + contacts.length, 0)
  const extra = apportion(
    contactTotal - known - filled.length,
    filled.map(({ grade, key }) => (grade === 'A' ? 4 : grade === 'B' ? 1.5 : 0.5) * (key.length % 3 === 0 ? 1.2 : 0.9)),
  )
  const order = draw.shuffled(filled)
  order.forEach((one, i) => {
    const count = 1 + (extra[filled.indexOf(one)] as number)
    const names = new Set<string>()
    one.contacts = Array.from({ length: count }, (_, n): Contact => {
      for (;;) {
        const made = one.land ? abroad(one, n, (i + n) % 7) : atHome(one, n)
        if (names.has(made.name)) continue
        names.add(made.name)
        return made
      }
    })
  })
  let number = 101
  for (const { contacts, land } of customers)
    for (const contact of contacts) {
      if (land) contact.values.phone = `${land.phone} ${String(number++).padStart(4, '0')}`
      else contact.values.mobile = mobileNumber(number++)
    }

  function atHome(one: Customer, n: number): Contact {
    const [title, department, roles] = draw.weighted(positions.map(([a, b, c, weight]) => [[a, b, c] as const, weight] as const))
    const { name, pinyin, called } = personName(draw, title)
    return {
      key: `contact:${one.key.slice(8)}:${n + 1}`,
      name,
      called,
      values: {
        title,
        department,
        roles: [...roles],
        primary: n === 0,
        email: draw.percent(62) ? `${pinyin}@${one.domain}.example` : null,
        wechat: draw.percent(34) ? `${pinyin}_${one.domain}`.slice(0, 40) : null,
        left: n > 1 && draw.percent(12),
      },
    }
  }

  function abroad(one: Customer, n: number, at: number): Contact {
    const [title, roles] = positionsAbroad[(at + n) % positionsAbroad.length] as (typeof positionsAbroad)[number]
    const { language = 'en', timeZone } = one.land ?? {}
    const list = namesIn(language)
    const name = list[(at * 3 + n + draw.whole(0, list.length - 1)) % list.length] as string
    return {
      key: `contact:${one.key.slice(8)}:${n + 1}`,
      name,
      called: name.split(' ')[0] as string,
      values: {
        title,
        roles: [...roles],
        primary: n === 0,
        email: `${['info', 'sales', 'projects', 'office', 'orders'][n] ?? `desk${n}`}@${one.domain}.example`,
        language,
        timeZone,
      },
    }
  }
}

export const contactRecords = (customers: readonly Customer[]): DemoRecord[] =>
  customers.flatMap(({ key: account, contacts, createdAt, author }) =>
    contacts.map(({ key, name, values }) => ({ key, createdAt, createdBy: `user:${author}`, values: { name, account, ...values } })),
  )
