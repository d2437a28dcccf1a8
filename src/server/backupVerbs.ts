// `zhanggui backup`, `restore`, `workspace export`: a company in one file and back.
import { existsSync, statSync } from 'node:fs'
import about from '../../package.json' with { type: 'json' }
import { type Declaration, ownPack } from '../model/own.ts'
import { backup, restore } from '../store/backup.ts'
import { databaseForVerb } from './databaseForVerb.ts'
import { product } from './product.ts'
import { readSettings } from './settings.ts'
import { fileStoreOf, openCompany } from './start.ts'

const usageError = (message: string): Error => Object.assign(new Error(message), { name: 'UsageError' })

/** `backup FILE [--workspace NAME]`: works beside a running server. */
export async function backupVerb(args: readonly string[]): Promise<void> {
  const { file, name } = readArguments(args, 'backup FILE [--workspace NAME]')
  if (existsSync(file) && !args.includes('--replace')) throw usageError(`${file} is there already. Name another file, or add --replace.`)
  const settings = readSettings(process.env)
  await databaseForVerb(settings, async (database) => {
    const workspace = await openCompany(database, name, settings, product)
    const { tables, rows, files } = await backup(workspace, fileStoreOf(settings, name), file, about.version)
    console.log(
      `${file}: ${rows} rows of ${tables} tables and ${files} files of the workspace ${name}, ${Math.ceil(statSync(file).size / 1024)} KB`,
    )
  })
}

/** `restore FILE [--workspace NAME] [--replace]`: not while a server uses that workspace. */
export async function restoreVerb(args: readonly string[]): Promise<void> {
  const { file, name } = readArguments(args, 'restore FILE [--workspace NAME] [--replace]')
  if (!existsSync(file)) throw usageError(`There is no file ${file}.`)
  const settings = readSettings(process.env)
  await databaseForVerb(settings, async (database) => {
    const own = (declarations: readonly { kind: string; name: string; body: Record<string, unknown> }[]) =>
      ownPack(declarations as Declaration[])
    const counts = await restore(database, fileStoreOf(settings, name), file, name, product.packs, own, {
      replace: args.includes('--replace'),
    }).catch((cause: Error) => {
      throw usageError(cause.message)
    })
    await openCompany(database, name, settings, product)
    console.log(`The workspace ${name} is restored: ${counts.rows} rows of ${counts.tables} tables, ${counts.files} files.`)
  })
}

function readArguments(args: readonly string[], usage: string): { file: string; name: string } {
  const at = args.indexOf('--workspace')
  const name = at >= 0 ? args[at + 1] : 'main'
  const file = args.find((one, i) => !one.startsWith('--') && (at < 0 || i !== at + 1))
  if (file === undefined || name === undefined) throw usageError(`Usage: npx zhanggui ${usage}`)
  return { file, name }
}
