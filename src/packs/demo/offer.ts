// The catalog, the competitors and the tags as records; sections, departments, pools and exchange rates beside them.
import type { Days } from './days.ts'
import { competitors, rivalProducts, tags } from './market.ts'
import { catalog, products } from './products.ts'
import type { DemoBatch, DemoRecord } from './shape.ts'
import { departments, sections } from './staff.ts'

export function structureBatches(days: Days): DemoBatch[] {
  const founded = days.at(days.on(-3_200), '09:00')
  return [
    {
      object: 'section',
      records: sections.map(({ key, name, code }) => ({ key: `section:${key}`, createdAt: founded, values: { name, code } })),
    },
    {
      object: 'department',
      records: departments.map(({ key, name, code, above }, i) => ({
        key: `department:${key}`,
        createdAt: founded,
        values: { name, code, parent: above === null ? null : `department:${above}`, position: String(i + 1) },
      })),
    },
  ]
}

export const poolBatch = (days: Days): DemoBatch => ({
  object: 'pool',
  records: (
    [
      {
        key: 'pool:expo',
        name: '会展公海',
        code: 'expo',
        section: 'section:expo',
        roles: ['role:salesperson', 'role:sales_manager'],
        departments: ['department:expo'],
        claimsPerWeek: '10',
        ownedLimit: '60',
        viewsPerDay: '20',
        newAccountDays: '7',
        daysA: '60',
        daysB: '30',
        daysC: '30',
        warnDays: '7',
      },
      {
        key: 'pool:fair',
        name: '展后未跟进',
        code: 'fair',
        section: 'section:expo',
        roles: ['role:telemarketer', 'role:department_head'],
        departments: ['department:marketing'],
        claimsPerDay: '30',
        leadDays: '5',
        leadSources: ['tradeFair', 'exhibitionVisit'],
        warnDays: '0',
      },
      {
        key: 'pool:overseas',
        name: '海外公海',
        code: 'overseas',
        section: 'section:trade',
        roles: ['role:salesperson', 'role:sales_manager'],
        departments: ['department:trade'],
        claimsPerWeek: '8',
        ownedLimit: '50',
        viewsPerDay: '20',
        daysA: '45',
        daysB: '45',
        daysC: '45',
        warnDays: '7',
      },
    ] satisfies ({ key: string } & Record<string, unknown>)[]
  ).map(({ key, ...values }) => ({ key, createdAt: days.at(days.on(-900), '10:00'), createdBy: 'user:wenqiming', values })),
})

export function offerBatches(days: Days): DemoBatch[] {
  const at = days.at(days.on(-700), '10:00')
  const record = (key: string, values: Record<string, unknown>): DemoRecord => ({ key, createdAt: at, createdBy: 'user:wenqiming', values })
  return [
    {
      object: 'tag',
      records: tags.map(([key, name, group, definition, colour]) =>
        record(`tag:${key}`, { name, group, definition, colour, owner: 'user:chengruoxi', validFrom: days.day(-700) }),
      ),
    },
    {
      object: 'productCategory',
      records: catalog.map(({ key, name, code, above }, i) =>
        record(`productCategory:${key}`, {
          name,
          code,
          parent: above === null ? null : `productCategory:${above}`,
          position: String(i + 1),
        }),
      ),
    },
    { object: 'competitor', records: competitors.map(({ key, ...values }) => record(`competitor:${key}`, values)) },
    {
      object: 'competitorProduct',
      records: rivalProducts.map(([key, of, name, kind, currency, amount]) =>
        record(`competitorProduct:${key}`, { name, competitor: `competitor:${of}`, kind, price: { amount, currency } }),
      ),
    },
    {
      object: 'product',
      records: products.map(({ key, code, name, place: where, unit, price, least, specification, talk, note }) =>
        record(`product:${key}`, {
          name,
          code,
          category: catalog.find((one) => one.key === where.slice(0, 2))?.name,
          catalog: `productCategory:${where}`,
          unit,
          price,
          minimumQuantity: least ?? null,
          specification: specification ?? null,
          salesText: talk ?? null,
          description: note ?? null,
          competitors:
            key === 'BD-W'
              ? ['competitorProduct:bh-wood']
              : key === 'TR-LB1'
                ? ['competitorProduct:en-lightbox']
                : key === 'TR-RB8'
                  ? ['competitorProduct:rc-rollup']
                  : [],
        }),
      ),
    },
  ]
}

/** Rates of the four foreign currencies: each working day of the last ten weeks, the first one of each month before. */
export function rateBatch(days: Days): DemoBatch {
  const daily = days.worked.slice(-50)
  const monthly = days.worked.filter((day, i) => day < daily[0]! && day.slice(0, 7) !== days.worked[i - 1]?.slice(0, 7))
  const all = [days.worked[0]!, ...monthly.slice(1), ...daily, days.today]
  const base: [string, number, number, number][] = [
    ['USD', 7.12, 0.09, 4],
    ['EUR', 8.08, 0.22, 4],
    ['JPY', 0.0472, 0.0016, 6],
    ['AED', 1.9386, 0.0245, 4],
  ]
  return {
    object: 'exchangeRate',
    records: base.flatMap(([currency, middle, swing, digits], c) =>
      all.map((day, i) => ({
        key: `exchangeRate:${currency}:${day}`,
        createdAt: day === days.today ? days.earlier('08:05') : days.at(day, '08:05'),
        createdBy: 'user:gulnar',
        values: { currency, day, rate: (middle + swing * Math.sin((all.length - i) / 9 + c)).toFixed(digits) },
      })),
    ),
  }
}
