// `zhanggui workspace`: companies that share a database.
import { listWorkspaces, schemaOf } from '../store/workspace.ts'
import { databaseForVerb } from './databaseForVerb.ts'
import { firstStart } from './firstStart.ts'
import { product } from './product.ts'
import { readSettings } from './settings.ts'
import { openCompany } from './start.ts'

const usage = 'npx zhanggui workspace create NAME [--email E-MAIL --password PASSWORD] | list | export NAME FILE'
const usageError = (message: string): Error => Object.assign(new Error(message), { name: 'UsageError' })

/** Runs `workspace create|list`. */
export async function workspaceVerb(args: readonly string[]): Promise<void> {
  const [what, name] = args
  const settings = readSettings(process.env)
  if (what === 'list') {
    await databaseForVerb(settings, async (database) => {
      for (const one of await listWorkspaces(database.link())) console.log(one)
    })
    return
  }
  if (what === 'export') throw usageError('“workspace export” is not there yet in this version.')
  if (what !== 'create' || name === undefined) throw usageError(`Usage: ${usage}`)
  const option = (key: string) => (args.includes(key) ? args[args.indexOf(key) + 1] : undefined)
  const email = option('--email') ?? settings.adminEmail
  const password = option('--password') ?? settings.adminPassword
  checkName(name)
  await databaseForVerb(settings, async (database) => {
    if ((await listWorkspaces(database.link())).includes(name)) throw usageError(`There is a workspace “${name}” already.`)
    const workspace = await openCompany(database, name, settings, product)
    await firstStart(
      workspace,
      email && password ? { name: settings.language === 'en' ? 'Administrator' : '管理员', email, password } : null,
    )
    console.log(`The workspace ${name} is there.${email && password ? '' : ' Its first page asks for an administrator.'}`)
  })
}

function checkName(name: string): void {
  try {
    schemaOf(name)
  } catch (cause) {
    throw usageError((cause as Error).message)
  }
}
