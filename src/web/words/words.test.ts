// Every word stands in both languages, is used, and stands nowhere else: no text is written into the code itself.
import { parseSync, Visitor } from 'vite'
import { describe, expect, test } from 'vitest'
import { sources, webRoot } from '../testing/sources.ts'
import { areas } from './index.ts'
import type { Area } from './words.ts'

const han = /\p{Script=Han}/u
const letters = /\p{L}{2,}/u
const all = Object.entries(areas as Record<string, Area>).flatMap(([area, entries]) =>
  Object.entries(entries).map(([key, [zh, one, others]]) => ({
    key: `${area}.${key}`,
    zh,
    en: others === undefined ? [one] : [one, others],
  })),
)
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()

describe('words', () => {
  test('both languages are there, each in its own script', () => {
    const silent = all.filter(({ zh, en }) => zh.trim() === '' || en.some((text) => text.trim() === ''))
    const mixed = all.filter(({ en }) => en.some((text) => han.test(text.replace('万', ''))))
    const foreign = all.filter(({ zh }) => letters.test(zh.replace(/\{\w+\}/g, '')) && !han.test(zh))
    expect([silent, mixed, foreign].map((some) => some.map(({ key }) => key))).toEqual([[], [], []])
  })

  test('both languages fill in the same', () => {
    const different = all.filter(({ zh, en }) =>
      en.some((text) => new Set([...places(zh), ...places(text)]).size !== new Set(places(zh)).size),
    )
    expect(different.map(({ key }) => key)).toEqual([])
  })

  test('no word is left over', () => {
    const code = sources('.ts', '.tsx')
      .filter(({ path }) => !path.startsWith('words/'))
      .map(({ text }) => text)
      .join('\n')
    const computed = [...code.matchAll(/`(\w+)\.\$\{/g)].map((match) => match[1])
    const unused = all.filter(({ key }) => !code.includes(`'${key}'`) && !computed.includes(key.split('.')[0] ?? ''))
    expect(unused.map(({ key }) => key)).toEqual([])
  })
})

describe('the code', () => {
  test('speaks through words alone', () => {
    const spoken = sources('.ts', '.tsx')
      .filter(({ path }) => !path.startsWith('words/'))
      .flatMap(({ path, text }) => textsIn(path, text))
    expect(spoken).toEqual([])
  })
})

/** Attributes that people read or hear. */
const read = new Set(['label', 'title', 'placeholder', 'description', 'alt', 'aria-label', 'aria-description', 'hint'])

/** Texts written into a file: what stands between tags, what attributes say, any Chinese. */
function textsIn(path: string, code: string): string[] {
  const { program } = parseSync(`${webRoot}${path}`, code)
  const found: string[] = []
  const note = (text: string) => found.push(`${path}: ${text.trim().slice(0, 60)}`)
  new Visitor({
    JSXText: (node) => {
      if (letters.test(node.value)) note(node.value)
    },
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      if (read.has(name) && node.value?.type === 'Literal' && typeof node.value.value === 'string' && letters.test(node.value.value))
        note(node.value.value)
    },
    Literal: (node) => {
      if (typeof node.value === 'string' && han.test(node.value)) note(node.value)
    },
    TemplateElement: (node) => {
      if (han.test(node.value.cooked ?? '')) note(node.value.cooked ?? '')
    },
  }).visit(program)
  return found
}
