// What others did that concerns me since yesterday.
import { Notifications, useNotifications } from '../shell/Bell.tsx'
import { useWords } from '../words/index.ts'
import styles from './Today.module.css'

export function News() {
  const t = useWords()
  const { data = [] } = useNotifications()
  return (
    <section className={styles.section} aria-label={t('today.since')}>
      <h2 className={styles.head}>{t('today.since')}</h2>
      {data.length === 0 ? <p className={styles.meta}>{t('today.sinceEmpty')}</p> : <Notifications most={6} />}
    </section>
  )
}
