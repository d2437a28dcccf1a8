// The 420 customers written down: what a seller would have filled in, with the blanks that real lists have.
import { addDays } from '../../model/day.ts'
import { type Chance, chance } from './chance.ts'
import { type Customer, sectionOf } from './customer.ts'
import type { Days } from './days.ts'
import type { Deal } from './deal.ts'
import { grouped } from './followUps.ts'
import { tagKeys } from './market.ts'
import { streets } from './names.ts'
import type { DemoChange, DemoFill, DemoRecord } from './shape.ts'

export interface Written {
  records: DemoRecord[]
  fills: DemoFill[]
  changes: DemoChange[]
}

/** Records in the order of their codes, parents before their subsidiaries; days that the door dates by itself come as fills. */
export function writeAccounts(days: Days, customers: readonly Customer[], deals: readonly Deal[]): Written {
  const draw = chance('account fields')
  const dealsOf = grouped(deals, ({ customer }) => customer.key)
  const records: DemoRecord[] = []
  const fills: DemoFill[] = []
  const changes: DemoChange[] = []
  customers.forEach((one, i) => {
    const { stage, moves } = development(days, draw, one, dealsOf.get(one.key) ?? [])
    records.push({
      key: one.key,
      createdAt: one.createdAt,
      createdBy: `user:${one.author}`,
      values: {
        name: one.name,
        code: `KH${String(i + 1).padStart(4, '0')}`,
        grade: one.grade,
        stage,
        stageSince: moves.at(-1)?.at ?? one.createdAt,
        ...profile(draw, one, dealsOf.get(one.key) ?? [], i),
        owner: one.owner === null ? null : `user:${one.owner}`,
        section: `section:${sectionOf(one)}`,
        pool: one.pool === null ? null : `pool:${one.pool.key}`,
        poolReason: one.pool?.reason ?? null,
        formerOwner: one.formerOwner === null ? null : `user:${one.formerOwner}`,
        protectedUntil: one.protectedUntil,
        keptFromPool: one.kept,
        contractEndedOn: one.contractEndsOn,
        ...one.values,
      },
    })
    const late = datedFields(days, one)
    if (Object.keys(late).length > 0) fills.push({ object: 'account', key: one.key, values: late })
    changes.push(
      ...moves.map(
        ({ at, from }): DemoChange => ({
          object: 'account',
          key: one.key,
          at,
          by: `user:${atThatTime(one, at)}`,
          kind: 'update',
          before: { stage: from },
        }),
      ),
      ...ownerChanges(days, one),
    )
  })
  return { records, fills, changes }
}

/** What the door would date with the moment of loading. */
function datedFields(days: Days, one: Customer): Record<string, unknown> {
  return {
    ...(one.assignedAt === null ? {} : { assignedAt: one.assignedAt }),
    ...(one.claimedAt === null ? {} : { claimedAt: one.claimedAt, claimedFrom: `pool:${one.line === 'trade' ? 'overseas' : 'expo'}` }),
    ...(one.pool === null ? {} : { pooledAt: pooledAt(days, one) }),
    ...(one.fallsOn === null ? {} : { poolWarnedOn: addDays(one.fallsOn, -7) }),
    ...(one.key === 'account:boyuan' ? { claimedAt: raceAt(days), claimedFrom: 'pool:expo' } : {}),
  }
}

/** By night when it fell, by day when somebody gave it back. */
export const pooledAt = (days: Days, { pool, key }: Customer): string => {
  if (pool === null) throw new Error(`${key} lies in no pool`)
  return pool.returned ? days.at(pool.on, '16:35') : days.at(pool.on, '02:00', 4)
}
/** The second at which two people claimed 泊远. */
export const raceAt = (days: Days): string => days.at(days.on(-34), '14:02', 11)

const later = (a: string, b: string): string => (a > b ? a : b)
const atThatTime = (one: Customer, at: string): string =>
  one.owner === null || (one.assignedAt !== null && at < one.assignedAt) ? (one.formerOwner as string) : one.owner

