// Against whom one sells, and the tags by which customers are told apart.

export const competitors = [
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

export const rivalProducts: [string, string, string, string, string, string][] = [
  ['hz-booth', 'hengzhan', '华东智能物流展展位', '展会', 'CNY', '13600'],
  ['bh-wood', 'bohui', '木结构特装', '搭建', 'CNY', '1060'],
  ['rc-rollup', 'ruicheng', '易拉宝 85×200', '展架', 'CNY', '68'],
  ['en-lightbox', 'exponordic', 'NordLight frame 100×200', 'Light box', 'EUR', '109'],
]

/** Tag, group, what it means, colour. */
export const tags: [string, string, string, string, string][] = [
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
