import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { violations } from './rooms.js'

let root = ''
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('an import against the arrows is found, however it is written', () => {
  const forbidden = [
    `import { a } from '../store/a.ts'`,
    `import type { A } from '../store/a.ts'`,
    `export * from '../store/a.ts'`,
    `export { a } from '../store/a.ts'`,
    `const a = await import('../store/a.ts')`,
    'const a = await import(`../store/a.ts`)',
    `type A = import('../store/a.ts').A`,
    `type A = typeof import('../store/a.ts')`,
    `import '../store/a.ts'`,
    `const a = await import(name)`,
    `import { a } from '#store/a.ts'`,
    `import { a } from './other'`,
    `import { readFile } from 'node:fs'`,
    `import { Client } from 'pg'`,
    `import { a } from '../testing/a.ts'`,
  ]
  for (const line of forbidden) {
    tree({ 'model/x.ts': `// first line\n${line}\n` })
    expect(violations(root), line).toEqual([expect.stringMatching(/^src\/model\/x\.ts:2 imports /)])
  }
})

test('imports along the arrows, of packages and by tests are allowed', () => {
  tree({
    'store/a.ts': `import type { B } from '../model/b.ts'\nimport { Client } from 'pg'\n// import '../server/a.ts'\nconst text = "import '../web/a.ts'"`,
    'access/a.test.ts': `import { a } from '../store/testing.ts'\nimport { s } from '../server/start.ts'`,
    'packs/sales/a.ts': `import { account } from '../crm/account.ts'`,
    'packs/index.ts': `import { crm } from './crm/index.ts'`,
    'cli.ts': `import { start } from './server/start.ts'`,
  })
  expect(violations(root)).toEqual([])
})

test('a pack does not import one that depends on it, nor anything but the vocabulary', () => {
  tree({ 'packs/crm/a.ts': `import { quote } from '../sales/quote.ts'\nimport { sql } from '../../store/sql.ts'` })
  expect(violations(root)).toEqual([
    expect.stringContaining('src/packs/crm/a.ts:1 imports ../sales/quote.ts'),
    expect.stringContaining('src/packs/crm/a.ts:2 imports ../../store/sql.ts: packs may import model only'),
  ])
})

function tree(files) {
  rmSync(root, { recursive: true, force: true })
  root = mkdtempSync(join(tmpdir(), 'zhanggui-rooms-'))
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, 'src', path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}
