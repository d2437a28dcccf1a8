// Filters that ask for what one may not know: by a field's value, through a reference, by what refers here, over lines, and their opposites.
import type { FilterJson } from '../../model/field.ts'
import { fieldsOf, type Noun } from './market.ts'
import { type Asking, askedValue, type Draw, idOf, pick, specOf, visible } from './scene.ts'
import { storedValue } from './values.ts'

export interface Probe {
  json: FilterJson
  /** Whether the asker may ask it at all; else it is 400. */
  allowed: boolean
  holds(record: number): boolean
}

type Test = { operator: 'eq' | 'ne' | 'isNull'; value: unknown }
const referred: Record<Noun, readonly (readonly [string, Noun])[]> = {
  client: [['partner', 'client']],
  person: [['client', 'client']],
  visit: [
    ['client', 'client'],
    ['deal', 'deal'],
  ],
  deal: [['client', 'client']],
  paper: [['deal', 'deal']],
  memo: [['client', 'client']],
}
const referring: Partial<Record<Noun, readonly (readonly [string, Noun, string])[]>> = {
  client: [
    ['people', 'person', 'client'],
    ['visits', 'visit', 'client'],
    ['deals', 'deal', 'client'],
    ['memos', 'memo', 'client'],
    ['partners', 'client', 'partner'],
  ],
  deal: [
    ['visits', 'visit', 'deal'],
    ['papers', 'paper', 'deal'],
  ],
}
const askable = (object: Noun) => fieldsOf[object].filter((field) => !['items', 'stageSince', 'scan', 'silentDays'].includes(field))

/** A filter on `object`, drawn by chance. */
export function probeOf(asking: Asking, object: Noun, draw: Draw): Probe {
  const kinds = [byField, byField, throughReference, ...(referring[object] ? [byRelation] : []), ...(object === 'deal' ? [byLine] : [])]
  const probe = pick(kinds, draw.choice)(asking, object, draw)
  if (draw.size % 5 !== 0) return probe
  return { json: { not: probe.json }, allowed: probe.allowed, holds: (record) => !probe.holds(record) }
}

/** A value that some record of the object has in the field, or a question for blanks. */
function testOf(asking: Asking, object: Noun, field: string, draw: Draw): Test {
  const { scene } = asking
  const of = pick(scene.at[object], draw.other)
  const value = ['persons', 'earned'].includes(field) ? '0' : storedValue(scene.org, scene.ids, of, field)
  if (value === null || draw.size % 4 === 0) return { operator: 'isNull', value: draw.flag }
  return { operator: draw.size % 7 === 0 ? 'ne' : 'eq', value }
}

function passes({ operator, value }: Test, seen: unknown): boolean {
  if (operator === 'isNull') return (seen === null) === value
  return sameValue(seen, value) === (operator === 'eq')
}

const sameValue = (a: unknown, b: unknown): boolean => {
  const plain = (value: unknown) => (typeof value === 'object' && value !== null ? (value as { amount: string }).amount : value)
  return a !== null && String(plain(a)).replace(/\.00$/, '') === String(plain(b)).replace(/\.00$/, '')
}

function byField(asking: Asking, object: Noun, draw: Draw): Probe {
  const field = pick(askable(object), draw.field)
  const test = testOf(asking, object, field, draw)
  return {
    json: { [field]: { [test.operator]: test.value } },
    allowed: asking.scene.oracle.asks(asking.person, object, field),
    holds: (record) => passes(test, askedValue(asking, record, field)),
  }
}

/** The record that a reference leads to, as far as the asker may follow it. */
export function followed(asking: Asking, record: number, via: string): number | null {
  const id = askedValue(asking, record, via)
  const target = id === null ? -1 : asking.scene.ids.records.indexOf(id as string)
  return target >= 0 && visible(asking, target) ? target : null
}

function throughReference(asking: Asking, object: Noun, draw: Draw): Probe {
  const { oracle } = asking.scene
  const [via, target] = pick(referred[object], draw.size)
  const field = pick(askable(target), draw.field)
  const test = testOf(asking, target, field, draw)
  return {
    json: { [`${via}.${field}`]: { [test.operator]: test.value } },
    allowed: oracle.asks(asking.person, object, via) && oracle.knows(asking.person, target) && oracle.asks(asking.person, target, field),
    holds: (record) => {
      const at = followed(asking, record, via)
      return passes(test, at === null ? null : askedValue(asking, at, field))
    },
  }
}

function byRelation(asking: Asking, object: Noun, draw: Draw): Probe {
  const { scene, person } = asking
  const [relation, other, via] = pick(referring[object] ?? [], draw.size)
  const field = pick(askable(other), draw.field)
  const test = testOf(asking, other, field, draw)
  const some = draw.flag || draw.size % 3 === 0
  const { oracle } = scene
  return {
    json: { [relation]: { [some ? 'some' : 'none']: { [field]: { [test.operator]: test.value } } } },
    allowed: oracle.knows(person, other) && oracle.asks(person, other, via) && oracle.asks(person, other, field),
    holds: (record) =>
      some ===
      scene.at[other].some(
        (one) =>
          visible(asking, one) && askedValue(asking, one, via) === idOf(scene, record) && passes(test, askedValue(asking, one, field)),
      ),
  }
}

function byLine(asking: Asking, _object: Noun, draw: Draw): Probe {
  const { scene, person } = asking
  const of = pick(scene.at.deal, draw.other)
  return {
    json: { items: { some: { what: `kwhat${of}z` } } },
    allowed: scene.oracle.asks(person, 'deal', 'items'),
    holds: (record) => record === of && specOf(scene, record).object === 'deal',
  }
}
