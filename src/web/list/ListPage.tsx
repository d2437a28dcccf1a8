// A list of any object, drawn from the model: tabs, filter sentence, columns, selection, peek, keys; the same as a board or as cards on a phone.
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { useMemory } from '../data/memory.ts'
import { type ObjectModel, useObject } from '../data/model.ts'
import { expandable, useRecordCount, useRecordList } from '../data/records.ts'
import { openForm } from '../form/openForm.ts'
import { IconPlus } from '../look/icons.ts'
import { useKeys } from '../shell/keys.ts'
import { Page } from '../shell/Page.tsx'
import { Empty, MissingPage, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import { columnsOf } from './columns.ts'
import { ListCards } from './ListCards.tsx'
import { ListFoot } from './ListFoot.tsx'
import { ListMenu } from './ListMenu.tsx'
import styles from './ListPage.module.css'
import { ListTable } from './ListTable.tsx'
import { forgetPlace, rememberedPlace, rememberPlace } from './places.ts'
import { type ListState, useListState } from './useListState.ts'
import { ViewBar } from './ViewBar.tsx'
import { ViewMenu } from './ViewMenu.tsx'

const Board = lazy(() => import('../board/Board.tsx').then((file) => ({ default: file.Board })))
const SelectionBar = lazy(() => import('./SelectionBar.tsx').then((file) => ({ default: file.SelectionBar })))
const Peek = lazy(() => import('../record/Peek.tsx').then((file) => ({ default: file.Peek })))

export function ListPage() {
  const { object: name } = useParams({ from: '/app/records/$object' })
  const object = useObject(name)
  if (!object) return <MissingPage />
  return <ObjectList key={name} object={object} />
}

export const phone = '(max-width: 47.99em)'

function ObjectList({ object }: { object: ObjectModel }) {
  const t = useWords()
  const state = useListState(object)
  const board = state.as === 'board' && object.views.board !== undefined
  const create = useCallback(() => openForm({ object: object.name }), [object.name])
  const mayCreate = object.may.create
  return (
    <Page
      title={t.of(object.plural)}
      beside={<ViewMenu object={object} state={state} />}
      actions={
        <>
          {mayCreate && (
            <Button onClick={create} leftSection={<IconPlus />}>
              {t('common.new')}
            </Button>
          )}
          <ListMenu object={object} state={state} />
        </>
      }
    >
      {board ? (
        <>
          <ViewBar object={object} state={state} />
          <Suspense fallback={<Waiting />}>
            <Board object={object} state={state} />
          </Suspense>
        </>
      ) : (
        <Records object={object} state={state} create={mayCreate ? create : null} />
      )}
    </Page>
  )
}

/** Names that a list asks for: what is shown, and what its rows need to be named and acted upon. */
function fieldsOf(object: ObjectModel, columns: readonly string[]): string[] {
  const needed = [object.title, ...columns, 'owner', object.stages?.field, object.stages?.by]
  return [...new Set(needed.filter((one): one is string => one !== undefined && object.fields[one] !== undefined))]
}

function Records({ object, state, create }: { object: ObjectModel; state: ListState; create: (() => void) | null }) {
  const navigate = useNavigate()
  const small = useMediaQuery(phone) ?? false
  const [widths, setWidths] = useMemory<Record<string, number>>(`widths-${object.name}`, {})
  const columns = useMemo(() => columnsOf(object, state.columns, widths), [object, state.columns, widths])
  const fields = useMemo(() => fieldsOf(object, state.columns), [object, state.columns])
  const query = useMemo(
    () => ({ filter: state.asked, ...(state.sort ? { sort: state.sort } : {}), fields, expand: expandable(object, fields) }),
    [object, state.asked, state.sort, fields],
  )
  const list = useRecordList(object.name, query)
  const count = useRecordCount(object.name, state.asked)
  const records = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? [], [list.data])
  const key = JSON.stringify([object.name, query])

  const place = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(() => rememberedPlace(key)?.active ?? -1)
  const [selected, setSelected] = useState<ReadonlySet<string>>(() => new Set(rememberedPlace(key)?.selected))
  const [all, setAll] = useState(false)
  const [peeked, setPeeked] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)

  // Back from a record: the same rows, the same place, the same selection.
  useEffect(() => {
    const known = rememberedPlace(key)
    if (known && place.current) place.current.scrollTop = known.top
    const element = place.current
    return () => {
      if (element) rememberPlace(key, { top: element.scrollTop, active: live.current.active, selected: [...live.current.selected] })
    }
  }, [key])
  const live = useRef({ active, selected })
  live.current = { active, selected }

  const clear = useCallback(() => {
    setSelected(new Set())
    setAll(false)
    forgetPlace(key)
  }, [key])
  const toggle = useCallback(
    (id: string, range: boolean) => {
      setAll(false)
      setSelected((old) => {
        const next = new Set(old)
        const ids = records.map((record) => record.id)
        const [from, to] = [ids.indexOf(last.current ?? id), ids.indexOf(id)].sort((a, b) => a - b)
        if (range && from !== undefined && to !== undefined && from >= 0) for (const one of ids.slice(from, to + 1)) next.add(one)
        else if (next.has(id)) next.delete(id)
        else next.add(id)
        return next
      })
      last.current = id
    },
    [records],
  )
  const last = useRef<string | null>(null)
  const move = (step: number) => {
    const next = Math.max(0, Math.min(records.length - 1, active + step))
    setActive(next)
    intoSight(place.current, next)
    if (peeked !== null && records[next]) setPeeked(records[next].id)
  }
  const open = (record: WireRecord | undefined) =>
    record && void navigate({ to: '/records/$object/$id', params: { object: object.name, id: record.id } })
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    Enter: () => open(records[active]),
    ' ': () => setPeeked(peeked === null ? (records[active]?.id ?? null) : null),
    x: () => records[active] && toggle(records[active].id, false),
    f: () => setAdding(true),
    c: () => create?.(),
    Escape: () => (peeked !== null ? setPeeked(null) : clear()),
  })

  const peek = useCallback((id: string) => setPeeked(id), [])
  const more = list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : null
  const chosen = useMemo(() => records.filter((record) => selected.has(record.id)), [records, selected])
  return (
    <>
      {selected.size > 0 ? (
        <Suspense fallback={<div className={styles.bar} data-selection />}>
          <SelectionBar
            object={object}
            state={state}
            selected={chosen}
            all={all}
            total={count.data?.value ?? null}
            selectAll={() => setAll(true)}
            clear={clear}
          />
        </Suspense>
      ) : (
        <ViewBar object={object} state={state} adding={adding} setAdding={setAdding} />
      )}
      <div className={styles.body}>
        <div className={styles.list}>
          {list.isError ? (
            <Trouble error={list.error} retry={() => void list.refetch()} />
          ) : list.isPending ? (
            <Waiting />
          ) : records.length === 0 ? (
            <NothingThere object={object} state={state} create={create} />
          ) : small ? (
            <ListCards object={object} columns={columns} records={records} more={more} place={place} />
          ) : (
            <ListTable
              object={object}
              columns={columns}
              records={records}
              sort={state.sort}
              onSort={(sort) => state.set({ sort })}
              onWidth={(field, width) => setWidths({ ...widths, [field]: width })}
              active={active}
              setActive={setActive}
              selected={selected}
              toggle={toggle}
              toggleAll={() => (selected.size >= records.length ? clear() : setSelected(new Set(records.map((record) => record.id))))}
              peek={peek}
              more={more}
              place={place}
              total={count.data?.value ?? null}
            />
          )}
          <ListFoot
            object={object}
            columns={columns}
            filter={state.asked}
            selected={selected.size}
            count={count.data ?? null}
            loading={list.isFetching}
          />
        </div>
        {peeked !== null && (
          <Suspense>
            <Peek object={object} id={peeked} close={() => setPeeked(null)} step={move} />
          </Suspense>
        )}
      </div>
    </>
  )
}

