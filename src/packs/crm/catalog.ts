// The catalog stays a tree, and a product's category is the name of its place there (QUO-01).
import { derive, fault } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { product, productCategory } from './product.ts'

const deepest = 50

/** A place in the catalog never stands above itself. */
export const catalogCircle = derive(productCategory, 'tree', async (batch, { engine }) => {
  const rows = batch.filter(({ record, before }) => record.parent !== null && record.parent !== (before?.parent ?? null))
  if (rows.length === 0) return
  const all = await engine.list('productCategory', { fields: ['parent'] })
  const above = new Map<string, string | null>([
    ...all.map((one): [string, string | null] => [one.id, one.parent as string | null]),
    ...batch.map(({ record }): [string, string | null] => [record.id, record.parent]),
  ])
  for (const row of rows) {
    let at: string | null | undefined = row.record.parent
    for (let step = 0; at && at !== row.record.id && step <= deepest; step++) at = above.get(at)
    if (at) fault(row, 'parent', 'circle', text('A catalog entry cannot stand above itself.', '上级目录不能是自己或自己的下级。'))
  }
})

/** Placed in the catalog, a product is of the category of that name; named by category alone, it is placed where there is one place of that name. */
export const categoryName = derive(product, 'category', async (batch, { engine }) => {
  const rows = batch.filter(
    ({ record, before }) =>
      record.catalog !== (before?.catalog ?? null) || (record.category !== (before?.category ?? null) && record.catalog === null),
  )
  if (rows.length === 0) return
  const places = await engine.list('productCategory', { fields: ['name'] })
  const byId = new Map(places.map((one) => [one.id, String(one.name)]))
  for (const { record, given } of rows) {
    if (record.catalog !== null) {
      if (!given.has('category')) record.category = byId.get(record.catalog) ?? record.category
      continue
    }
    const named = places.filter((one) => one.name === record.category)
    if (record.category !== null && named.length === 1) record.catalog = named[0]?.id ?? null
  }
})
