// What 远岚 sells, against whom, and by which words customers are sorted: catalog, products, competitors, tags, pools.
import type { Days } from './days.ts'
import type { DemoBatch, DemoRecord } from './shape.ts'
import { departments, sections } from './staff.ts'

const cny = (amount: string) => ({ amount, currency: 'CNY' })
const usd = (amount: string) => ({ amount, currency: 'USD' })

export interface Product {
  key: string
  code: string
  name: string
  place: string
  unit: string
  price: { amount: string; currency: string }
  least?: string
  specification?: string
  talk?: string
  note?: string
}

const place = [
  { key: 'EX', name: '展位', code: 'EX', above: null },
  { key: 'EX-S', name: '展位与场地', code: 'EX-S', above: 'EX' },
  { key: 'EX-P', name: '赞助与广告', code: 'EX-P', above: 'EX' },
  { key: 'BD', name: '搭建', code: 'BD', above: null },
  { key: 'BD-S', name: '特装', code: 'BD-S', above: 'BD' },
  { key: 'BD-R', name: '租赁与套餐', code: 'BD-R', above: 'BD' },
  { key: 'TR', name: '贸易', code: 'TR', above: null },
  { key: 'TR-D', name: 'Display systems', code: 'TR-D', above: 'TR' },
  { key: 'TR-A', name: 'Parts and accessories', code: 'TR-A', above: 'TR' },
]

export const products: readonly Product[] = [
  {
    key: 'EX-B9',
    code: 'EX-B9',
    name: '标展 9㎡',
    place: 'EX-S',
    unit: '个',
    price: cny('12800'),
    specification: '3 × 3 m，楣板、一桌两椅、射灯两支、220 V 插座',
  },
  {
    key: 'EX-C9',
    code: 'EX-C9',
    name: '双开口标展',
    place: 'EX-S',
    unit: '个',
    price: cny('14080'),
    specification: '3 × 3 m，两面开口，标展价加一成',
  },
  {
    key: 'EX-R36',
    code: 'EX-R36',
    name: '光地',
    place: 'EX-S',
    unit: '㎡',
    price: cny('1280'),
    least: '36',
    specification: '36㎡ 起租，不含搭建与电箱',
  },
  { key: 'EX-AD1', code: 'EX-AD1', name: '会刊彩页', place: 'EX-P', unit: '页', price: cny('8000'), specification: '210 × 285 mm，四色' },
  {
    key: 'EX-FR',
    code: 'EX-FR',
    name: '论坛演讲席',
    place: 'EX-P',
    unit: '席',
    price: cny('20000'),
    specification: '20 分钟，含会场与速记',
  },
  { key: 'EX-TK', code: 'EX-TK', name: '门票广告', place: 'EX-P', unit: '万张', price: cny('15000'), specification: '门票背面整版' },
  {
    key: 'BD-W',
    code: 'BD-W',
    name: '木结构特装',
    place: 'BD-S',
    unit: '㎡',
    price: cny('1150'),
    talk: '一次设计两次修改，验收后付尾款。',
  },
  { key: 'BD-T', code: 'BD-T', name: '桁架特装', place: 'BD-S', unit: '㎡', price: cny('680') },
  { key: 'BD-AV', code: 'BD-AV', name: 'LED 屏租赁', place: 'BD-R', unit: '㎡·天', price: cny('420'), specification: 'P2.5，含播控与值守' },
  {
    key: 'BD-FU',
    code: 'BD-FU',
    name: '家具包',
    place: 'BD-R',
    unit: '套',
    price: cny('1600'),
    specification: '洽谈桌一、椅四、资料架一、吧台一',
  },
  {
    key: 'BD-SET',
    code: 'BD-SET',
    name: '快装套餐',
    place: 'BD-R',
    unit: '套',
    price: cny('28600'),
    specification: '套装：BD-T 桁架特装 36㎡ + BD-AV LED 屏 6㎡·天 + BD-FU 家具包 1 套',
    talk: '36㎡ 光地一口价，七天进场。',
  },
  {
    key: 'TR-PU3',
    code: 'TR-PU3',
    name: 'Pop-up wall 3×3',
    place: 'TR-D',
    unit: 'pcs',
    price: usd('112.00'),
    least: '20',
    specification: '3 × 3 fields, tension fabric, curved or straight',
    note: 'FOB Ningbo · MOQ 20 · carton 92 × 38 × 38 cm, 2 pcs, 21.5 kg · HS 9403.20',
  },
  {
    key: 'TR-LB1',
    code: 'TR-LB1',
    name: 'SEG light box 1×2 m',
    place: 'TR-D',
    unit: 'pcs',
    price: usd('86.50'),
    least: '30',
    specification: 'Double-sided, 85 mm frame, LED edge lit',
    note: 'FOB Ningbo · MOQ 30 · carton 108 × 32 × 22 cm, 1 pc, 14.8 kg · HS 9405.61',
  },
  {
    key: 'TR-RB8',
    code: 'TR-RB8',
    name: 'Roll-up 85×200',
    place: 'TR-D',
    unit: 'pcs',
    price: usd('9.80'),
    least: '200',
    specification: 'Aluminium base, 85 × 200 cm graphic',
    note: 'FOB Ningbo · MOQ 200 · carton 92 × 26 × 26 cm, 6 pcs, 17.0 kg · HS 7616.99',
  },
  {
    key: 'TR-AL',
    code: 'TR-AL',
    name: 'Aluminium profile 3 m',
    place: 'TR-A',
    unit: 'pcs',
    price: usd('14.20'),
    least: '300',
    specification: '40 × 40 mm, 8 slots, anodised',
    note: 'FOB Ningbo · MOQ 300 · bundle 302 × 24 × 16 cm, 12 pcs, 26.4 kg · HS 7604.29',
  },
  {
    key: 'TR-BAG',
    code: 'TR-BAG',
    name: 'Carry case',
    place: 'TR-A',
    unit: 'pcs',
    price: usd('6.40'),
    least: '200',
    specification: 'Oxford cloth, padded, for roll-up and pop-up',
    note: 'FOB Ningbo · MOQ 200 · carton 96 × 40 × 30 cm, 20 pcs, 15.2 kg · HS 4202.92',
  },
]
export const productByKey: ReadonlyMap<string, Product> = new Map(products.map((one) => [one.key, one]))

