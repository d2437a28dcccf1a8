// Reading records: lists, one record, figures.
import { aggregate, getRecord, listRecords } from '../../access/read.ts'
import type { AggregateRequest } from '../../model/context.ts'
import { text } from '../../model/text.ts'
import { data, type Route } from '../route.ts'
import { etag, fieldsIn, filterIn, flagIn, listParameters, namesIn, numberIn } from './query.ts'

const tag = 'Records'
const object = { type: 'object' }

export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/records/:object',
    who: 'user',
    tag,
    summary: text('A page of records', '记录列表（一页）'),
    query: listParameters,
    async run({ call, params, query }) {
      const page = await listRecords(call, params.object as string, {
        filter: filterIn(query),
        sort: query.sort,
        fields: fieldsIn(query),
        expand: namesIn(query.expand),
        limit: numberIn(query, 'limit'),
        after: query.after || undefined,
        count: flagIn(query, 'count'),
        deleted: flagIn(query, 'deleted'),
      })
      return { body: { data: page.data, page: { next: page.next }, ...(page.count ? { count: page.count } : {}) } }
    },
  },
  {
    method: 'GET',
    path: '/records/:object/:id',
    who: 'user',
    tag,
    summary: text('One record', '一条记录'),
    query: {
      fields: listParameters.fields as object,
      expand: listParameters.expand as object,
      deleted: listParameters.deleted as object,
    } as Record<string, Record<string, unknown>>,
    async run({ call, params, query }) {
      const record = await getRecord(call, params.object as string, params.id as string, {
        fields: fieldsIn(query) ?? 'all',
        expand: namesIn(query.expand) ?? [],
        deleted: flagIn(query, 'deleted'),
      })
      return data(record, { headers: etag(record) })
    },
  },
  {
    method: 'POST',
    path: '/records/:object/aggregate',
    who: 'user',
    idempotent: false,
    tag,
    summary: text('Figures over records, by groups', '按分组汇总'),
    body: {
      type: 'object',
      properties: {
        filter: object,
        group: {
          type: 'array',
          maxItems: 5,
          items: {
            type: 'object',
            properties: {
              field: { type: 'string', minLength: 1, maxLength: 300 },
              by: { enum: ['day', 'week', 'month', 'quarter', 'year'] },
            },
            required: ['field'],
            additionalProperties: false,
          },
        },
        measures: {
          type: 'object',
          minProperties: 1,
          maxProperties: 30,
          propertyNames: { pattern: '^[a-zA-Z][a-zA-Z0-9_]{0,59}$' },
          additionalProperties: {
            type: 'object',
            properties: {
              op: { enum: ['count', 'countDistinct', 'sum', 'avg', 'min', 'max', 'median'] },
              field: { type: 'string', minLength: 1, maxLength: 300 },
              where: object,
            },
            required: ['op'],
            additionalProperties: false,
          },
        },
      },
      required: ['measures'],
      additionalProperties: false,
    },
    answer: { type: 'array', items: object },
    run: async ({ call, params, body }) => data(await aggregate(call, params.object as string, body as AggregateRequest)),
  },
]
