// The command: one verb per entry, with its help. bin/zhanggui.js calls `main`.
import { backupVerb, restoreVerb } from './server/backupVerbs.ts'
import { doctorVerb } from './server/doctor.ts'
import { readSettings, unknownSettings } from './server/settings.ts'
import { exportVerb, importVerb } from './server/sheetVerbs.ts'
import { start } from './server/start.ts'
import { workspaceVerb } from './server/workspaceVerb.ts'

interface Verb {
  usage: string
  help: string
  run(args: readonly string[]): Promise<void>
}

const verbs: Record<string, Verb> = {
  start: { usage: 'start', help: 'start the server (also without a verb)', run: startVerb },
  import: { usage: 'import FILE --object account', help: 'import a CSV or XLSX file', run: importVerb },
  export: { usage: 'export --object account [FILE]', help: 'export an object as CSV or XLSX', run: exportVerb },
  backup: { usage: 'backup FILE', help: 'write everything into one file', run: backupVerb },
  restore: { usage: 'restore FILE', help: 'bring a backup into an empty system', run: restoreVerb },
  workspace: { usage: 'workspace create NAME | list | export NAME FILE', help: 'companies in one database', run: workspaceVerb },
  doctor: { usage: 'doctor [--apply] [--recompute]', help: 'look for what is wrong, and mend it', run: doctorVerb },
  bench: {
    usage: 'bench [--scale N] [--only LIST]',
    help: 'measure this machine beside a hand-written server',
    run: async (args) => (await import('./server/bench/bench.ts')).benchVerb(args),
  },
}

/** Runs a command line. Errors that explain themselves are thrown with the name SettingError, UsageError, EmbeddedError or Problem. */
export async function main(argv: readonly string[]): Promise<void> {
  const [name = 'start', ...args] = argv
  if (['help', '--help', '-h'].includes(name)) return console.log(helpText())
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (!verb) throw usageError(`There is no command “${name}”.\n\n${helpText()}`)
  if (args.includes('--help') || args.includes('-h')) return console.log(`npx zhanggui ${verb.usage}\n  ${verb.help}`)
  await verb.run(args)
}

const helpText = (): string => {
  const width = Math.max(...Object.values(verbs).map(({ usage }) => usage.length))
  return [
    'Usage: npx zhanggui COMMAND',
    '',
    ...Object.values(verbs).map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`),
    '',
    'Settings come from the environment: docs/settings.md',
  ].join('\n')
}

const usageError = (message: string): Error => Object.assign(new Error(message), { name: 'UsageError' })

async function startVerb(args: readonly string[]): Promise<void> {
  if (args.length > 0)
    throw usageError(`“start” takes no arguments; settings come from the environment: docs/settings.md. Not understood: ${args.join(' ')}`)
  const settings = readSettings(process.env)
  for (const line of unknownSettings(process.env)) console.error(line)
  const running = await start(settings)
  process.on('unhandledRejection', (cause) => running.system.log.error({ err: cause }, 'a promise was left alone'))
  let leaving = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (leaving) return
      leaving = true
      void running.stop().then(
        () => process.exit(0),
        (cause) => {
          console.error(cause)
          process.exit(1)
        },
      )
    })
  console.log(`Zhanggui is ready at ${running.url}`)
}
