// Opportunities written down, and the moves through their stages as history keeps them.
import { pipelines } from '../crm/pipelines.ts'
import { chance } from './chance.ts'
import { type Days, dayOf } from './days.ts'
import { type Deal, pipelineOf } from './deal.ts'
import { competitorKeys } from './market.ts'
import type { DemoChange, DemoRecord } from './shape.ts'

export function dealRecords(days: Days, deals: readonly Deal[]): DemoRecord[] {
  const draw = chance('deal fields')
  const year = days.today.slice(2, 4)
  return deals.map((deal, i): DemoRecord => {
    const { customer, line, amount, product, createdAt, closeOn, stageSince, values } = deal
    const rival = competitorKeys[line === 'trade' ? 2 + (i % 2) : line === 'stand' ? 1 : 0]
    return {
      key: deal.key,
      createdAt,
      createdBy: `user:${deal.owner}`,
      values: {
        name: deal.name,
        code: `SJ${year}-${String(i + 1).padStart(4, '0')}`,
        account: customer.key,
        contact: customer.contacts[0]?.key ?? null,
        pipeline: pipelineOf[line],
        stage: deal.stage,
        stageSince,
        amount,
        engagedOn: dayOf(createdAt),
        closeOn,
        owner: `user:${deal.owner}`,
        section: `section:${line === 'trade' ? 'trade' : 'expo'}`,
        product: `product:${product}`,
        source: draw.pick(
          line === 'trade'
            ? ['inquiryMail', 'tradeFair', 'webForm', 'referral']
            : ['tradeFair', 'pastExhibitor', 'telemarketing', 'webForm', 'association', 'referral', 'hotline'],
        ),
        competitors: deal.outcome !== 'lost' && draw.percent(22) ? [`competitor:${rival}`] : [],
        ...values,
      },
    }
  })
}

/** Each move takes the stage's chance along; the last one of a deal that ended also its outcome. */
export function dealChanges(deals: readonly Deal[]): DemoChange[] {
  return deals.flatMap(({ key, owner, line, moves, outcome }) => {
    const stages = pipelines[pipelineOf[line]]?.stages ?? []
    return moves.map(({ at, from }, i): DemoChange => {
      const ended = outcome !== 'open' && i === moves.length - 1
      return {
        object: 'opportunity',
        key,
        at,
        by: `user:${owner}`,
        kind: 'update',
        source: 'action:opportunity.moveStage',
        before: {
          stage: from,
          probability: stages.find(({ name }) => name === from)?.probability ?? null,
          ...(ended ? { outcome: 'open' } : {}),
        },
      }
    })
  })
}
