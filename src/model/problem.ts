// Errors are values of one catalogue: a code, a status, what happened and the way out, in both languages.
import { type Text, text } from './text.ts'

export interface ProblemDefinition {
  status: number
  say: Text
  cure?: Text
}

const catalogue = <T extends Record<string, ProblemDefinition>>(rows: T): T => rows

export const problems = catalogue({
  // who
  signInRequired: { status: 401, say: text('Please sign in.', '请先登录。') },
  signInFailed: {
    status: 401,
    say: text('The account or the password is not right.', '账号或密码不正确。'),
    cure: text('Check both, or ask an administrator for a new password.', '请核对，或请管理员重置密码。'),
  },
  secondFactorRequired: { status: 401, say: text('A code from the authenticator is needed.', '请输入动态验证码。') },
  secondFactorFailed: { status: 401, say: text('The code is not right or has been used.', '动态验证码不正确或已使用。') },
  accountLocked: {
    status: 429,
    say: text('Too many failed tries. Try again in {minutes} minutes.', '失败次数过多，请 {minutes} 分钟后再试。'),
    cure: text('An administrator can reset the password.', '可请管理员重置密码。'),
  },
  frozen: { status: 403, say: text('This user is frozen.', '该用户已冻结。'), cure: text('Ask an administrator.', '请联系管理员。') },
  passwordChangeRequired: { status: 403, say: text('Change the password first.', '请先修改密码。') },
  weakPassword: { status: 400, say: text('The password needs at least {length} characters.', '密码至少需要 {length} 位。') },
  crossOrigin: { status: 403, say: text('The request came from another site.', '请求来自其他站点，已拒绝。') },
  // may and may not
  forbidden: {
    status: 403,
    say: text('You may not {verb} {object}.', '您没有权限：{verb}{object}。'),
    cure: text('Ask {who}.', '可请{who}处理。'),
  },
  notFound: { status: 404, say: text('There is no such {object}, or you may not see it.', '没有这条{object}，或您无权查看。') },
  unknownPath: { status: 404, say: text('There is nothing at {path}.', '没有该地址：{path}。') },
  unknownObject: { status: 404, say: text('There is no object “{object}”.', '没有名为“{object}”的对象。') },
  unknownAction: { status: 404, say: text('There is no action “{action}”.', '没有名为“{action}”的操作。') },
  // input
  invalid: { status: 400, say: text('The input is not right.', '输入有误。') },
  unknownField: { status: 400, say: text('There is no field “{field}” on {object}.', '{object}没有字段“{field}”。') },
  malformed: { status: 400, say: text('The request cannot be read: {reason}.', '请求无法解析：{reason}。') },
  badFilter: { status: 400, say: text('The filter is not right at “{at}”: {reason}.', '筛选条件“{at}”有误：{reason}。') },
  badCursor: {
    status: 400,
    say: text('This cursor belongs to another list.', '翻页游标与当前列表不符。'),
    cure: text('Start again from the first page.', '请从第一页重新开始。'),
  },
  tooLarge: { status: 413, say: text('That is more than the limit of {limit}.', '超过上限 {limit}。') },
  tooMany: { status: 400, say: text('At most {limit} {what} in one call.', '一次最多 {limit} {what}。') },
  unsupportedMedia: { status: 415, say: text('This kind of content is not taken here.', '不支持该内容类型。') },
  // state
  conflict: { status: 409, say: text('{what}', '{what}'), cure: text('Load it again and look.', '请刷新后再看。') },
  duplicate: { status: 409, say: text('{field} “{value}” is already taken by {holder}.', '{field}“{value}”已被{holder}占用。') },
  duplicateSuspected: {
    status: 409,
    say: text('{name} looks like {other} of {owner}.', '“{name}”与{owner}的“{other}”疑似重复。'),
    cure: text('Open it, ask for a share, or report the conflict.', '可打开查看、申请协作或报告撞单。'),
  },
  versionConflict: {
    status: 412,
    say: text('Someone changed this meanwhile.', '记录已被他人修改。'),
    cure: text('Load it again; your input is kept.', '请刷新；您填写的内容已保留。'),
  },
  expectation: { status: 409, say: text('{found} records match, {expected} were expected.', '实际匹配 {found} 条，预期 {expected} 条。') },
  referenced: {
    status: 409,
    say: text('{title} is used by {count} {object}.', '“{title}”正被 {count} 条{object}引用。'),
    cure: text('Remove or change those first.', '请先处理这些引用。'),
  },
  moveNotAllowed: { status: 409, say: text('From {from} it cannot move to {to}.', '不能从“{from}”移到“{to}”。') },
  ruleBroken: { status: 400, say: text('{what}', '{what}') },
  notApplicable: { status: 409, say: text('{action} does not apply to {title} as it stands.', '“{title}”目前不能{action}。') },
  idempotencyMismatch: {
    status: 422,
    say: text('This Idempotency-Key was used with another body.', '该 Idempotency-Key 已用于不同内容。'),
  },
  modelChanged: { status: 409, say: text('The model changed meanwhile.', '配置刚刚发生变化。'), cure: text('Try again.', '请重试。') },
  badDeclaration: { status: 400, say: text('The declaration is not right.', '声明有误。') },
  limitReached: { status: 429, say: text('The limit of {limit} {what} is reached.', '已达上限：{limit} {what}。') },
  // the system
  rateLimited: { status: 429, say: text('Too many requests. Try again in {seconds} s.', '请求过于频繁，请 {seconds} 秒后再试。') },
  unavailable: {
    status: 503,
    say: text('The system is not available just now: {reason}.', '系统暂不可用：{reason}。'),
    cure: text('Try again in a moment.', '请稍后重试。'),
  },
  internal: { status: 500, say: text('Something went wrong on our side (request {request}).', '系统内部出错（请求号 {request}）。') },
})

export type ProblemCode = keyof typeof problems

/** One field's share of a problem. `index` is the record's position in a batch, from 0. */
export interface FieldError {
  field: string
  code: string
  message: Text
  index?: number
}

/** What every refusal of the product is: thrown inside, shown as RFC 9457 problem details outside. */
export class Problem extends Error {
  code: string
  status: number
  say: Text
  cure: Text | undefined
  params: Record<string, unknown>
  errors: FieldError[]
  evidence: Record<string, unknown>

  constructor(
    code: string,
    definition: ProblemDefinition,
    params: Record<string, unknown>,
    errors: FieldError[],
    evidence: Record<string, unknown>,
  ) {
    super(`${code}: ${definition.say.en.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))}`)
    this.name = 'Problem'
    this.code = code
    this.status = definition.status
    this.say = definition.say
    this.cure = definition.cure
    this.params = params
    this.errors = errors
    this.evidence = evidence
  }
}

/** A problem of the engine's catalogue, to be thrown. `evidence` (such as `holder`) is shown beside it. */
export function problem(code: ProblemCode, params: Record<string, unknown> = {}, evidence: Record<string, unknown> = {}): Problem {
  return new Problem(code, problems[code], params, [], evidence)
}

/** Input that is not right, field by field (400 `invalid`). */
export function invalid(errors: FieldError[], code: ProblemCode = 'invalid'): Problem {
  return new Problem(code, problems[code], {}, errors, {})
}

/** A problem of a pack's own catalogue. `field` says where it shows on a form. */
export function refusal(
  code: string,
  definition: ProblemDefinition,
  params: Record<string, unknown> = {},
  evidence: Record<string, unknown> = {},
  field?: string,
): Problem {
  const errors = field === undefined ? [] : [{ field, code, message: definition.say }]
  return new Problem(code, definition, params, errors, evidence)
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem
