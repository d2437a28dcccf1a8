// Who works here, who can sign in and with which roles; what the roles may do, readable.
import { useState } from 'react'
import { useModel } from '../data/model.ts'
import listStyles from '../list/ListPage.module.css'
import { Page } from '../shell/Page.tsx'
import { MissingPage } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { People } from './People.tsx'
import { Roles } from './Roles.tsx'

type Part = 'people' | 'roles'

export function PeoplePage() {
  const t = useWords()
  const { objects } = useModel()
  const [part, setPart] = useState<Part>('people')
  const user = objects.user
  if (!user) return <MissingPage />
  const parts: Part[] = objects.role ? ['people', 'roles'] : ['people']
  const tabs = (
    <div className={listStyles.tabs} role="tablist" aria-label={t('people.title')}>
      {parts.map((one) => (
        <button key={one} type="button" role="tab" className={listStyles.tab} aria-selected={part === one} onClick={() => setPart(one)}>
          {t(`people.${one}`)}
        </button>
      ))}
    </div>
  )
  return part === 'people' ? (
    <People user={user} tabs={tabs} />
  ) : (
    <Page title={t('people.title')} beside={tabs}>
      {objects.role && <Roles role={objects.role} />}
    </Page>
  )
}
