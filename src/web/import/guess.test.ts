// Columns of real sheets and what they are taken for.
import { describe, expect, test } from 'vitest'
import type { Field, ObjectModel } from '../data/model.ts'
import { guessDateFormat, guessField } from './guess.ts'

const object = (name: string, fields: Record<string, Field['type']>): ObjectModel =>
  ({
    name,
    label: { en: name, zh: name },
    title: 'name',
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, type]): [string, Partial<Field>] => [
        name,
        {
          name,
          type,
          label: { en: name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), zh: name },
          may: 'write',
          system: false,
          custom: false,
          live: false,
        },
      ]),
    ),
  }) as unknown as ObjectModel

const guesses = (target: ObjectModel, columns: Record<string, string[]>) => {
  const taken = new Set<string>()
  return Object.fromEntries(
    Object.entries(columns).map(([header, samples]) => {
      const field = guessField(target, header, samples, taken)
      if (field) taken.add(field)
      return [header, field]
    }),
  )
}

describe('columns that are no field’s name', () => {
  test('the pipeline of a sales team', () => {
    const opportunity = object('opportunity', {
      code: 'text',
      name: 'text',
      account: 'reference',
      product: 'reference',
      owner: 'reference',
      stage: 'choice',
      amount: 'money',
      engagedOn: 'date',
      closeOn: 'date',
      lostReason: 'choice',
    })
    expect(
      guesses(opportunity, {
        opportunity_id: ['1C1I7A6R'],
        sales_agent: ['Moses Frase'],
        product: ['GTX Plus Basic'],
        account: ['Cancity'],
        deal_stage: ['Won'],
        engage_date: ['10/20/2016'],
        close_date: ['3/1/2017'],
        close_value: ['1054'],
      }),
    ).toEqual({
      opportunity_id: 'code',
      sales_agent: 'owner',
      product: 'product',
      account: 'account',
      deal_stage: 'stage',
      engage_date: 'engagedOn',
      close_date: 'closeOn',
      close_value: 'amount',
    })
  })

  test('accounts and products', () => {
    const account = object('account', {
      section: 'reference',
      bankAccount: 'text',
      name: 'text',
      industry: 'choice',
      annualRevenue: 'money',
      employees: 'number',
      country: 'text',
      establishedIn: 'number',
      parent: 'reference',
    })
    expect(
      guesses(account, {
        account: ['Acme'],
        sector: ['retail'],
        year_established: ['1996'],
        revenue: ['1100.04'],
        employees: ['2822'],
        office_location: ['Kenya'],
        subsidiary_of: [''],
      }),
    ).toEqual({
      account: 'name',
      sector: 'industry',
      year_established: 'establishedIn',
      revenue: 'annualRevenue',
      employees: 'employees',
      office_location: 'country',
      subsidiary_of: 'parent',
    })
    const product = object('product', {
      competitors: 'references',
      name: 'text',
      category: 'choice',
      price: 'money',
    })
    expect(guesses(product, { product: ['GTX Basic'], sales_price: ['550'], series: ['GTX'] })).toEqual({
      product: 'name',
      sales_price: 'price',
      series: 'category',
    })
  })

  test('what fits nothing is left out', () => {
    expect(guesses(object('x', { name: 'text' }), { weather: ['sunny'] })).toEqual({ weather: null })
  })
})

test('how days are written', () => {
  expect(guessDateFormat(['10/20/2016', '3/1/2017'])).toBe('M/D/YYYY')
  expect(guessDateFormat(['20.10.2016'])).toBe('D.M.YYYY')
  expect(guessDateFormat(['2016-10-20'])).toBe(null)
})
