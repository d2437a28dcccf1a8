// What this pack refuses, why, and the way out.
import type { ProblemDefinition } from '../../model/problem.ts'
import { text } from '../../model/text.ts'

const refusal = (status: number, en: string, zh: string, cure?: [string, string]): ProblemDefinition => ({
  status,
  say: text(en, zh),
  ...(cure ? { cure: text(...cure) } : {}),
})

/** By the code that the answer carries. */
export const refusals = {
  alreadyClaimed: refusal(409, '{name} was just taken by {who} ({at}).', '{name} 刚被 {who} 领取（{at}）。', [
    'Choose another one.',
    '请选择其他客户。',
  ]),
  poolClosed: refusal(403, 'The pool “{pool}” of {name} is not open to you.', '{name} 所在的“{pool}”未向您开放。', [
    'Ask a manager to assign it.',
    '可请主管分配。',
  ]),
  claimLimit: refusal(
    409,
    'You may claim {limit} {period} from “{pool}”; {name} would be one more.',
    '“{pool}”{period}最多领取 {limit} 个，{name} 已超出。',
    ['Come back later, or ask a manager to assign it.', '请稍后再来，或请主管分配。'],
  ),
  ownedLimit: refusal(
    409,
    'You may own {limit} with “{pool}”; {name} would be one more.',
    '“{pool}”规定每人最多持有 {limit} 个，{name} 已超出。',
    ['Return one first.', '请先退回一个。'],
  ),
  noPool: refusal(409, 'There is no pool for the section of {name}.', '{name} 所属版块没有公海。', [
    'Name a pool, or ask an administrator to make one.',
    '请指定公海，或请管理员新建。',
  ]),
  notInPool: refusal(409, '{name} does not lie in a pool.', '{name} 不在公海中。'),
  nobodyToAssign: refusal(409, 'Nobody can take these.', '没有可分配的人员。', [
    'Name people who are active and not at their capacity.',
    '请选择在职且未达容量上限的人员。',
  ]),
  capacityReached: refusal(409, '{count} find no place: everybody is at capacity.', '有 {count} 条无法分配：人员已达容量上限。', [
    'Name more people, or raise a capacity.',
    '请增加人员或调整容量。',
  ]),
  notYourPeople: refusal(403, 'You may not assign to {who}.', '您无权分配给{who}。', [
    'Ask a manager of both.',
    '请由双方共同的主管分配。',
  ]),
  otherSection: refusal(403, '{who} does not work in the section of {name}.', '{who} 不属于 {name} 所在版块。', [
    'Only group marketing moves records between sections (CUS-40).',
    '跨版块调配仅限集团市场部门（CUS-40）。',
  ]),
  sharesDoNotAddUp: refusal(400, 'The shares come to {sum}, there are {count}.', '分配数合计 {sum}，实际 {count} 条。'),
  noRuleFits: refusal(409, 'No assignment rule fits {count} of these.', '有 {count} 条没有匹配的分配规则。', [
    'Add a rule, or assign by hand.',
    '请增加规则或手动分配。',
  ]),
  mergeItself: refusal(400, 'Name at least one other account to merge.', '请至少选择一个其他客户进行合并。'),
  customerTaken: refusal(409, '{company} looks like {other} of {owner}.', '“{company}”与{owner}的客户“{other}”疑似相同。', [
    'Name an account of your own, ask for a share, or report the conflict.',
    '可指定自己的客户、申请协作或报告撞单。',
  ]),
  customerInPool: refusal(409, '{company} is {other}, which lies in the pool “{pool}”.', '“{company}”即公海“{pool}”中的客户“{other}”。', [
    'Claim it first.',
    '请先领取该客户。',
  ]),
  alreadyConverted: refusal(409, '{name} has been converted already.', '{name} 已转化。'),
  conflictWithYourself: refusal(409, '{name} is your own account.', '{name} 就是您自己的客户。'),
  conflictOpen: refusal(409, 'A conflict about {name} is waiting for its judgement.', '{name} 已有待裁决的撞单。'),
  reasonNeeded: refusal(
    400,
    'The earlier record is that of {who}; deciding otherwise needs a reason.',
    '按时间先后应归 {who}，改判须填写理由。',
  ),
  oneOfBoth: refusal(400, 'The account goes to one of the two.', '只能判给双方之一。'),
  notAMember: refusal(409, 'There is nobody to add.', '没有可加入的对象。'),
} satisfies Record<string, ProblemDefinition>

export type RefusalCode = keyof typeof refusals
