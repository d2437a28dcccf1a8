// `zhanggui import FILE --object account` and `export --object account [FILE]`: sheets in and out from the command line, as an administrator.
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Call, callOf } from '../access/call.ts'
import { organisationOf } from '../access/organisation.ts'
import { principalIn } from '../access/principal.ts'
import { exportRecords } from '../document/export.ts'
import { importErrors } from '../document/import/errors.ts'
import { readImport, startImport } from '../document/import/imports.ts'
import { importJobs } from '../document/import/jobs.ts'
import type { ImportSpec } from '../document/import/spec.ts'
import { prepareJobs, startJobs } from '../flow/jobs.ts'
import type { FileStore } from '../store/files.ts'
import type { Database } from '../store/postgres.ts'
import { sql, table } from '../store/sql.ts'
import type { Workspace } from '../store/workspace.ts'
import { databaseForVerb } from './databaseForVerb.ts'
import { product } from './product.ts'
import { readSettings } from './settings.ts'
import { fileStoreOf, openCompany } from './start.ts'

const usageError = (message: string): Error => Object.assign(new Error(message), { name: 'UsageError' })

/** `import FILE --object NAME [--spec FILE] [--as E-MAIL] [--workspace NAME]`. Columns are matched by name unless a spec says more; failed rows go to FILE-errors.csv. */
export async function importVerb(args: readonly string[]): Promise<void> {
  const { file, option } = read(args)
  const object = option('--object')
  const specFile = option('--spec')
  if (file === undefined || (object === undefined && specFile === undefined))
    throw usageError('Usage: npx zhanggui import FILE --object NAME [--spec FILE] [--as E-MAIL] [--workspace NAME]')
  if (!existsSync(file)) throw usageError(`There is no file ${file}.`)
  const spec = { ...(specFile ? (JSON.parse(readFileSync(specFile, 'utf8')) as ImportSpec) : {}), ...(object ? { object } : {}) }
  await inCompany(option, async ({ call, files, database, workspace }) => {
    await prepareJobs(database)
    const { id } = await startImport(call, files, { fileName: basename(file), content: createReadStream(file) }, spec)
    const jobs = await startJobs({
      database,
      workspaceOf: async () => workspace,
      handlers: importJobs(() => files),
      node: `import ${process.pid}`,
    })
    try {
      for (;;) {
        const job = await readImport(call, id)
        if (job.state !== 'queued' && job.state !== 'running') {
          console.log(
            `${String(job.state)}: ${String(job.rows)} rows, ${String(job.created)} created, ${String(job.updated)} updated, ${String(job.skipped)} skipped, ${String(job.failed)} failed`,
          )
          if (Number(job.failed) > 0) {
            const failed = `${file.replace(/\.[^.]*$/, '')}-errors.csv`
            await pipeline((await importErrors(call, files, id)).content, createWriteStream(failed))
            console.log(`The failed rows are in ${failed}`)
          }
          return
        }
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    } finally {
      await jobs.stop()
    }
  })
}

/** `export --object NAME [FILE] [--as E-MAIL] [--workspace NAME]`; the format by the file's ending, CSV to the terminal without one. */
export async function exportVerb(args: readonly string[]): Promise<void> {
  const { file, option } = read(args)
  const object = option('--object')
  if (object === undefined)
    throw usageError('Usage: npx zhanggui export --object NAME [FILE.csv|FILE.xlsx] [--as E-MAIL] [--workspace NAME]')
  await inCompany(option, async ({ call }) => {
    const { content } = await exportRecords(call, object, { format: file?.endsWith('.xlsx') ? 'xlsx' : 'csv', headers: 'name' })
    if (file === undefined) await pipeline(content, process.stdout, { end: false })
    else await pipeline(content, createWriteStream(file))
  })
}

const valued = ['--object', '--spec', '--as', '--workspace']

function read(args: readonly string[]): { file: string | undefined; option(name: string): string | undefined } {
  const file = args.find((one, i) => !one.startsWith('--') && !valued.includes(args[i - 1] ?? ''))
  return { file, option: (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined) }
}

interface Inside {
  call: Call
  files: FileStore
  database: Database
  workspace: Workspace
}

async function inCompany(option: (name: string) => string | undefined, run: (inside: Inside) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env)
  await databaseForVerb(settings, async (database) => {
    const workspace = await openCompany(database, option('--workspace') ?? 'main', settings, product)
    const organisation = await organisationOf(workspace)
    const people = [...organisation.people.values()].filter((person) => person.active && !person.frozen)
    const email = option('--as')
    const person =
      email === undefined
        ? people.find((one) => one.roles.some((role) => organisation.roles.get(role)?.administer))
        : await named(workspace, people, email)
    if (!person)
      throw usageError(email === undefined ? 'There is no administrator yet: start the system once.' : `Nobody signs in as ${email}.`)
    await run({
      call: await callOf(workspace, principalIn(organisation, person), { source: 'command', use: 'jobs' }),
      files: fileStoreOf(settings, workspace.name),
      database,
      workspace,
    })
  })
}

async function named<T extends { id: string }>(workspace: Workspace, people: readonly T[], email: string): Promise<T | undefined> {
  const [row] = await workspace.database
    .link()
    .query(sql`select id from ${table(workspace.schema, 'user')} where lower(email) = ${email.toLowerCase()} and deleted_at is null`)
  return people.find((one) => one.id === row?.[0])
}