const competitors = [
  {
    key: 'hengzhan',
    name: '恒展联合',
    legalName: '恒展联合会展（演示）集团有限公司',
    businesses: ['exhibition'],
    ownership: 'stateOwned',
    employees: '320',
    rank: '1',
    leading: true,
    strengths: '主场馆关系深，档期优先；政府补贴项目多。',
    weaknesses: '服务慢，客户换人频繁，展位价格不透明。',
    strategy: '以大展带小展，捆绑销售全年展位。',
  },
  {
    key: 'bohui',
    name: '博汇特装',
    legalName: '博汇特装展示工程（演示）有限公司',
    businesses: ['standBuilding'],
    ownership: 'private',
    employees: '140',
    rank: '3',
    strengths: '自有工厂，木结构报价低 8%。',
    weaknesses: '设计弱，现场返工多。',
    strategy: '低价进场，后期增项。',
  },
  {
    key: 'ruicheng',
    name: '锐程展架',
    legalName: '锐程展架（演示）有限公司',
    businesses: ['trade', 'manufacturing'],
    ownership: 'private',
    employees: '85',
    rank: '5',
    strengths: '铝型材自产，起订量低。',
    weaknesses: '外贸团队小，英文资料不全。',
    strategy: '跟随定价，低我方 3%–5%。',
  },
  {
    key: 'exponordic',
    name: 'ExpoNordic Systems',
    legalName: 'ExpoNordic Systems AB (demo)',
    businesses: ['trade', 'manufacturing'],
    ownership: 'foreign',
    employees: '210',
    rank: '2',
    leading: true,
    strengths: 'Stock in Rotterdam and Osaka, four days to the customer.',
    weaknesses: 'About 22 % dearer, no custom sizes.',
    strategy: 'Sells speed, bundles print.',
  },
]
export const competitorKeys = competitors.map(({ key }) => key)

const rivals: [string, string, string, string, string, string][] = [
  ['hz-booth', 'hengzhan', '华东智能物流展展位', '展会', 'CNY', '13600'],
  ['bh-wood', 'bohui', '木结构特装', '搭建', 'CNY', '1060'],
  ['rc-rollup', 'ruicheng', '易拉宝 85×200', '展架', 'CNY', '68'],
  ['en-lightbox', 'exponordic', 'NordLight frame 100×200', 'Light box', 'EUR', '109'],
]

/** Tag, group, what it means, colour. */
const tags: [string, string, string, string, string][] = [
  ['leader', '行业龙头', 'behaviour', '细分行业前十，带动同行参展', 'cinnabar'],
  ['everyYear', '年年参展', 'behaviour', '连续三届及以上', 'bamboo'],
  ['onlyLooks', '只看不买', 'behaviour', '两届观展未参展', 'stone'],
  ['paysLate', '付款拖延', 'behaviour', '回款逾期两次及以上', 'orange'],
  ['invoiceFirst', '要发票先行', 'behaviour', '先开票后付款', 'ochre'],
  ['corner', '双开口偏好', 'product', '优先推荐角位', 'teal'],
  ['sampleSent', '样品已寄', 'marketing', '样品寄出后两周内跟进', 'indigo'],
  ['vip', 'VIP 观众', 'marketing', '邀请为特邀买家', 'plum'],
]
export const tagKeys = tags.map(([key]) => key)

export const spring = { name: '江海智能仓储装备展', opens: 143, booths: 620, sold: 410, halls: 'H1–H3' }
export const autumn = { name: '澄湖宠物产业展', opened: -38, visitors: 14_870 }

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
      records: place.map(({ key, name, code, above }, i) =>
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
      records: rivals.map(([key, of, name, kind, currency, amount]) =>
        record(`competitorProduct:${key}`, { name, competitor: `competitor:${of}`, kind, price: { amount, currency } }),
      ),
    },
    {
      object: 'product',
      records: products.map(({ key, code, name, place: where, unit, price, least, specification, talk, note }) =>
        record(`product:${key}`, {
          name,
          code,
          category: place.find((one) => one.key === where.slice(0, 2))?.name,
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
        createdBy: 'user:gulinaer',
        values: { currency, day, rate: (middle + swing * Math.sin((all.length - i) / 9 + c)).toFixed(digits) },
      })),
    ),
  }
}
