// What can be asked of a field, by its kind, in the order people need it.
import type { Operator } from '../../model/filter.ts'
import { type Field, kindOf } from '../data/model.ts'

/** `blank` and `filled` stand for isNull true and false. */
export type Asked = Operator | 'blank' | 'filled'

const texts: Asked[] = ['contains', 'eq', 'startsWith', 'ne', 'blank', 'filled']
const figures: Asked[] = ['gte', 'lte', 'eq', 'gt', 'lt', 'between', 'blank', 'filled']
const days: Asked[] = ['in', 'gte', 'lte', 'eq', 'between', 'blank', 'filled']
const several: Asked[] = ['in', 'notIn', 'blank', 'filled']

export function operatorsOf(field: Field): Asked[] {
  switch (kindOf(field)) {
    case 'number':
    case 'percent':
    case 'money':
      return figures
    case 'date':
    case 'dateTime':
      return days
    case 'boolean':
      return ['eq']
    case 'choice':
    case 'reference':
    case 'choices':
    case 'references':
      return several
    case 'address':
      return ['contains', 'blank', 'filled']
    case 'file':
    case 'files':
    case 'image':
    case 'place':
    case 'json':
    case 'lines':
      return ['blank', 'filled']
    default:
      return texts
  }
}

/** A live field can be asked and sorted only where it counts days from a field. */
export const isAskable = (field: Field): boolean => !field.live || /^\s*daysSince\(\s*\w+\s*\)\s*$/.test(field.formula ?? '')

const unsorted = new Set(['longText', 'richText', 'lines', 'file', 'files', 'image', 'json', 'address', 'place', 'choices', 'references'])
export const isSortable = (field: Field): boolean => isAskable(field) && !unsorted.has(kindOf(field))

const numeric = new Set(['number', 'percent', 'money'])
const right = new Set(['number', 'percent', 'money', 'date', 'dateTime'])
export const isNumeric = (field: Field): boolean => numeric.has(kindOf(field))
/** Numbers, money and days stand at the right. */
export const standsRight = (field: Field): boolean => right.has(kindOf(field))