/** How far it has come, by its deals, and when it moved. */
function development(
  days: Days,
  draw: Chance,
  one: Customer,
  deals: readonly Deal[],
): { stage: string; moves: { at: string; from: string }[] } {
  const wins = deals.filter(({ outcome }) => outcome === 'won').map(({ stageSince }) => stageSince)
  const late = ['attracted', 'decided', 'quoted', 'signing', 'quotation', 'negotiation']
  const open = deals.filter(({ outcome }) => outcome === 'open')
  const stage =
    one.stage ??
    (wins.length > 1
      ? 'developed'
      : wins.length === 1
        ? 'signed'
        : open.some((deal) => late.includes(deal.stage))
          ? 'prospective'
          : open.length > 0
            ? 'intent'
            : one.line === 'stand' && draw.percent(9)
              ? 'partner'
              : draw.percent(30)
                ? 'intent'
                : 'potential')
  const path = ['potential', 'intent', 'prospective', 'signed', 'developed']
  const steps = stage === 'partner' ? ['potential', 'partner'] : path.slice(0, path.indexOf(stage) + 1)
  const end = one.lastOn === null || one.lastOn === one.createdOn ? one.createdAt : days.at(one.lastOn, '18:00')
  const first = Date.parse(one.createdAt)
  const span = Math.max(0, Math.min(Date.parse(end), Date.parse(days.at(days.working(-3), '18:00'))) - first)
  const last = wins.sort()[wins.length > 1 ? 1 : 0]
  return {
    stage,
    moves: steps
      .slice(1)
      .map((to, i, all) => ({
        from: steps[i] as string,
        at:
          (to === 'signed' || to === 'developed') && last !== undefined && i === all.length - 1
            ? last
            : later(days.atWork(new Date(first + (span * (i + 1)) / (all.length + 1)).toISOString()), one.createdAt),
      }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
  }
}

/** What history shows of a change of hands. */
function ownerChanges(days: Days, one: Customer): DemoChange[] {
  const entry = (at: string, by: string | null, source: string, before: Record<string, unknown>): DemoChange => ({
    object: 'account',
    key: one.key,
    at,
    by,
    kind: 'update',
    source,
    before,
  })
  const former = one.formerOwner === null ? null : `user:${one.formerOwner}`
  if (one.pool !== null)
    return [
      entry(pooledAt(days, one), one.pool.returned ? former : null, one.pool.returned ? 'action:account.release' : 'clock:pool.fallBack', {
        owner: former,
        pool: null,
        pooledAt: null,
        poolReason: null,
        formerOwner: null,
      }),
    ]
  if (one.claimedAt !== null)
    return [
      entry(one.claimedAt, `user:${one.owner}`, 'action:account.claim', {
        owner: null,
        pool: `pool:${one.line === 'trade' ? 'overseas' : 'expo'}`,
        claimedAt: null,
        claimedFrom: null,
      }),
    ]
  return one.assignedAt === null
    ? []
    : [entry(one.assignedAt, 'user:luchengyu', 'action:user.handOver', { owner: former, formerOwner: null })]
}

const expoSources: readonly (readonly [string, number])[] = [
  ['tradeFair', 22],
  ['pastExhibitor', 16],
  ['telemarketing', 18],
  ['webForm', 12],
  ['association', 10],
  ['referral', 10],
  ['hotline', 7],
  ['exhibitionVisit', 5],
]
const tradeSources: readonly (readonly [string, number])[] = [
  ['inquiryMail', 50],
  ['tradeFair', 26],
  ['webForm', 14],
  ['referral', 10],
]

function profile(draw: Chance, one: Customer, deals: readonly Deal[], i: number): Record<string, unknown> {
  const won = deals.filter(({ outcome }) => outcome === 'won').length
  const foreign = one.land
  return {
    industry: one.industry,
    source: draw.weighted(one.line === 'trade' ? tradeSources : expoSources),
    customerKind: won > 1 ? 'returning' : draw.percent(12) ? null : 'new',
    gold: one.grade === 'A' && won > 1,
    tags: won > 2 ? ['tag:everyYear'] : draw.percent(28) ? [`tag:${draw.pick(tagKeys)}`] : [],
    website: draw.percent(58) ? `https://www.${one.domain}.example` : null,
    email: draw.percent(44) ? `info@${one.domain}.example` : null,
    employees: draw.percent(64) ? String(draw.whole(2, one.grade === 'A' ? 90 : 30) * 10) : null,
    establishedIn: draw.percent(40) ? String(draw.whole(1992, 2021)) : null,
    creditworthiness: won > 0 ? draw.pick(['excellent', 'good', 'good', 'fair']) : null,
    need: draw.percent(26) ? needOf(draw, one) : null,
    ...(foreign
      ? {
          country: foreign.country,
          region: foreign.region,
          language: foreign.language,
          timeZone: foreign.timeZone,
          currency: foreign.currency,
          phone: `${foreign.phone} ${String(9_000 + i)}`,
          address: { country: foreign.country, city: foreign.city },
        }
      : atHome(draw, one, won, i)),
  }
}

function atHome(draw: Chance, one: Customer, won: number, i: number): Record<string, unknown> {
  const { city } = one
  if (!city) return {}
  const street = `${draw.pick(streets)} ${draw.whole(6, 980)} 号`
  const taxed = won > 0 || draw.percent(30)
  return {
    country: '中国',
    region: city.region,
    // Local numbers never begin with 0, so these are nobody's.
    phone: draw.percent(78) ? `${city.areaCode}-0900${1_000 + i}` : null,
    address: draw.percent(72)
      ? { country: '中国', province: city.province, city: `${city.name}市`, district: draw.pick(city.districts), street }
      : { country: '中国', province: city.province, city: `${city.name}市` },
    ...(taxed ? { taxNumber: taxNumber(i) } : {}),
    ...(won > 0
      ? {
          invoiceTitle: `${one.name}（演示）`,
          bankName: `演示银行${city.name}分行`,
          bankAccount: `6222 0000 ${String(i).padStart(4, '0')} 0000（演示）`,
          invoiceAddress: `${city.name}市${street}`,
        }
      : {}),
  }
}

const expoNeeds = [
  '想要主通道角位',
  '预算十万以内',
  '带新品首发，要论坛席',
  '只要标展，靠近仓储专区',
  '与经销商联合参展',
  '要求同馆无直接对手',
]
const standNeeds = ['全年三场展，统一风格', '展台可重复使用', '要 LED 大屏与直播间', '进场只有一天']
const tradeNeeds = ['Wants stock in Europe', 'Own branding on the bags', 'Monthly mixed container', 'CE and fire papers with each lot']
const needOf = (draw: Chance, { line }: Customer): string =>
  draw.pick(line === 'trade' ? tradeNeeds : line === 'stand' ? standNeeds : expoNeeds)

const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** A number in the form of a credit code (GB 32100) whose last sign is wrong on purpose, and which says that it is a demonstration. */
export function taxNumber(i: number): string {
  const body = `91310000MA00${String(i).padStart(4, '0')}X`
  const sum = [...body].reduce((all, sign, at) => all + letters.indexOf(sign) * (3 ** at % 31), 0)
  return `${body}${letters[(31 - (sum % 31) + 1) % 31] as string}（演示）`
}
