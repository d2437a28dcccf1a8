// What 远岚 sells: stands and sponsorship, stand building, display systems abroad, each in its place of the catalog. And the two shows.

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

export const catalog = [
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

export const spring = { name: '江海智能仓储装备展', opens: 143, booths: 620, sold: 410, halls: 'H1–H3' }
export const autumn = { name: '澄湖宠物产业展', opened: -38, visitors: 14_870 }