function intoSight(place: HTMLElement | null, index: number): void {
  const row = place?.querySelector<HTMLElement>('[role="row"][aria-rowindex]:not(:first-child)')
  const height = place?.querySelector<HTMLElement>('[role="rowgroup"] [role="row"]')?.offsetHeight ?? row?.offsetHeight ?? 36
  if (!place) return
  const head = 32
  const top = index * height
  if (top < place.scrollTop) place.scrollTop = top
  else if (top + height + head > place.scrollTop + place.clientHeight) place.scrollTop = top + height + head - place.clientHeight
}

function NothingThere({ object, state, create }: { object: ObjectModel; state: ListState; create: (() => void) | null }) {
  const t = useWords()
  const navigate = useNavigate()
  const what = t.of(object.plural)
  const filtered = state.filter !== undefined && Object.keys(state.filter).length > 0
  if (filtered || state.search.q)
    return (
      <Empty title={t('list.emptyTitle', { what })} hint={t('list.emptyFilter')}>
        <Button variant="default" onClick={() => state.set({ filter: state.view ? {} : undefined, q: undefined })}>
          {t('filter.clearAll')}
        </Button>
      </Empty>
    )
  const mine = state.tab?.name === 'mine'
  return (
    <Empty
      title={mine ? t('list.emptyMine', { what }) : t('list.emptyFirst', { what })}
      hint={mine && object.fields.pool ? t('list.emptyMineHint') : t('list.emptyHint')}
    >
      {create && <Button onClick={create}>{t('common.newOf', { what: t.of(object.label) })}</Button>}
      {mine && object.name === 'account' && (
        <Button variant="default" onClick={() => void navigate({ to: '/pool' })}>
          {t('shell.pool')}
        </Button>
      )}
      {!mine && (
        <Button variant="default" onClick={() => void navigate({ to: '/import', search: { object: object.name } })}>
          {t('list.import')}
        </Button>
      )}
    </Empty>
  )
}
