// The page a salesperson opens in the morning: what is to be done, who is about to fall to the pool, how the month stands.
import { Button } from '@mantine/core'
import { useModel } from '../data/model.ts'
import { useMe } from '../data/session.ts'
import { openForm } from '../form/openForm.ts'
import { useFormat } from '../format/useFormat.ts'
import { useKeys } from '../shell/keys.ts'
import { Page } from '../shell/Page.tsx'
import { useWords } from '../words/index.ts'
import { Falling } from './Falling.tsx'
import { MyFunnel } from './MyFunnel.tsx'
import { MyMonth } from './MyMonth.tsx'
import { News } from './News.tsx'
import { ToDo } from './ToDo.tsx'
import styles from './Today.module.css'

export function TodayPage() {
  const t = useWords()
  const me = useMe()
  const format = useFormat()
  const { objects } = useModel()
  const mayLog = objects.activity?.may.create === true
  const log = () => openForm({ object: 'activity', values: { kind: 'call' }, saved: () => undefined })
  useKeys({ n: log, c: log }, { active: mayLog })
  return (
    <Page
      title={t('shell.today')}
      beside={<span className={styles.date}>{t('today.greeting', { name: me.user.name, day: format.fullDay(format.today) })}</span>}
      actions={mayLog && <Button onClick={log}>{t('record.followUp')}</Button>}
    >
      <div className={styles.day}>
        <div className={styles.main}>
          {objects.activity && <ToDo activity={objects.activity} />}
          {objects.account?.fields.fallsOn && <Falling account={objects.account} />}
        </div>
        <div className={styles.side}>
          {objects.opportunity && <MyMonth />}
          {objects.opportunity && <MyFunnel opportunity={objects.opportunity} />}
          <News />
        </div>
      </div>
    </Page>
  )
}
