// The 40 files of the demo: floor plans, stands, products, papers, and what was imported. All are drawn or written by code.
import type { Days } from './days.ts'
import type { Deal } from './deal.ts'
import { pdf, poster } from './drawing/paper.ts'
import { businessCard, hallPlan, productPicture, stand, technicalPlan } from './drawing/pictures.ts'
import { spring } from './products.ts'
import type { DemoFile, DemoFill } from './shape.ts'

/** Beside those of imports. */
export const drawnFiles = 37

export interface Files {
  files: DemoFile[]
  /** Fields that name files. */
  fills: DemoFill[]
}

export function filesOf(days: Days, deals: readonly Deal[]): Files {
  const files: DemoFile[] = []
  const fills: DemoFill[] = []
  const keep = (key: string, name: string, bytes: Uint8Array, n: number, by: string, record?: string): string => {
    const type = name.endsWith('.png') ? 'image/png' : name.endsWith('.pdf') ? 'application/pdf' : 'image/svg+xml'
    files.push({
      key: `file:${key}`,
      name,
      type,
      bytes,
      at: days.at(days.on(n), '17:30'),
      by: `user:${by}`,
      ...(record === undefined ? {} : { object: record.split(':')[0] as string, record }),
    })
    return `file:${key}`
  }
  const dealOf = (account: string, outcome = 'open'): string =>
    (deals.find(({ customer, outcome: how }) => customer.key === account && how === outcome) as Deal).key
  const year = days.day(spring.opens).slice(0, 4)

  keep('hengyu-front', '去年54㎡角位-正面.png', stand('sky', 'indigo', 54), -216, 'linyifan', 'account:hengyu')
  keep('hengyu-side', '去年54㎡角位-侧面.png', stand('sand', 'indigo', 54), -216, 'linyifan', 'account:hengyu')
  keep('hengyu-power', '去年电箱与吊点图.png', technicalPlan(9, 6), -38, 'linyifan', 'account:hengyu')
  keep('hengyu-new', `${year}春季展336㎡效果图V2.png`, stand('mint', 'teal', 336), -9, 'tangzhixia', 'account:hengyu')
  keep(
    'hengyu-quote',
    '报价单-恒屿集团-336㎡.pdf',
    pdf('报价单 恒屿集团 春季展 336㎡', [
      '木结构特装 336㎡ × 1,150 = 386,400.00 元',
      '含吊顶、灯光、结构计算书；不含 LED 屏与电箱',
      '付款：五成预付、三成进场、两成验收',
      '有效期 30 天',
    ]),
    -6,
    'hejiahe',
    'account:hengyu',
  )
  fills.push({
    object: 'campaign',
    key: 'campaign:spring',
    values: {
      material: [
        keep('hall-1', `${year}春季展-H1展位图.png`, hallPlan('H1', 78, ['112', '113', '139']), -60, 'wanshu'),
        keep('hall-2', `${year}春季展-H2展位图.png`, hallPlan('H2', 66, ['204']), -60, 'wanshu'),
        keep('hall-3', `${year}春季展-H3展位图.png`, hallPlan('H3', 52, []), -60, 'wanshu'),
        keep(
          'brochure',
          '江海展招展书.pdf',
          pdf(`${spring.name} ${year} 春季 招展书`, [
            `展馆：${spring.halls}，展位 ${spring.booths} 个，已售 ${spring.sold} 个`,
            '标展 9㎡ 12,800 元；双开口 14,080 元；光地 1,280 元/㎡（36㎡ 起）',
            '会刊彩页 8,000 元；论坛演讲席 20,000 元；门票广告 15,000 元/万张',
            '专区：叉车与搬运、货架、自动化、机器人、冷链、供应链软件',
          ]),
          -150,
          'wanshu',
        ),
        keep(
          'poster',
          '春季展海报.svg',
          poster(`${spring.name} ${year}`, [`${spring.booths} 个展位 · ${spring.halls}`, '叉车 货架 机器人 冷链', '早鸟价截止在即']),
          -120,
          'xiazhiheng',
        ),
      ],
    },
  })
  fills.push({
    object: 'campaign',
    key: 'campaign:directory',
    values: {
      material: [
        keep(
          'script',
          '外呼话术.pdf',
          pdf('仓储名录电话拓展 话术', [
            '开场：您好，我是远岚会展的……',
            '三问：今年参展吗？谁负责？什么时候定？',
            '被拒：问原因，记下来，不争辩',
            '有意向：当天转负责业务员',
          ]),
          -9,
          'chengruoxi',
        ),
      ],
    },
  })
  for (const code of ['EX-B9', 'EX-C9', 'BD-W', 'BD-T', 'BD-SET', 'TR-PU3', 'TR-LB1', 'TR-RB8'])
    fills.push({
      object: 'product',
      key: `product:${code}`,
      values: {
        picture: keep(`product-${code}`, `${code}.png`, productPicture(code), -400, 'wenqiming'),
        ...(code === 'TR-LB1'
          ? {
              documents: [
                keep(
                  'ce',
                  'TR-LB1-CE-declaration.pdf',
                  pdf('EU declaration of conformity (demo)', [
                    'Product: SEG light box 1×2 m, TR-LB1',
                    'This is a demonstration paper without effect.',
                  ]),
                  -380,
                  'xuening',
                ),
              ],
            }
          : {}),
      },
    })
  const quote = (key: string, account: string, name: string, head: string, lines: string[], n: number, by: string) =>
    keep(key, name, pdf(head, lines), n, by, dealOf(account))
  quote(
    'hengyue-quote',
    'account:hengyue',
    '报价单-衡岳-6个双开口.pdf',
    '报价单 无锡衡岳智能装备有限公司',
    ['双开口标展 6 个 × 14,080 = 84,480.00 元', '位置：H1 连排', '客户要求再让 12%（10,137.60 元），待批'],
    -20,
    'hejiahe',
  )
  quote(
    'nordlicht-quote',
    'account:nordlicht',
    'Quotation-1.2-Nordlicht.pdf',
    'Quotation 1.2 (outdated) Nordlicht Messebau GmbH',
    ['40 SEG light boxes 1x2 m, FOB Ningbo', 'EUR 79.50 each, EUR 3,180.00', 'Replaced by 1.3 because of a new factory price'],
    -8,
    'ouyangche',
  )
  keep(
    'rawasi-order',
    'Order-Al-Rawasi-240.pdf',
    pdf('Order confirmation Al Rawasi Exhibition Services LLC', [
      '240 roll-ups 85x200, USD 9.80 each, USD 2,352.00',
      'Deposit 30 %: USD 705.60',
      'Friday is a half day in Dubai',
    ]),
    -21,
    'ouyangche',
    dealOf('account:rawasi', 'won'),
  )
  keep(
    'kaizuka-offer',
    '見積書-貝塚ディスプレイ.pdf',
    pdf('見積書 貝塚ディスプレイ株式会社', ['パネルシステム 60 台', 'JPY 1,058,400', '納期 五週間']),
    -45,
    'ouyangche',
    dealOf('account:kaizuka', 'lost'),
  )
  keep('lingyao-plan', '凌垚-候选位置.png', hallPlan('H1', 78, ['121', '122']), -7, 'hejiahe', dealOf('account:lingyao'))
  fills.push({
    object: 'opportunity',
    key: dealOf('account:hengyu'),
    values: {
      tenderDocuments: [
        keep(
          'tender',
          '恒屿春季展主展台招标文件.pdf',
          pdf('恒屿集团 春季展主展台 招标文件（演示）', [
            '面积 336㎡，双开口，限高 6 米',
            '投标须附效果图、结构计算书、报价明细',
            '评标：设计 50、报价 30、服务 20',
          ]),
          -30,
          'hejiahe',
        ),
      ],
    },
  })
  const stands = deals.filter(({ line, outcome, customer }) => line === 'stand' && outcome === 'open' && !customer.story).slice(0, 4)
  stands.forEach((deal, i) =>
    keep(
      `render-${i + 1}`,
      `效果图V${i + 1}.png`,
      stand(
        (['sand', 'mint', 'rose', 'sky'] as const)[i] ?? 'sand',
        (['seal', 'bamboo', 'plum', 'ochre'] as const)[i] ?? 'seal',
        48 + i * 24,
      ),
      -4 - i * 3,
      'bailuning',
      deal.key,
    ),
  )
  keep(
    'luming-contract',
    '鹿鸣-参展合同（演示）.pdf',
    pdf('参展合同（演示）长沙鹿鸣宠物食品集团', ['双开口标展 12 个，168,960.00 元', '上届尾款 64,000.00 元，逾期']),
    -44,
    'xumuyang',
    'account:luming',
  )
  keep('tuolan-plan', '拓岚-H2主通道108㎡.png', hallPlan('H2', 66, ['213', '214', '215']), -8, 'hejiahe', 'account:tuolan')
  keep(
    'alliance-letter',
    '联合招展函.pdf',
    pdf('关于联合组织会员单位参展的函（演示）', ['各会员单位：', '现组织参加江海智能仓储装备展春季展，名单请于月底前回复。']),
    -24,
    'fangchuning',
    'account:alliance',
  )
  keep('wunainai-receipt', '吴奶奶的猫-收据.png', businessCard('12800.00'), -74, 'suminxing', 'account:wunainai')
  keep('boyuan-plan', '冷链专区位置.png', hallPlan('H3', 52, ['307', '308']), -34, 'hejiahe', 'account:boyuan')
  keep('card-1', '名片-1.png', businessCard('139 0000 1201'), -36, 'wanshu', 'lead:1')
  keep('card-2', '名片-2.png', businessCard('139 0000 1202'), -36, 'gongxing', 'lead:2')
  return { files, fills }
}
