// `zhanggui start` in a process of its own, for tests that send it signals.
import { main as command } from '../cli.ts'

export async function main(environment: Record<string, string>): Promise<void> {
  Object.assign(process.env, environment)
  await command(['start'])
}
