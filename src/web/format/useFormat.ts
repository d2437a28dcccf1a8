// Formatting bound to who reads it: language, the company's day and clock, 万 or full figures.
import { useMemo } from 'react'
import { dayOf } from '../../model/day.ts'
import type { MoneyValue } from '../../model/field.ts'
import { useMemory } from '../data/memory.ts'
import { useMe } from '../data/session.ts'
import { useWords } from '../words/index.ts'
import { moneyText, numberText, percentText, shortNumber } from './number.ts'
import { dayText, fullDay, fullMoment, type Here, momentText } from './time.ts'

export interface Format extends Here {
  currency: string
  short: boolean
  number(value: unknown, scale?: number): string
  percent(value: unknown): string
  /** An amount without its currency, in 万 when the reader wants it so. */
  money(money: MoneyValue): string
  /** An amount with its currency unless it is the company's own. */
  price(money: MoneyValue): string
  fullMoney(money: MoneyValue): string
  /** Always in 万 and 亿: heads of lanes, bars. */
  sum(money: MoneyValue): string
  day(day: string): string
  fullDay(day: string): string
  moment(moment: string, precise?: boolean): string
  fullMoment(moment: string): string
}

export const useShortMoney = (): [boolean, (value: boolean) => void] => useMemory('short-money', false)

export function useFormat(): Format {
  const { company } = useMe()
  const { language } = useWords()
  const [short] = useShortMoney()
  const today = dayOf(Date.now(), company.timeZone)
  return useMemo(() => {
    const here: Here = { language, today, timeZone: company.timeZone }
    const named = (money: MoneyValue) => money.currency !== company.currency
    return {
      ...here,
      currency: company.currency,
      short,
      number: numberText,
      percent: percentText,
      money: (money) => moneyText(money, { language, short }),
      price: (money) => moneyText(money, { language, short, currency: named(money) }),
      fullMoney: (money) => moneyText(money, { language, currency: true }),
      sum: (money) => `${named(money) ? `${money.currency} ` : ''}${shortNumber(money.amount, language)}`,
      day: (day) => dayText(day, here),
      fullDay: (day) => fullDay(day, language),
      moment: (moment, precise) => momentText(moment, here, precise),
      fullMoment: (moment) => fullMoment(moment, here),
    }
  }, [language, today, company.timeZone, company.currency, short])
}
