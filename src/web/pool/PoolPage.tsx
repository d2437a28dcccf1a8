// 公海: customers without owner, by pool; what was last said can be read before claiming, and who was slower learns who was quicker.
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import type { WireRecord } from '../../model/api.ts'
import { clockOf } from '../../model/day.ts'
import type { FilterJson } from '../../model/field.ts'
import { isRefused } from '../data/client.ts'
import { type ObjectModel, titleOf, useModel } from '../data/model.ts'
import { act, expandable, useRecordCount, useRecordList } from '../data/records.ts'
import { offerUndo, sayTrouble } from '../data/undo.ts'
import { both } from '../filter/conditions.ts'
import { FilterBar } from '../filter/FilterBar.tsx'
import { timeText } from '../format/time.ts'
import { useFormat } from '../format/useFormat.ts'
import { columnsOf } from '../list/columns.ts'
import { ListFoot } from '../list/ListFoot.tsx'
import listStyles from '../list/ListPage.module.css'
import { ListTable } from '../list/ListTable.tsx'
import { useKeys } from '../shell/keys.ts'
import { Page } from '../shell/Page.tsx'
import { Empty, MissingPage, Trouble, Waiting } from '../shell/States.tsx'
import { useWords } from '../words/index.ts'
import styles from './Pool.module.css'
import { PoolCards } from './PoolCards.tsx'
import { Pools } from './Pools.tsx'

const Peek = lazy(() => import('../record/Peek.tsx').then((file) => ({ default: file.Peek })))

export function PoolPage() {
  const account = useModel().objects.account
  return account?.fields.pool ? <PoolList account={account} /> : <MissingPage />
}

const names = ['name', 'industry', 'region', 'grade', 'poolReason', 'formerOwner', 'lastFollowUpAt', 'pooledAt', 'phone', 'pool']

