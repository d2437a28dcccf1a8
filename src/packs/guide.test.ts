// The pack author's guide is code: what it shows is written to a folder, loaded, and run.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createRecords, getRecord, updateRecords } from '../access/records.ts'
import { startWorld } from '../access/testingWorld.ts'
import { act } from '../flow/actions.ts'
import { objectOf } from '../model/business.ts'
import type { PackDefinition } from '../model/pack.ts'
import { crm } from './crm/index.ts'

const root = new URL('../..', import.meta.url).pathname
const guide = readFileSync(join(root, 'docs/pack-authors-guide.md'), 'utf8')
const blocks = [...guide.matchAll(/```ts (file=(\S+)|run)\n([\s\S]*?)```/g)].map(([, kind, file, code]) => ({
  kind: kind as string,
  file,
  code: code as string,
}))

test("the guide's packs load beside the others and its examples hold", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhanggui-guide-'))
  for (const { file, code } of blocks) {
    if (!file) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(
      join(folder, file),
      code.replaceAll("'../../model/", `'${root}src/model/`).replaceAll("'../crm/", `'${root}src/packs/crm/`),
    )
  }
  const { fleet } = (await import(join(folder, 'fleet/index.ts'))) as { fleet: PackDefinition }
  const { parking } = (await import(join(folder, 'parking/index.ts'))) as { parking: PackDefinition }
  const world = await startWorld([crm, fleet, parking])
  try {
    const boss = await world.by(await world.hire('Boss', { roles: ['system_admin'] }))
    const company = {
      create: (object: string, values: Record<string, unknown>[]) => createRecords(boss, object, values),
      update: (object: string, values: { id: string }[]) => updateRecords(boss, object, values),
      get: (object: string, id: string) => getRecord(boss, object, id),
      act: (name: string, ids: string[], input: Record<string, unknown>) => act(boss, name, ids, input),
      layout: (object: string) => objectOf(world.workspace.business, object).layout.flatMap((section) => section.fields),
    }
    const examples = blocks.filter((block) => block.kind === 'run')
    expect(examples).toHaveLength(2)
    for (const { code } of examples) await new Function('company', 'assert', `return (async () => {${code}})()`)(company, assert)
  } finally {
    await world.close()
  }
})
