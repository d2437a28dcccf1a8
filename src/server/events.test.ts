import { beforeAll, expect, test } from 'vitest'
import { reference, string, user } from '../model/field.ts'
import { object } from '../model/object.ts'
import { pack } from '../model/pack.ts'
import { text } from '../model/text.ts'
import { type Company, type Member, memberOf, startCompany } from './testing.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  fields: { name: string({ required: true }), owner: user(), parent: reference('client') },
  views: { list: ['name'] },
})
const shop = pack('shop', { label: text('Shop', '商店'), dependsOn: ['core'], objects: [client] })

let company: Company
let anna: Member
let bert: Member
beforeAll(async () => {
  company = await startCompany({ sellers: 2, packs: [shop] })
  ;[anna, bert] = company.sellers
})

interface Told {
  id?: string
  event?: string
  data?: { object?: string; id?: string; kind?: string; version?: number | null }
}

/** An open stream: what it was told so far, and waiting for more. */
async function listenTo(url: string, member: Member, lastEventId?: string) {
  const abort = new AbortController()
  const reply = await fetch(`${url}/api/v1/events`, {
    headers: { cookie: `zhanggui_session=${member.token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: abort.signal,
  })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const told: Told[] = []
  let wake = () => {}
  let lastId = ''
  const read = (async () => {
    let rest = ''
    for await (const part of reply.body as unknown as AsyncIterable<Uint8Array>) {
      rest += new TextDecoder().decode(part)
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        )
        if (fields.id) lastId = fields.id
        if (fields.data) told.push({ ...fields, data: JSON.parse(fields.data) })
        else told.push({ event: 'begun' })
      }
      wake()
    }
  })().catch(() => undefined)
  const until = async (enough: (told: Told[]) => boolean) => {
    while (!enough(told)) {
      await Promise.race([
        new Promise<void>((done) => {
          wake = done
        }),
        read.then(() => {
          if (!enough(told)) throw new Error(`the stream ended: ${JSON.stringify(told)}`)
        }),
      ])
    }
    return told
  }
  await until((all) => all.length > 0)
  return { told, until, ended: read, lastId: () => lastId, close: () => abort.abort() }
}
const about = (id: string, kind?: string) => (told: Told[]) =>
  told.some((one) => one.data?.id === id && (kind === undefined || one.data.kind === kind))

test('each is told of what he may see, on both nodes, and of nothing else', async () => {
  const node = await company.anotherNode()
  const [ofAnna, ofBert, ofBoss] = [
    await listenTo(company.url, anna),
    await listenTo(company.url, bert),
    await listenTo(node.url, company.boss),
  ]
  const hers = await anna.create(client, { name: '她的' })
  const his = await memberOf(node, bert.user, bert.token).create(client, { name: '他的' })
  await ofBoss.until((told) => about(hers.id)(told) && about(his.id)(told))
  await ofAnna.until(about(hers.id, 'create'))
  await ofBert.until(about(his.id, 'create'))
  expect(ofAnna.told.find(({ data }) => data?.id === hers.id)?.data).toEqual({
    workspace: 'main',
    object: 'client',
    id: hers.id,
    version: 1,
    kind: 'create',
  })
  expect(about(his.id)(ofAnna.told)).toBe(false)
  expect(about(hers.id)(ofBert.told)).toBe(false)

  // What is taken from someone, and what is deleted, is gone for him.
  await company.boss.update(client, hers, { owner: bert.user.id })
  await ofAnna.until(about(hers.id, 'gone'))
  await ofBert.until(about(hers.id, 'update'))
  await bert.remove(client, his)
  await ofBert.until(about(his.id, 'gone'))
  for (const one of [ofAnna, ofBert, ofBoss]) one.close()
})

test('a stream that broke goes on where it was; one that is too far behind is told to begin anew', async () => {
  const first = await listenTo(company.url, anna)
  const before = await anna.create(client, { name: '之前' })
  await first.until(about(before.id))
  const place = first.lastId()
  first.close()
  const between = await anna.createMany(
    client,
    Array.from({ length: 5 }, (_, i) => ({ name: `其间 ${i}` })),
  )
  const again = await listenTo(company.url, anna, place)
  await again.until((told) => between.every((one) => about(one.id)(told)))
  expect(about(before.id)(again.told)).toBe(false)
  const after = await anna.create(client, { name: '之后' })
  await again.until(about(after.id))
  again.close()

  for (let i = 0; i < 11; i++)
    await anna.createMany(
      client,
      Array.from({ length: 1_000 }, (_, n) => ({ name: `许多 ${i} ${n}` })),
    )
  const late = await listenTo(company.url, anna, place)
  expect(late.told[0]).toMatchObject({ event: 'reset' })
  late.close()
}, 60_000)

test('many streams that come and go while much changes miss nothing', async () => {
  const made: string[] = []
  const seen = new Set<string>()
  let last = await listenTo(company.url, anna)
  let writing = true
  const writer = (async () => {
    for (let i = 0; i < 40; i++) made.push((await anna.create(client, { name: `流 ${i}` })).id)
    writing = false
  })()
  let place: string | undefined
  while (writing) {
    place = last.lastId()
    const next = await listenTo(company.url, anna, place)
    last.close()
    for (const { data } of last.told) if (data?.id) seen.add(data.id)
    last = next
  }
  await writer
  await last.until((told) => about(made.at(-1) as string)(told))
  for (const { data } of last.told) if (data?.id) seen.add(data.id)
  expect(made.filter((id) => !seen.has(id))).toEqual([])
  last.close()
})

test('a stream ends when its session does, when the user is frozen, when the server stops', async () => {
  const member = await company.hire('流', {})
  const signedOut = await listenTo(company.url, member)
  await member.request('POST', '/auth/sign-out')
  await signedOut.ended
  const other = await company.hire('冻', {})
  const frozen = await listenTo(company.url, other)
  await company.boss.update('user', other.user.id, { active: false })
  await frozen.ended
  const node = await company.anotherNode()
  const open = await listenTo(node.url, company.boss)
  await Promise.all([node.stop(), open.ended])
})
