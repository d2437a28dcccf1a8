// Imports over HTTP: a file and its spec in, progress and failed rows out.

import { importErrors } from '../document/import/errors.ts'
import { cancelImport, type ImportView, importLimit, keepUpload, readImport, startImport, undoImport } from '../document/import/imports.ts'
import { inspectFile } from '../document/import/inspect.ts'
import type { ImportSpec } from '../document/import/spec.ts'
import { invalid, problem } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { type ApiRequest, data, type Route } from './route.ts'

const tag = 'Imports'

export const importRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/imports',
    who: 'user',
    idempotent: false,
    bodyLimit: importLimit,
    multipart: {
      type: 'object',
      properties: { spec: { type: 'string' }, file: { type: 'string', format: 'binary' } },
      required: ['file'],
    },
    tag,
    summary: text(
      'Import a file: multipart `file` and `spec` (JSON), or JSON {"file": id of an upload, "spec"}',
      '导入文件：multipart 的 file 与 spec（JSON），或 JSON {"file": 已上传文件 id, "spec"}',
    ),
    status: 201,
    async run(request) {
      const { call, system, workspace } = request
      const { file, spec } = await readUpload(request)
      return data(counted(await startImport(call, system.files(workspace), { file }, spec)), { status: 201 })
    },
  },
  {
    method: 'POST',
    path: '/imports/inspect',
    who: 'user',
    idempotent: false,
    bodyLimit: importLimit,
    multipart: {
      type: 'object',
      properties: { spec: { type: 'string' }, file: { type: 'string', format: 'binary' } },
      required: ['file'],
    },
    tag,
    summary: text(
      'Look into a file before it is imported: columns, samples, what they probably mean',
      '导入前查看文件：列、样例与可能的对应',
    ),
    async run(request) {
      const { call, system, workspace } = request
      const { file, spec } = await readUpload(request, true)
      return data(await inspectFile(call, system.files(workspace), { file }, spec))
    },
  },
  {
    method: 'GET',
    path: '/imports/:id',
    who: 'user',
    tag,
    summary: text('How an import goes', '导入进度'),
    async run({ call, params }) {
      return data(counted(await readImport(call, params.id as string)))
    },
  },
  {
    method: 'GET',
    path: '/imports/:id/errors',
    who: 'user',
    tag,
    produces: ['text/csv'],
    summary: text('The rows that failed, as uploaded, with a column `error` (CSV)', '失败的行（CSV，附 error 列）'),
    async run({ call, params, system, workspace }) {
      const { fileName, type, content } = await importErrors(call, system.files(workspace), params.id as string)
      return {
        headers: { 'content-type': type, 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` },
        body: content,
      }
    },
  },
  {
    method: 'POST',
    path: '/imports/:id/actions/cancel',
    who: 'user',
    tag,
    summary: text('Stop an import; what it has made stays', '停止导入，已导入的保留'),
    async run({ call, params }) {
      return data(counted(await cancelImport(call, params.id as string)))
    },
  },
  {
    method: 'POST',
    path: '/imports/:id/actions/undo',
    who: 'user',
    tag,
    summary: text('Take an import back as far as nobody changed its records since', '撤销导入（此后未被修改的记录）'),
    async run({ call, params }) {
      return data(counted(await undoImport(call, params.id as string)))
    },
  },
]

const counts = ['rows', 'created', 'updated', 'skipped', 'failed'] as const

/** Counts are plain numbers here: they are no business figures. */
const counted = (view: ImportView): Record<string, unknown> => ({
  ...view,
  ...Object.fromEntries(counts.map((name) => [name, view[name] === null || view[name] === undefined ? null : Number(view[name])])),
})

/** The upload kept, and the spec read, in whichever order they come. */
export async function readUpload(
  { call, http, body, system, workspace }: ApiRequest,
  withoutSpec = false,
): Promise<{ file: string; spec: ImportSpec }> {
  if (!http.isMultipart()) {
    const { file, spec } = (body ?? {}) as { file?: unknown; spec?: unknown }
    if (typeof file !== 'string') throw missing('file')
    return { file, spec: (spec ?? {}) as ImportSpec }
  }
  let file: string | undefined
  let spec: unknown
  for await (const part of http.parts({ limits: { fileSize: importLimit, files: 1 } })) {
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw missing('file')
      file = await keepUpload(call, system.files(workspace), { fileName: part.filename || 'import.csv', content: part.file })
    } else if (part.fieldname === 'spec') spec = readJson(part.value)
  }
  if (file === undefined) throw missing('file')
  if (spec === undefined && withoutSpec) return { file, spec: {} }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) throw missing('spec')
  return { file, spec: spec as ImportSpec }
}

function readJson(value: unknown): unknown {
  try {
    return JSON.parse(String(value), (key, inner) => {
      if (key === '__proto__') throw new Error('__proto__')
      return inner
    })
  } catch {
    throw problem('malformed', { reason: text('`spec` is not JSON', 'spec 不是合法的 JSON') })
  }
}

const missing = (field: string) =>
  invalid([
    {
      field,
      code: 'required',
      message:
        field === 'file'
          ? text('Send the sheet as multipart part “file”.', '请以 multipart 的 file 部分上传表格。')
          : text('Send the mapping as multipart part “spec” (JSON).', '请以 multipart 的 spec 部分发送对应关系（JSON）。'),
    },
  ])
