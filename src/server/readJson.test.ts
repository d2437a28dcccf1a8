import { expect, test } from 'vitest'
import { deepest, readJson } from './readJson.ts'

const read = (json: string | Buffer) => readJson(Buffer.from(json))

test('ordinary JSON is read, brackets and quotes in texts included', () => {
  expect(read('{"a":"[[[\\"{{","b":[1,{"c":null}],"__proto":"the constructor of \\ud83d\\ude00"}')).toEqual({
    a: '[[["{{',
    b: [1, { c: null }],
    __proto: 'the constructor of 😀',
  })
})

test.each([
  ['no JSON', '{"a":}', 'it is not JSON'],
  ['an empty text', '', 'it is not JSON'],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'it is not UTF-8'],
  ['NUL', '{"a":"x\\u0000y"}', 'a text holds the character NUL'],
  ['NUL in a key', '{"x\\u0000y":1}', 'a text holds the character NUL'],
  ['a lone surrogate', '["\\ud83d"]', 'a text holds half a character (a lone surrogate)'],
  ['a prototype key', '{"a":{"__proto__":{"admin":true}}}', 'a key must not be “__proto__”'],
  ['a prototype key in escapes', '{"\\u005f_proto__":1}', 'a key must not be “__proto__”'],
  ['a constructor key', '{"constructor":{"prototype":{}}}', 'a key must not be “constructor”'],
  ['deep nesting', '['.repeat(deepest + 1), `it is nested deeper than ${deepest} levels`],
])('%s is refused', (_, json, reason) => {
  expect(() => read(json)).toThrow(
    expect.objectContaining({ code: 'malformed', status: 400, params: { reason: expect.objectContaining({ en: reason }) } }),
  )
})

test('ten million brackets are refused at once', () => {
  const began = performance.now()
  expect(() => readJson(Buffer.alloc(10_000_000, '['))).toThrow()
  expect(performance.now() - began).toBeLessThan(100)
})
