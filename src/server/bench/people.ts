// Two hundred people in a tree of departments: four regions of four teams each, one seller with a fifth of everything, and the two readers who are measured.
import { createRecords } from '../../access/write/create.ts'
import { sql, table } from '../../store/sql.ts'
import type { Workspace } from '../../store/workspace.ts'
import { asFirstStart } from '../firstStart.ts'
import { drawFor } from './draw.ts'

export interface Seller {
  id: string
  department: string
  section: string
}

export interface Organisation {
  /** The first owns a fifth of all accounts. */
  sellers: Seller[]
  pool: string
}

/** Who is measured: a salesperson who sees the own, the shared and the pool; a manager who sees a region of fifty, the great seller among them. */
export const readerEmails = { seller: 'seller@bench.example', manager: 'manager@bench.example' } as const
export type ReaderName = keyof typeof readerEmails

const regions = 4
const teams = 4
const people = 200

/** Hires everyone into an empty workspace. */
export async function hire(workspace: Workspace): Promise<Organisation> {
  return asFirstStart(workspace, async (writing) => {
    const { tx } = writing
    const { schema } = workspace
    const create = async (object: string, values: Record<string, unknown>[]): Promise<string[]> =>
      (await createRecords(writing, object, values)).records.map((record) => record.id)
    const roles = new Map((await tx.query(sql`select code, id from ${table(schema, 'role')}`)) as [string, string][])
    const sections = await create('section', [{ name: '华东版块' }, { name: '华南版块' }])
    const [head = ''] = await create('department', [{ name: '营销中心' }])
    const regionIds = await create(
      'department',
      named('大区', regions, () => head),
    )
    const teamIds = await create(
      'department',
      named('小组', regions * teams, (i) => regionIds[Math.floor(i / teams)] as string),
    )
    const person = (name: string, role: string, department: string, section: string | undefined, more: Record<string, unknown> = {}) => ({
      name,
      roles: [roles.get(role) as string],
      department,
      section: section ?? null,
      ...more,
    })
    const sectionOf = (region: number) => sections[Math.floor((region * 2) / regions)] as string
    const bosses = [
      person('系统管理员', 'system_admin', head, undefined),
      person('总经理', 'general_manager', head, undefined),
      ...regionIds.map((id, i) =>
        person(`大区经理${i + 1}`, 'sales_manager', id, sectionOf(i), i === 0 ? { email: readerEmails.manager } : {}),
      ),
      ...teamIds.map((id, i) => person(`组长${i + 1}`, 'department_head', id, sectionOf(Math.floor(i / teams)))),
    ]
    const draw = drawFor(200)
    const values = Array.from({ length: people - bosses.length }, (_, i) => {
      const team = i % teamIds.length
      const name = `${draw.one([...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'])}${draw.one([...'伟芳娜敏静强磊军洋勇艳杰涛明超霞平刚'])}${i + 1}`
      const more = i === teamIds.length ? { email: readerEmails.seller } : {}
      return person(name, 'salesperson', teamIds[team] as string, sectionOf(Math.floor(team / teams)), more)
    })
    await create('user', bosses)
    const ids = await create('user', values)
    const [pool] = await tx.query(sql`select id from ${table(schema, 'pool')} where deleted_at is null order by created_at limit 1`)
    return {
      sellers: values.map(({ department, section }, i) => ({ id: ids[i] as string, department, section: section as string })),
      pool: pool?.[0] as string,
    }
  })
}

const named = (what: string, count: number, parent: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => ({ name: `${what}${i + 1}`, parent: parent(i) }))
