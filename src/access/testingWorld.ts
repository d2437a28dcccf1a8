// A small company on a real database, for tests of the door: people in departments with roles, and whatever packs a test brings.
import { core } from '../model/core.ts'
import { type Declaration, ownPack } from '../model/own.ts'
import type { PackDefinition } from '../model/pack.ts'
import { connect, type Database } from '../store/postgres.ts'
import { testDatabase } from '../store/testing.ts'
import { type CompanyDefaults, openWorkspace, type Workspace } from '../store/workspace.ts'
import { type Call, callOf } from './call.ts'
import { organisationOf } from './organisation.ts'
import { engineFor, principalIn } from './principal.ts'
import { createRecords } from './write/create.ts'

export interface World {
  database: Database
  workspace: Workspace
  engine: Call
  roles: Record<string, string>
  /** A new user with these roles, and a call of its own. */
  hire(name: string, values: Record<string, unknown> & { roles: string[] }): Promise<string>
  /** Statements sent since the last time this was asked. */
  statements(): string[]
  /** A fresh call by a user. */
  by(id: string): Promise<Call>
  close(): Promise<void>
}

export const defaults: CompanyDefaults = { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN', country: 'CN' }

export async function startWorld(packs: readonly PackDefinition[] = []): Promise<World> {
  const home = await testDatabase()
  let sent: string[] = []
  const database = connect(home.url, { observe: (statement) => sent.push(statement) })
  const workspace = await openWorkspace(database, 'main', [core, ...packs], defaults, (declarations) =>
    ownPack(declarations as Declaration[]),
  )
  const engine = await callOf(workspace, engineFor('first start'))
  const { records } = await createRecords(
    engine,
    'role',
    Object.values(workspace.business.roles).map((role) => ({
      code: role.code,
      name: role.label.zh,
      allSections: role.allSections ?? false,
      crossSection: role.crossSection ?? false,
      administer: role.administer ?? false,
    })),
  )
  const roles = Object.fromEntries(records.map((record) => [record.code as string, record.id]))
  return {
    database,
    workspace,
    engine,
    roles,
    async hire(name, { roles: codes, ...values }) {
      const { records: made } = await createRecords(engine, 'user', [{ name, ...values, roles: codes.map((code) => roles[code]) }])
      return made[0]?.id as string
    },
    statements() {
      const seen = sent
      sent = []
      return seen
    },
    async by(id) {
      const organisation = await organisationOf(workspace)
      const person = organisation.people.get(id)
      if (!person) throw new Error(`nobody is ${id}`)
      return callOf(workspace, principalIn(organisation, person))
    },
    async close() {
      await database.close()
      await home.drop()
    },
  }
}
