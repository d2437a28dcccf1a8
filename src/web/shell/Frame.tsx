// The frame around every page: navigation with its indigo spine, the page, on a phone the bar at the bottom; search, forms and the way back lie over it.
import { useMantineColorScheme } from '@mantine/core'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useMemory } from '../data/memory.ts'
import { useModel } from '../data/model.ts'
import { dress, likingsOf, useMe } from '../data/session.ts'
import { FormHost } from '../form/FormHost.tsx'
import { useWords } from '../words/index.ts'
import { BottomBar } from './BottomBar.tsx'
import styles from './Frame.module.css'
import { useKeys } from './keys.ts'
import { Navigation } from './Navigation.tsx'
import { openSearch, useSearchOpen } from './openSearch.ts'
import { placesOf } from './places.ts'
import { Waiting } from './States.tsx'
import { UndoBar } from './UndoBar.tsx'

const bringSearch = () => import('./SearchPalette.tsx')
const SearchPalette = lazy(() => bringSearch().then((file) => ({ default: file.SearchPalette })))
const KeySheet = lazy(() => import('./KeySheet.tsx').then((file) => ({ default: file.KeySheet })))

export function Frame() {
  const t = useWords()
  const me = useMe()
  const model = useModel()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const [folded] = useMemory('navigation-folded', false)
  const searching = useSearchOpen()
  const [sheet, setSheet] = useState(false)
  const groups = placesOf(model, me, t)
  const path = useRouterState({ select: (state) => state.location.pathname })

  useEffect(() => dress(likingsOf(me), setColorScheme), [me, setColorScheme])
  // Whoever presses Ctrl K types on at once: the search is there before it is asked for.
  useEffect(() => {
    const timer = setTimeout(() => void bringSearch(), 1_500)
    return () => clearTimeout(timer)
  }, [])
  useEffect(() => {
    document.documentElement.dataset.navigation = folded ? 'folded' : 'open'
  }, [folded])

  const go = Object.fromEntries(
    groups.flatMap((group) =>
      group.places.flatMap((place) => (place.letter ? [[`g ${place.letter.toLowerCase()}`, () => void navigate({ to: place.to })]] : [])),
    ),
  )
  useKeys({ 'mod+k': () => openSearch(true), '/': () => openSearch(true), '?': () => setSheet(true), ...go })

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#page">
        {t('shell.skip')}
      </a>
      <Navigation groups={groups} folded={folded} />
      <div className={styles.page} id="page" tabIndex={-1}>
        <Suspense key={path.split('/').slice(0, 3).join('/')} fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
      <BottomBar />
      <UndoBar />
      <FormHost />
      <Suspense>
        {searching && <SearchPalette groups={groups} close={() => openSearch(false)} />}
        {sheet && <KeySheet groups={groups} close={() => setSheet(false)} />}
      </Suspense>
    </div>
  )
}
