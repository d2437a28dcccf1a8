// A worker process for tests: takes the job `hold`, says so, and never lets go.

import { core } from '../model/core.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { connect } from '../store/postgres.ts'
import { openWorkspace } from '../store/workspace.ts'
import { startJobs } from './jobs.ts'

export async function main({ url, node }: { url: string; node: string }): Promise<void> {
  const database = connect(url)
  const workspace = await openWorkspace(
    database,
    'main',
    [core],
    { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN', country: 'CN' },
    () => pack('own', { label: text('Own', '自定义') }),
  )
  await startJobs({
    database,
    workspaceOf: async () => workspace,
    node,
    handlers: {
      hold: async () => {
        console.log('held')
        await new Promise(() => setInterval(() => undefined, 1_000))
      },
    },
  })
}
