// Bringing in a sheet: file, match, check, result. What runs goes on when one leaves; every import can be looked at and taken back.
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { WireInspection } from '../../model/api.ts'
import { isRefused, send } from '../data/client.ts'
import { objectIn, useModel } from '../data/model.ts'
import { useMe } from '../data/session.ts'
import { Page } from '../shell/Page.tsx'
import { useWords } from '../words/index.ts'
import { CheckStep } from './CheckStep.tsx'
import { FileStep } from './FileStep.tsx'
import styles from './Import.module.css'
import { MapStep } from './MapStep.tsx'
import { firstPlan, type ImportPlan, specOf } from './plan.ts'
import { ResultStep } from './ResultStep.tsx'

export interface Opened {
  inspection: WireInspection
  fileName: string
  plan: ImportPlan
}

type Step = 'file' | 'map' | 'check' | 'result'
const steps: readonly Step[] = ['file', 'map', 'check', 'result']

export function ImportPage() {
  const t = useWords()
  const me = useMe()
  const model = useModel()
  const navigate = useNavigate()
  const small = useMediaQuery('(max-width: 47.99em)') ?? false
  const { object: wanted, job } = useSearch({ from: '/app/import' })
  const [opened, setOpened] = useState<Opened | null>(null)
  const [step, setStep] = useState<Step>('file')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  const now: Step = job ? 'result' : opened ? step : 'file'

  const attempt = async (run: () => Promise<void>) => {
    setBusy(true)
    setTrouble(null)
    try {
      await run()
    } catch (refused) {
      const problem = isRefused(refused) ? refused.problem : null
      setTrouble(
        [problem?.detail ?? (refused as Error).message, ...(problem?.errors ?? []).slice(1).map((error) => error.message)].join(' '),
      )
    } finally {
      setBusy(false)
    }
  }
  const plan = (inspection: WireInspection, fileName: string) => {
    const object = objectIn(model, inspection.object ?? wanted ?? 'account')
    if (!object) return
    setOpened({ inspection, fileName, plan: firstPlan(model, object, inspection, me.company.currency) })
    setStep('map')
  }
  const look = (file: File, as: string | null) =>
    attempt(async () => {
      const form = new FormData()
      if (as) form.set('spec', JSON.stringify({ object: as }))
      form.set('file', file, file.name)
      plan(await send<WireInspection>('POST', '/imports/inspect', form), file.name)
    })
  const lookAgain = (as: string) =>
    attempt(async () => {
      if (opened)
        plan(
          await send<WireInspection>('POST', '/imports/inspect', { file: opened.inspection.file, spec: { object: as } }),
          opened.fileName,
        )
    })
  const start = () =>
    attempt(async () => {
      const object = opened && objectIn(model, opened.plan.object)
      if (!opened || !object) return
      const { id } = await send<{ id: string }>('POST', '/imports', {
        file: opened.inspection.file,
        spec: specOf(object, opened.plan, opened.inspection),
      })
      setOpened(null)
      await navigate({ to: '/import', search: { job: id } })
    })
  const again = () => {
    setOpened(null)
    setStep('file')
    void navigate({ to: '/import', search: wanted ? { object: wanted } : {} })
  }
  const words: Record<Step, string> = {
    file: t('imports.stepFile'),
    map: t('imports.stepMap'),
    check: t('imports.stepCheck'),
    result: t('imports.stepResult'),
  }
  const at = steps.indexOf(now)
  return (
    <Page title={t('imports.title')}>
      <div className={styles.page}>
        {!small && (
          <nav className={styles.rail} aria-label={t('imports.steps')}>
            <ol>
              {steps.map((one, i) => (
                <li key={one}>
                  <button
                    type="button"
                    aria-current={one === now ? 'step' : undefined}
                    disabled={one === 'result' || i > at || now === 'result' || (one !== 'file' && !opened)}
                    onClick={() => (one === 'file' ? again() : setStep(one))}
                    data-past={i < at || undefined}
                  >
                    <span>{i + 1}</span>
                    {words[one]}
                  </button>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <div className={styles.step}>
          {trouble && (
            <p className={styles.alert} role="alert">
              {trouble}
            </p>
          )}
          {now === 'file' && <FileStep wanted={wanted ?? null} busy={busy} look={look} small={small} />}
          {now === 'map' && opened && (
            <MapStep
              opened={opened}
              busy={busy}
              change={(next) => setOpened({ ...opened, plan: next })}
              lookAgain={lookAgain}
              back={again}
              next={() => setStep('check')}
            />
          )}
          {now === 'check' && opened && <CheckStep opened={opened} busy={busy} back={() => setStep('map')} start={start} />}
          {now === 'result' && job && <ResultStep key={job} id={job} again={again} />}
        </div>
      </div>
    </Page>
  )
}
