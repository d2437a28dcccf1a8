// How dates and times compare: day with day, moment with moment, and a moment by the day it falls on.
import { isDay, isMoment } from '../day.ts'
import { dayIn } from './dayFunctions.ts'
import type { Env } from './env.ts'
import type { Shape } from './shape.ts'
import type { Value } from './value.ts'

/** Whether a comparison of the two shapes is one of days or moments; a text that is given must be one as well. */
export function comparesDays(a: Shape, b: Shape, given?: string): boolean {
  if (given !== undefined && !isDay(given) && !isMoment(given)) return false
  return [a, b].some(({ kind }) => kind === 'date' || kind === 'dateTime')
}

/** Negative, zero or positive; null when either is blank or no date. */
export function dayOrder(a: Value, b: Value, env: Env): number | null {
  if (typeof a !== 'string' || typeof b !== 'string') return null
  if (isMoment(a) && isMoment(b)) return Date.parse(a) - Date.parse(b)
  const left = dayIn(a, env)
  const right = dayIn(b, env)
  if (left === null || right === null) return null
  return left < right ? -1 : left > right ? 1 : 0
}
