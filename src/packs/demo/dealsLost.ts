// What was lost, to whom and why: each reason at least once.
import { chance } from './chance.ts'
import type { Customer, Line } from './customer.ts'
import type { Days } from './days.ts'
import { counts, type Deal } from './deal.ts'
import { close } from './dealsEnded.ts'
import { offerOf } from './offers.ts'
import { sellersOf } from './sellers.ts'

const lossReasons = ['price', 'noBudget', 'competitor', 'timing', 'decisionMaker', 'delivery', 'noAnswer'] as const
const lossNotes: Record<(typeof lossReasons)[number], string> = {
  price: '对手低 8%，我方底价已到。',
  noBudget: '总部砍掉下半年市场费用。',
  competitor: '选了别的展，称同行都在那边。',
  timing: '与其新品发布排期冲突。',
  decisionMaker: '分管副总调离，新负责人暂不参展。',
  delivery: 'Delivery four weeks too late for their show.',
  noAnswer: '发方案后三次未回应。',
}

export function lostDeals(days: Days, line: Line, customers: readonly Customer[], by: ReadonlyMap<string, Customer>): Deal[] {
  const draw = chance(`lost ${line}`)
  const owners = sellersOf(line).flatMap(({ key }, s) => Array.from({ length: counts[line].lost[s] ?? 0 }, () => key))
  return owners.map((owner, i) => {
    const kaizuka = line === 'trade' && i === 0
    const reason = kaizuka
      ? 'delivery'
      : (lossReasons[(i + (line === 'trade' ? 5 : 0)) % lossReasons.length] as (typeof lossReasons)[number])
    const closeOn = kaizuka ? days.on(-31) : draw.pick(days.worked.filter((day) => day > days.day(-340) && day < days.working(-1)))
    const rival = kaizuka
      ? 'exponordic'
      : line === 'trade'
        ? draw.pick(['ruicheng', 'exponordic'])
        : line === 'stand'
          ? 'bohui'
          : 'hengzhan'
    const offer = kaizuka ? { what: 'パネルシステム 60 台', product: 'TR-PU3', amount: 1_058_400, currency: 'JPY' } : offerOf(draw, line)
    const deal = close(
      days,
      draw,
      customers,
      by,
      { line, owner, closeOn, ...(kaizuka ? { customer: 'account:kaizuka' } : {}) },
      offer,
      'lost',
    )
    const named = reason === 'competitor' || reason === 'price' || reason === 'delivery'
    Object.assign(deal.values, {
      lostReason: reason,
      lostNote: kaizuka
        ? `ExpoNordic は大阪に在庫あり、四日で納品。当社は五週間。次回展示会は ${days.day(120)} 頃の見込み。`
        : reason === 'delivery' && line !== 'trade'
          ? '交期赶不上开展日。'
          : lossNotes[reason],
      competitor: named ? `competitor:${rival}` : null,
      competitors: named ? [`competitor:${rival}`] : [],
    })
    return deal
  })
}
