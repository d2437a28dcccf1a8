// The closed book: what stands before anybody is signed in. Indigo spine, paper, one seal; the language can be changed at once.
import { Button, useMantineColorScheme } from '@mantine/core'
import type { ReactNode } from 'react'
import { dress } from '../data/session.ts'
import { WordMark } from '../look/WordMark.tsx'
import { languageNames } from '../words/calendar.ts'
import { useWords } from '../words/index.ts'
import styles from './Book.module.css'

export function Book({
  title,
  hint,
  wide = false,
  children,
}: {
  title: string
  hint?: string | undefined
  wide?: boolean
  children: ReactNode
}) {
  const t = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const other = t.language === 'en' ? 'zh-CN' : 'en'
  return (
    <main className={styles.desk}>
      <div className={styles.book} data-wide={wide || undefined}>
        <header className={styles.head}>
          <WordMark name={t('common.product')} />
          <Button variant="subtle" size="xs" lang={other} onClick={() => dress({ language: other }, setColorScheme)}>
            {languageNames[other]}
          </Button>
        </header>
        <h1 className={styles.title}>{title}</h1>
        {hint && <p className={styles.hint}>{hint}</p>}
        {children}
      </div>
    </main>
  )
}
