// What each role may do, as words: rows are objects, columns are verbs.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WirePage, WireRecord } from '../../model/api.ts'
import type { ObjectRights, Scope } from '../../model/rule.ts'
import { request } from '../data/client.ts'
import { type ObjectModel, useModel } from '../data/model.ts'
import { useAggregate } from '../data/records.ts'
import { Chip } from '../fields/Chip.tsx'
import { Trouble, Waiting } from '../shell/States.tsx'
import { useWords, type WordKey } from '../words/index.ts'
import styles from './People.module.css'

const verbs = ['view', 'create', 'edit', 'delete', 'export', 'assign'] as const
const verbWords: Record<(typeof verbs)[number], WordKey> = {
  view: 'people.verbView',
  create: 'people.verbCreate',
  edit: 'people.verbEdit',
  delete: 'people.verbDelete',
  export: 'people.verbExport',
  assign: 'people.verbAssign',
}
const scopes: readonly Scope[] = ['none', 'own', 'department', 'departments', 'section', 'all']
const scopeWords: Record<Scope, WordKey> = {
  none: 'people.scopeNone',
  own: 'people.scopeOwn',
  department: 'people.scopeDepartment',
  departments: 'people.scopeDepartments',
  section: 'people.scopeSection',
  all: 'people.scopeAll',
}

export function Roles({ role }: { role: ObjectModel }) {
  const t = useWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const list = useQuery({
    queryKey: ['records', 'role', 'list', 'rights'],
    queryFn: ({ signal }) =>
      request<WirePage>('GET', '/records/role', {
        query: {
          fields: ['code', 'name', 'nameEn', 'administer', 'allSections', 'rights'].filter((name) => role.fields[name]).join(','),
          sort: 'createdAt',
          limit: 200,
        },
        signal,
      }),
  })
  const holders = useAggregate<{ roles: string | null; n: number }>('user', {
    filter: { service: { ne: true } },
    group: [{ field: 'roles' }],
    measures: { n: { op: 'count' } },
  })
  if (list.isError) return <Trouble error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Waiting />
  const roles = list.data.data
  const shown = roles.find((one) => one.id === chosen) ?? roles[0]
  const nameOf = (one: WireRecord) => (t.language === 'en' && one.nameEn ? String(one.nameEn) : String(one.name ?? ''))
  return (
    <div className={styles.roles}>
      <nav className={styles.roleList} aria-label={t('people.roles')}>
        {roles.map((one) => (
          <button key={one.id} type="button" aria-pressed={one.id === shown?.id} onClick={() => setChosen(one.id)}>
            <span>{nameOf(one)}</span>
            <small>{t('people.holders', { count: Number(holders.data?.find((row) => row.roles === one.id)?.n ?? 0) })}</small>
          </button>
        ))}
      </nav>
      {shown && (
        <section className={styles.rights} aria-label={t('people.roleRights', { role: nameOf(shown) })}>
          <h2>{nameOf(shown)}</h2>
          <p className={styles.flags}>
            {shown.administer === true && <Chip colour="indigo">{t('people.administer')}</Chip>}
            {shown.allSections === true && <Chip colour="teal">{t('people.allSections')}</Chip>}
          </p>
          <Rights role={shown} />
        </section>
      )}
    </div>
  )
}

function Rights({ role }: { role: WireRecord }) {
  const t = useWords()
  const { objects } = useModel()
  const rights = (role.rights ?? {}) as Record<string, ObjectRights>
  const rest = rights['*'] ?? {}
  const named = Object.values(objects).filter((object) => !object.name.includes('.') && rights[object.name])
  const rows: [string, string, ObjectRights][] = [
    ...named.map((object): [string, string, ObjectRights] => [object.name, t.of(object.plural), rights[object.name] ?? {}]),
    ['*', t('people.others'), rest],
  ]
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('people.object')}</th>
          {verbs.map((verb) => (
            <th key={verb} scope="col">
              {t(verbWords[verb])}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, label, own]) => (
          <tr key={name}>
            <th scope="row">{label}</th>
            {verbs.map((verb) => (
              <td key={verb}>
                {verb === 'create' ? (
                  own.create ? (
                    t('people.yes')
                  ) : (
                    <span className={styles.none}>{t('people.scopeNone')}</span>
                  )
                ) : (
                  <ScopeWord scope={own[verb] ?? 'none'} />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ScopeWord({ scope }: { scope: Scope }) {
  const t = useWords()
  const reach = scopes.indexOf(scope)
  return (
    <span className={scope === 'none' ? styles.none : styles.scope}>
      <span className={styles.reach} aria-hidden="true">
        {scopes.slice(1).map((one, i) => (
          <i key={one} data-on={i < reach || undefined} />
        ))}
      </span>
      {t(scopeWords[scope])}
    </span>
  )
}
