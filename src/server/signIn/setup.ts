// The first run: what the sign-in page must know, and making company and administrator while nobody is there yet.
import { bump } from '../../access/call.ts'
import { currencies } from '../../model/currency.ts'
import { invalid, problem } from '../../model/problem.ts'
import { text } from '../../model/text.ts'
import { sql, table } from '../../store/sql.ts'
import { asFirstStart, isEmpty, makeAdministrator, wantSample } from '../firstStart.ts'
import { serverProblem } from '../problems.ts'
import { type Answer, data, type OpenRequest, type Route } from '../route.ts'
import { storeSetting } from '../storeSetting.ts'
import { normalAccount } from './accounts.ts'
import { finishSignIn } from './finish.ts'
import { checkLength } from './password.ts'

interface Given {
  company: string
  name: string
  email: string
  password: string
  language: 'zh-CN' | 'en'
  currency?: string
  timeZone?: string
  sample?: string
}

const tag = 'First run'
const line = { type: 'string', minLength: 1, maxLength: 255 }

export const setupRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/setup',
    who: 'anyone',
    tag,
    summary: text('Whether the first-run page is needed, and what the sign-in page shows', '是否需要初始化，以及登录页所需信息'),
    async run({ workspace, system }) {
      const { settings } = workspace
      return data({
        needed: await nobodyThere(workspace),
        samples: Object.keys(system.samples),
        company: settings.company ?? null,
        language: settings.language,
        currency: settings.currency,
        timeZone: settings.timeZone,
        passwordLength: Number(settings.passwordLength),
        singleSignOn: system.settings.oidcIssuer === null ? null : { name: system.settings.oidcName, start: '/api/v1/auth/oidc' },
        demo: settings.demo ?? null,
      })
    },
  },
  {
    method: 'POST',
    path: '/setup',
    who: 'anyone',
    tag,
    summary: text('Make the company and its first administrator; only while there is no user', '创建公司和首位管理员；仅在没有用户时可用'),
    body: {
      type: 'object',
      properties: {
        company: line,
        name: line,
        email: { type: 'string', minLength: 3, maxLength: 254 },
        password: { type: 'string', minLength: 1, maxLength: 2_000 },
        language: { enum: ['zh-CN', 'en'] },
        currency: { enum: [...currencies] },
        timeZone: { type: 'string', minLength: 1, maxLength: 64 },
        sample: { type: 'string', maxLength: 40 },
      },
      required: ['company', 'name', 'email', 'password', 'language'],
      additionalProperties: false,
    },
    status: 201,
    run: setUp,
  },
]

async function nobodyThere(workspace: OpenRequest['workspace']): Promise<boolean> {
  const [row] = await workspace.database
    .link()
    .query(sql`select exists (select 1 from ${table(workspace.schema, 'user')} where service is not true)`)
  return row?.[0] === false
}

async function setUp(request: OpenRequest): Promise<Answer> {
  const { workspace, system } = request
  const given = request.body as Given
  if (!(await nobodyThere(workspace))) throw serverProblem('alreadySetUp')
  const load = checkInput(request, given)
  const id = await asFirstStart(workspace, async (writing) => {
    if (!(await isEmpty(writing))) throw serverProblem('alreadySetUp')
    const chosen = {
      company: given.company.trim(),
      language: given.language,
      ...(given.currency ? { currency: given.currency } : {}),
      ...(given.timeZone ? { timeZone: given.timeZone } : {}),
    }
    for (const [name, value] of Object.entries(chosen)) await storeSetting(writing, name, value)
    await wantSample(writing, load && (given.sample as string))
    const made = await makeAdministrator(writing, { name: given.name, email: given.email, password: given.password })
    await bump(writing, 'model')
    return made
  })
  await workspace.reload()
  if (load) await load(workspace, system.log, system.files(workspace))
  const answer = await finishSignIn(request, { id, name: given.name.trim(), mustChange: false }, false)
  return { ...answer, status: 201 }
}

/** What a schema cannot say. Gives the loader of the sample, if one is wanted. */
function checkInput({ system, workspace }: OpenRequest, given: Given) {
  checkLength(given.password, Number(workspace.settings.passwordLength ?? 8))
  const { email } = normalAccount(given.email, 'CN')
  if ([email, email.split('@')[0]].includes(given.password.trim().toLowerCase())) throw serverProblem('passwordIsAccount')
  if (given.timeZone !== undefined && !isTimeZone(given.timeZone))
    throw invalid([
      { field: 'timeZone', code: 'timeZone', message: text('Give a time zone such as Asia/Shanghai.', '请填写时区，如 Asia/Shanghai。') },
    ])
  if (given.company.trim() === '' || given.name.trim() === '') throw problem('invalid')
  if (given.sample === undefined || given.sample === 'none') return null
  const load = Object.hasOwn(system.samples, given.sample) ? system.samples[given.sample] : undefined
  if (!load) throw serverProblem('sampleMissing', { sample: given.sample })
  return load
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}
