// Attachments over HTTP: streamed in and out, never shown in a way in which a browser could run them.
import type { MultipartFile } from '@fastify/multipart'
import { openFile, saveFile } from '../access/files.ts'
import { invalid } from '../model/problem.ts'
import { text } from '../model/text.ts'
import { flagIn } from './records/query.ts'
import { data, type Route } from './route.ts'

/** Kinds that a browser shows without running anything in them. */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|application\/pdf|text\/plain|audio\/[\w.+-]+|video\/[\w.+-]+)$/

export const fileRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/files',
    who: 'user',
    idempotent: false,
    tag: 'Files',
    summary: text(
      'Upload a file (multipart `file`); with `object` and `record` before it, it is attached there',
      '上传文件（multipart file）；其前可带 object 和 record 以直接附上',
    ),
    multipart: {
      type: 'object',
      properties: { object: { type: 'string' }, record: { type: 'string' }, file: { type: 'string', format: 'binary' } },
      required: ['file'],
    },
    status: 201,
    async run({ call, http, system, workspace }) {
      const limit = system.settings.uploadLimit * 2 ** 20
      // One byte more is let through, so that what is too large is refused and never cut.
      const part = await http.file({ limits: { fileSize: limit + 1 } })
      if (!part)
        throw invalid([
          {
            field: 'file',
            code: 'required',
            message: text('Send the file as multipart part “file”.', '请以 multipart 的 file 部分上传文件。'),
          },
        ])
      const [object, record] = [fieldOf(part, 'object'), fieldOf(part, 'record')]
      const place = object !== undefined && record !== undefined ? { object, record } : {}
      const file = await saveFile(call, system.files(workspace), part.file, { name: part.filename, type: part.mimetype, limit, ...place })
      return data(file, { status: 201 })
    },
  },
  {
    method: 'GET',
    path: '/files/:id',
    who: 'user',
    tag: 'Files',
    summary: text('The content of a file; `download` always saves it', '文件内容；download 为下载'),
    query: { download: { type: 'boolean' } },
    produces: ['application/octet-stream'],
    async run({ call, params, query, system, workspace }) {
      const file = await openFile(call, system.files(workspace), params.id as string)
      const inline = shown.test(file.type) && !flagIn(query, 'download')
      const type = shown.test(file.type) ? file.type : 'application/octet-stream'
      return {
        headers: {
          'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
          'content-length': String(file.size),
          'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${asciiName(file.name)}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`,
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          'cache-control': 'private, max-age=3600',
        },
        body: file.content,
      }
    },
  },
]

/** A field of the form that stands before the file. */
function fieldOf(part: MultipartFile, name: string): string | undefined {
  const field = part.fields[name]
  return field && !Array.isArray(field) && field.type === 'field' && typeof field.value === 'string' ? field.value : undefined
}

const asciiName = (name: string): string => name.replace(/[^\x20-\x7e]|["\\]/g, '_')