function PoolList({ account }: { account: ObjectModel }) {
  const t = useWords()
  const navigate = useNavigate()
  const small = useMediaQuery('(max-width: 47.99em)') ?? false
  const [pool, setPool] = useState<string | null>(null)
  const [filter, setFilter] = useState<FilterJson>({})
  const [adding, setAdding] = useState(false)
  const [sort, setSort] = useState<string | undefined>('-pooledAt')
  const [active, setActive] = useState(-1)
  const [peeked, setPeeked] = useState<string | null>(null)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const place = useRef<HTMLDivElement>(null)
  const asked = useMemo(() => both({ pool: pool ?? { isNull: false } }, filter), [pool, filter])
  const fields = useMemo(() => names.filter((name) => account.fields[name]), [account])
  const columns = useMemo(
    () =>
      columnsOf(
        account,
        fields.filter((name) => name !== 'pool' || pool === null),
      ),
    [account, fields, pool],
  )
  const list = useRecordList('account', { filter: asked, ...(sort ? { sort } : {}), fields, expand: expandable(account, fields) })
  const count = useRecordCount('account', asked)
  const records = list.data?.pages.flatMap((page) => page.data) ?? []
  const { claim, state, fading } = useClaim(account)
  const move = (step: number) => {
    const next = Math.max(0, Math.min(records.length - 1, active + step))
    setActive(next)
    if (peeked !== null && records[next]) setPeeked(records[next].id)
  }
  const toggle = useCallback(
    (id: string) => setSelected((old) => (old.has(id) ? new Set([...old].filter((one) => one !== id)) : new Set([...old, id]))),
    [],
  )
  const peek = useCallback((id: string) => setPeeked(id), [])
  useKeys({
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    ' ': () => setPeeked(peeked === null ? (records[active]?.id ?? null) : null),
    Enter: () => records[active] && void navigate({ to: '/records/$object/$id', params: { object: 'account', id: records[active].id } }),
    x: () => records[active] && toggle(records[active].id),
    f: () => setAdding(true),
    Escape: () => (peeked !== null ? setPeeked(null) : setSelected(new Set())),
  })
  const claimMany = async () => {
    await claim(records.filter((record) => selected.has(record.id)))
    setSelected(new Set())
  }
  const action = (record: WireRecord) =>
    state[record.id] ? (
      <span className={styles.taken}>{state[record.id]}</span>
    ) : (
      <Button size="xs" variant="default" onClick={() => void claim([record])}>
        {t('account.claim')}
      </Button>
    )
  const more = list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : null
  return (
    <Page
      title={t('account.poolTitle')}
      actions={
        selected.size > 0 && (
          <Button onClick={() => void claimMany()}>
            {t('account.claim')} ({selected.size})
          </Button>
        )
      }
    >
      <div className={styles.place}>
        <Pools chosen={pool} choose={setPool} />
        <div className={listStyles.list}>
          <div className={listStyles.bar}>
            <FilterBar object={account} filter={filter} onChange={setFilter} adding={adding} setAdding={setAdding} />
          </div>
          {list.isError ? (
            <Trouble error={list.error} retry={() => void list.refetch()} />
          ) : list.isPending ? (
            <Waiting />
          ) : records.length === 0 ? (
            <Empty title={t('account.poolEmpty')} hint={t('account.poolEmptyHint')} />
          ) : small ? (
            <PoolCards account={account} records={records} action={action} more={more} />
          ) : (
            <ListTable
              object={account}
              columns={columns}
              records={records}
              sort={sort}
              onSort={setSort}
              onWidth={() => undefined}
              active={active}
              setActive={setActive}
              selected={selected}
              toggle={toggle}
              toggleAll={() => setSelected(selected.size > 0 ? new Set() : new Set(records.map((record) => record.id)))}
              peek={peek}
              more={more}
              place={place}
              total={count.data?.value ?? null}
              action={action}
              fading={fading}
            />
          )}
          <ListFoot
            object={account}
            columns={columns}
            filter={asked}
            selected={selected.size}
            count={count.data ?? null}
            loading={list.isFetching}
          />
        </div>
        {peeked !== null && (
          <Suspense>
            <Peek object={account} id={peeked} close={() => setPeeked(null)} step={move} />
          </Suspense>
        )}
      </div>
    </Page>
  )
}

interface ClaimAnswer {
  data: {
    claimed: string[]
    refused: { id: string; code: string; holder?: { name: string }; claimedAt?: string }[]
    left: number | null
  } | null
}

/** Claims one or several; what another was quicker to take says so in its row and fades. */
function useClaim(account: ObjectModel) {
  const t = useWords()
  const format = useFormat()
  const [state, setState] = useState<Record<string, string>>({})
  const note = (id: string, who: string | undefined, at: unknown) => {
    const time = typeof at === 'string' ? clockOf(at, format.timeZone) : null
    setState((old) => ({ ...old, [id]: t('account.taken', { who: who ?? '', time: time ? timeText(time.minutes) : '' }) }))
  }
  const claim = async (records: readonly WireRecord[]) => {
    const [first] = records
    if (!first) return
    try {
      const answer = await act<ClaimAnswer>(
        'account.claim',
        records.map((record) => record.id),
      )
      const refused = answer?.data?.refused ?? []
      for (const one of refused) note(one.id, one.holder?.name, one.claimedAt)
      const got = records.filter((record) => !refused.some((one) => one.id === record.id))
      if (got[0])
        offerUndo(
          got.length === 1
            ? t('account.claimed', { title: titleOf(account, got[0]) })
            : t('list.done', { what: t('account.claim'), count: got.length }),
          null,
        )
    } catch (refused) {
      if (!isRefused(refused)) return sayTrouble((refused as Error).message)
      const holder = refused.problem.holder as { name?: string } | undefined
      if (refused.problem.code === 'alreadyClaimed' && records.length === 1) note(first.id, holder?.name, refused.problem.claimedAt)
      sayTrouble(refused.problem.detail)
    }
  }
  return { claim, state, fading: new Set(Object.keys(state)) }
}
