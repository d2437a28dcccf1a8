// What is offered in a deal: goods, their number and the price of the list.
import type { Chance } from './chance.ts'
import type { Line } from './customer.ts'
import { productByKey } from './products.ts'

export interface Offer {
  /** As the deal's name says it. */
  what: string
  product: string
  amount: number
  currency: string
}

const words: Record<string, (n: number) => string> = {
  'EX-B9': (n) => `${n} 个标展`,
  'EX-C9': (n) => `${n} 个双开口标展`,
  'EX-R36': (n) => `${n}㎡ 光地`,
  'BD-W': (n) => `${n}㎡ 木结构特装`,
  'BD-T': (n) => `${n}㎡ 桁架特装`,
  'BD-SET': (n) => (n === 1 ? '快装套餐' : `${n} 套快装套餐`),
  'TR-PU3': (n) => `${n} pop-up walls`,
  'TR-LB1': (n) => `${n} SEG light boxes`,
  'TR-RB8': (n) => `${n} roll-ups`,
  'TR-AL': (n) => `${n} profiles 3 m`,
  'TR-BAG': (n) => `${n} carry cases`,
}

/** So many of a product at its list price. */
export function packOf(product: string, count: number): Offer {
  const { price } = productByKey.get(product) as { price: { amount: string; currency: string } }
  return {
    what: (words[product] as (n: number) => string)(count),
    product,
    amount: Math.round(Number(price.amount) * 100 * count) / 100,
    currency: price.currency,
  }
}

/** Booths or raw space worth so many times 1,280, the price of a square metre: 10 is a booth, 11 a corner booth. */
export function boothUnits(units: number): Offer {
  if (units % 11 === 0 && units <= 132) return packOf('EX-C9', units / 11)
  return units % 10 === 0 && units <= 120 ? packOf('EX-B9', units / 10) : packOf('EX-R36', units)
}

/** Something a customer of this business would ask for. */
export function offerOf(draw: Chance, line: Line): Offer {
  if (line === 'expo')
    return draw.weighted([
      [() => packOf('EX-B9', draw.whole(2, 10)), 40],
      [() => packOf('EX-C9', draw.whole(2, 9)), 30],
      [() => packOf('EX-R36', draw.whole(9, 54) * 4), 30],
    ])()
  if (line === 'stand')
    return draw.weighted([
      [() => packOf('BD-W', draw.whole(12, 54) * 4), 60],
      [() => packOf('BD-T', draw.whole(14, 60) * 4), 26],
      [() => packOf('BD-SET', draw.whole(2, 5)), 14],
    ])()
  return draw.weighted([
    [() => packOf('TR-PU3', draw.whole(8, 40) * 10), 36],
    [() => packOf('TR-LB1', draw.whole(9, 40) * 10), 26],
    [() => packOf('TR-RB8', draw.whole(10, 60) * 40), 20],
    [() => packOf('TR-AL', draw.whole(10, 40) * 36), 10],
    [() => packOf('TR-BAG', draw.whole(10, 40) * 50), 8],
  ])()
}
