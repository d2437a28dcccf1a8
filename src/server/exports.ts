// Taking records along as a file.
import { exportRecords } from '../document/export.ts'
import { text } from '../model/text.ts'
import { badParameter, fieldsIn, filterIn } from './records/query.ts'
import type { Route } from './route.ts'

export const exportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/records/:object/export',
    who: 'user',
    tag: 'Records',
    produces: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    summary: text('What the list would show, as CSV or XLSX', '将列表导出为 CSV 或 XLSX'),
    query: {
      format: { type: 'string', enum: ['csv', 'xlsx'] },
      headers: { type: 'string', enum: ['label', 'name'] },
      filter: { type: 'string' },
      sort: { type: 'string' },
      fields: { type: 'string' },
    },
    async run({ call, params, query }) {
      const { format = 'csv', headers = 'label' } = query
      if (format !== 'csv' && format !== 'xlsx') throw badParameter('format', text('csv or xlsx', 'csv 或 xlsx'))
      if (headers !== 'label' && headers !== 'name') throw badParameter('headers', text('label or name', 'label 或 name'))
      const { fileName, type, content } = await exportRecords(call, params.object as string, {
        format,
        headers,
        filter: filterIn(query),
        sort: query.sort,
        fields: fieldsIn(query),
      })
      return {
        headers: { 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` },
        body: content,
      }
    },
  },
]
