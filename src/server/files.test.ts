import { beforeAll, expect, test } from 'vitest'
import { string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { type Company, type Member, startCompany } from './testing.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  fields: { name: string({ required: true }), owner: user() },
  views: { list: ['name'] },
})

let company: Company
let anna: Member
let bert: Member
beforeAll(async () => {
  company = await startCompany({
    sellers: 2,
    packs: [pack('shop', { label: text('Shop', '店'), dependsOn: ['core'], objects: [client] })],
    settings: { ZG_UPLOAD_LIMIT: '1' },
  })
  ;[anna, bert] = company.sellers
})

const upload = async (
  member: Member,
  name: string,
  type: string,
  content: string | Uint8Array<ArrayBuffer>,
  fields: Record<string, string> = {},
) => {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.append(key, value)
  form.append('file', new Blob([content], { type }), name)
  const reply = await fetch(`${company.url}/api/v1/files`, {
    method: 'POST',
    body: form,
    headers: { cookie: `zhanggui_session=${member.token}`, 'accept-language': 'en' },
  })
  return {
    status: reply.status,
    body: (await reply.json()) as { data: { id: string; name: string; size: number; type: string }; code?: string },
  }
}
const download = (member: Member, id: string, query = '') =>
  fetch(`${company.url}/api/v1/files/${id}${query}`, { headers: { cookie: `zhanggui_session=${member.token}` } })

test('a file is uploaded to a record and read by those who see the record', async () => {
  const mine = await anna.create(client, { name: '附件' })
  const { status, body } = await upload(anna, '报价单.pdf', 'application/pdf', '%PDF-1.4', { object: 'client', record: mine.id })
  expect(status).toBe(201)
  expect(body.data).toMatchObject({ name: '报价单.pdf', size: 8, type: 'application/pdf' })
  expect((await anna.request('GET', `/records/client/${mine.id}/files`)).body.data).toMatchObject([
    { id: body.data.id, name: '报价单.pdf' },
  ])
  const read = await download(anna, body.data.id)
  expect(await read.text()).toBe('%PDF-1.4')
  expect(Object.fromEntries(read.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="___.pdf"; filename*=UTF-8''${encodeURIComponent('报价单.pdf')}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  expect((await download(anna, body.data.id, '?download=true')).headers.get('content-disposition')).toMatch(/^attachment/)
  expect((await download(bert, body.data.id)).status).toBe(404)
  expect((await upload(bert, 'x.txt', 'text/plain', 'x', { object: 'client', record: mine.id })).status).toBe(404)
  expect((await anna.request('DELETE', `/records/client/${mine.id}/files/${body.data.id}`)).status).toBe(204)
  expect((await anna.request('GET', `/records/client/${mine.id}/files`)).body.data).toEqual([])
})

test.each([
  ['picture.svg', 'image/svg+xml', '<svg onload="alert(1)"/>'],
  ['page.html', 'text/html', '<script>alert(1)</script>'],
  ['page.xhtml', 'application/xhtml+xml', '<html/>'],
  ['script.js', 'text/javascript', 'alert(1)'],
])('%s is never shown, only saved', async (name, type, content) => {
  const { body } = await upload(anna, name, type, content)
  const read = await download(anna, body.data.id)
  expect(read.headers.get('content-type')).toBe('application/octet-stream')
  expect(read.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('tricks with paths and headers in names come to nothing', async () => {
  for (const name of ['../../etc/passwd', '..\\..\\boot.ini', 'a"\r\nset-cookie: x=1\r\n.txt', '\u202egnp.exe', '.']) {
    const { status, body } = await upload(anna, name, 'text/plain', 'x')
    expect(status).toBe(201)
    expect(body.data.name).not.toMatch(/[/\\\r\n\u202e]/)
    const read = await download(anna, body.data.id)
    expect(read.status).toBe(200)
    expect(read.headers.get('set-cookie')).toBeNull()
  }
})

test('more than the limit, nothing at all and no multipart are refused', async () => {
  expect(await upload(anna, 'big.bin', 'application/octet-stream', new Uint8Array(2 ** 20 + 10))).toMatchObject({
    status: 413,
    body: { code: 'tooLarge' },
  })
  const empty = await fetch(`${company.url}/api/v1/files`, {
    method: 'POST',
    body: new FormData(),
    headers: { cookie: `zhanggui_session=${anna.token}` },
  })
  expect(empty.status).toBe(400)
  expect((await anna.request('POST', '/files', { body: {} })).status).toBe(415)
})
