import { afterEach, expect, test, vi } from 'vitest'
import { main } from './cli.ts'

afterEach(() => vi.restoreAllMocks())

test('help names every command; an unknown one is one explained error', async () => {
  const said: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
  await main(['--help'])
  for (const verb of ['start', 'import', 'export', 'backup', 'restore', 'workspace', 'doctor', 'bench'])
    expect(said[0]).toMatch(new RegExp(`^ {2}${verb}\\b`, 'm'))
  await expect(main(['strat'])).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringMatching(/^There is no command “strat”\./),
  })
  await expect(main(['start', '--port', '80'])).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('settings come from the environment'),
  })
  await expect(main(['workspace', 'create', 'Bad Name'])).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('is not a workspace name'),
  })
})
