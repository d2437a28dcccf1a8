// What the server refuses by itself, beside the engine's own catalogue: methods, sign-in, first run.
import { type Problem, type ProblemDefinition, refusal } from '../model/problem.ts'
import { text } from '../model/text.ts'

const catalogue = <T extends Record<string, ProblemDefinition>>(rows: T): T => rows

export const serverProblems = catalogue({
  methodNotAllowed: {
    status: 405,
    say: text('{method} is not possible here.', '此处不支持 {method}。'),
    cure: text('Possible: {allow}.', '可用：{allow}。'),
  },
  unknownWorkspace: {
    status: 404,
    say: text('There is no workspace “{name}”.', '没有工作区“{name}”。'),
    cure: text('Check the address.', '请检查网址。'),
  },
  administratorsOnly: {
    status: 403,
    say: text('Only administrators may do this.', '仅系统管理员可执行此操作。'),
    cure: text('Ask an administrator.', '可请系统管理员处理。'),
  },
  sessionOnly: {
    status: 403,
    say: text('An API key may not do this.', 'API 密钥不能执行此操作。'),
    cure: text('Sign in with a password.', '请使用密码登录后操作。'),
  },
  alreadySetUp: { status: 409, say: text('This system has been set up.', '系统已完成初始化。'), cure: text('Sign in.', '请登录。') },
  notInBin: {
    status: 404,
    say: text('There is no such record in the recycle bin.', '回收站中没有这条记录。'),
    cure: text('Delete it first.', '请先删除。'),
  },
  sampleMissing: {
    status: 400,
    say: text('There is no sample “{sample}” here.', '没有示例数据“{sample}”。'),
    cure: text('Choose “none”.', '请选择“none”。'),
  },
  wrongPassword: { status: 403, say: text('The present password is not right.', '当前密码不正确。') },
  samePassword: {
    status: 400,
    say: text('The new password is the old one.', '新密码与旧密码相同。'),
    cure: text('Choose another.', '请另设密码。'),
  },
  passwordIsAccount: {
    status: 400,
    say: text('The password must not be the account name.', '密码不能与账号相同。'),
    cure: text('Choose another.', '请另设密码。'),
  },
  passwordTooLong: { status: 400, say: text('A password has at most 1,000 characters.', '密码最多 1000 个字符。') },
  challengeGone: {
    status: 401,
    say: text('This sign-in took too long.', '登录已超时。'),
    cure: text('Begin again with the password.', '请重新输入密码登录。'),
  },
  secondFactorThere: {
    status: 409,
    say: text('A second factor is set up already.', '已启用动态验证码。'),
    cure: text('Remove it first.', '请先停用。'),
  },
  secondFactorMissing: {
    status: 409,
    say: text('No second factor is set up.', '尚未启用动态验证码。'),
    cure: text('Start with “enrol”.', '请先开始绑定。'),
  },
  tooManyKeys: {
    status: 409,
    say: text('A user has at most {limit} API keys.', '每人最多 {limit} 个 API 密钥。'),
    cure: text('Revoke one first.', '请先撤销一个。'),
  },
  singleSignOnOff: { status: 404, say: text('Single sign-on is not set up.', '未启用单点登录。') },
  singleSignOnFailed: {
    status: 401,
    say: text('Single sign-on failed: {reason}.', '单点登录失败：{reason}。'),
    cure: text('Begin again, or sign in with a password.', '请重试，或使用密码登录。'),
  },
  singleSignOnUnknown: {
    status: 403,
    say: text('Nobody here has the e-mail address {email}.', '没有邮箱为 {email} 的用户。'),
    cure: text('Ask an administrator to make a user with it.', '请联系管理员为您新建用户。'),
  },
})

export const serverProblem = (
  code: keyof typeof serverProblems,
  params: Record<string, unknown> = {},
  evidence: Record<string, unknown> = {},
): Problem => refusal(code, serverProblems[code], params, evidence)
