// Where things are: groups follow the day's work, not the packs. What the model does not show this user is not there, and an empty group disappears.
import type { ComponentType } from 'react'
import type { WireMe } from '../../model/api.ts'
import { type Model, objectIn } from '../data/model.ts'
import { IconChartBar, IconFileImport, IconHome, IconRipple, IconUsersGroup } from '../look/icons.ts'
import { iconOf } from '../look/objectIcons.ts'
import type { Words } from '../words/index.ts'

export interface Place {
  name: string
  label: string
  icon: ComponentType
  to: string
  /** The letter that goes there after G. */
  letter?: string
}

export interface PlaceGroup {
  name: string
  label: string | null
  places: Place[]
}

const customers = ['lead', 'account', 'contact']
const sales = ['opportunity', 'activity', 'campaign', 'product', 'competitor']
/** What a company sets up once and looks after; for those who may change it. */
const setUp = ['department', 'pool', 'assignmentRule', 'tag', 'target', 'conflict', 'productCategory', 'competitorProduct', 'exchangeRate']
/** Objects that are seen inside others or have a page of their own. */
const inside = new Set(['user', 'role', 'section', 'importJob', 'campaignMember', 'poolMove'])
const letters: Record<string, string> = { lead: 'L', account: 'A', contact: 'C', opportunity: 'O', activity: 'F', product: 'P' }

/** The groups of the navigation for this user. */
export function placesOf(model: Model, me: WireMe, t: Words): PlaceGroup[] {
  const objectPlace = (name: string): Place[] => {
    const object = objectIn(model, name)
    if (!object || me.rights[name]?.view === 'none') return []
    const letter = letters[name]
    return [{ name, label: t.of(object.plural), icon: iconOf(object.icon), to: `/records/${name}`, ...(letter ? { letter } : {}) }]
  }
  const known = new Set([...customers, ...sales, ...setUp, ...inside])
  const others = Object.keys(model.objects).filter((name) => !known.has(name) && !name.includes('.'))
  const pool: Place[] =
    objectIn(model, 'pool') && objectIn(model, 'account')?.fields.pool
      ? [{ name: 'publicPool', label: t('shell.pool'), icon: IconRipple, to: '/pool', letter: 'W' }]
      : []
  const imports: Place[] =
    objectIn(model, 'importJob') && me.rights.importJob?.create !== false
      ? [{ name: 'import', label: t('shell.imports'), icon: IconFileImport, to: '/import', letter: 'I' }]
      : []
  const figures: Place[] = objectIn(model, 'opportunity')
    ? [{ name: 'insight', label: t('shell.funnel'), icon: IconChartBar, to: '/insight', letter: 'D' }]
    : []
  const groups: PlaceGroup[] = [
    { name: 'top', label: null, places: [{ name: 'today', label: t('shell.today'), icon: IconHome, to: '/today', letter: 'T' }] },
    { name: 'customers', label: t('shell.customers'), places: [...customers.flatMap(objectPlace), ...pool] },
    { name: 'sales', label: t('shell.sales'), places: sales.flatMap(objectPlace) },
    { name: 'other', label: t('shell.other'), places: others.flatMap(objectPlace) },
    { name: 'insight', label: t('shell.insight'), places: [...figures, ...imports] },
    {
      name: 'office',
      label: t('shell.office'),
      places: [
        { name: 'people', label: t('shell.people'), icon: IconUsersGroup, to: '/people', letter: 'U' },
        ...(me.user.administer ? setUp.flatMap(objectPlace) : []).map((place) =>
          place.name === 'pool' ? { ...place, label: t('shell.poolRules') } : place,
        ),
      ],
    },
  ]
  return groups.filter((group) => group.places.length > 0)
}
