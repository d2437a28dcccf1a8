// What stands where a page cannot: waiting (not before 150 ms), nothing there, something wrong. Each says what to do.
import { Button, Loader } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { isRefused, isUnreachable } from '../data/client.ts'
import { useWords } from '../words/index.ts'
import styles from './States.module.css'

interface EmptyProps {
  title: string
  hint?: string | undefined
  children?: ReactNode
}

/** An empty place: what it is for, and the first thing to do. */
export function Empty({ title, hint, children }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children && <div className={styles.ways}>{children}</div>}
    </div>
  )
}

/** True once `after` milliseconds have passed: nothing flickers for what comes at once. */
export function useLate(after = 150): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return late
}

export function Waiting({ small = false }: { small?: boolean }) {
  const t = useWords()
  const late = useLate()
  return (
    <div className={styles.waiting} data-small={small || undefined} role="status" aria-label={t('common.loading')}>
      {late && <Loader size="sm" color="var(--zg-control)" type="dots" />}
    </div>
  )
}

/** A refusal in place: what happened, the way out, and another try. */
export function Trouble({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const t = useWords()
  const problem = isRefused(error) ? error.problem : null
  const title = problem?.title ?? (isUnreachable(error) ? t('common.noConnection') : t('common.somethingWrong'))
  const hint = problem
    ? problem.detail === problem.title
      ? undefined
      : problem.detail
    : isUnreachable(error)
      ? t('common.noConnectionHint')
      : t('common.tryAgainHint')
  return (
    <div role="alert">
      <Empty title={title} hint={hint}>
        {retry && (
          <Button variant="default" onClick={retry}>
            {t('common.retry')}
          </Button>
        )}
      </Empty>
    </div>
  )
}

export const WaitingPage = () => <Waiting />

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  return (
    <main className={styles.page}>
      <Trouble
        error={error}
        retry={() => {
          queries.reset()
          reset()
          void router.invalidate()
        }}
      />
    </main>
  )
}

export function MissingPage() {
  const t = useWords()
  const router = useRouter()
  return (
    <main className={styles.page}>
      <Empty title={t('common.notFoundTitle')} hint={t('common.notFoundHint')}>
        <Button variant="default" onClick={() => void router.navigate({ to: '/today' })}>
          {t('common.goToday')}
        </Button>
      </Empty>
    </main>
  )
}
