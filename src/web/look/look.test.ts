// Colours, radii and sizes of type stand in the tokens and nowhere else; text is readable on every ground.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sources, webRoot } from '../testing/sources.ts'

const tokens = readFileSync(`${webRoot}look/tokens.css`, 'utf8')
const home = new Set(['look/tokens.css', 'look/theme.ts'])

describe('tokens', () => {
  test('no other colour in the code', () => {
    const found = sources('.css', '.ts', '.tsx')
      .filter(({ path }) => !home.has(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/#[0-9a-f]{3,8}\b(?!-)|\b(rgb|hsl|oklch)a?\(/gi)].map((match) => `${path}: ${match[0]}`),
      )
    expect(found).toEqual([])
  })

  test('no other radius, no other size of type', () => {
    const found = sources('.css')
      .filter(({ path }) => !home.has(path))
      .flatMap(({ path, text }) => [
        ...[...text.matchAll(/border-radius:\s*([^;]+);/g)]
          .filter((match) => !/^((var\(--zg-radius[a-z-]*\)|0)\s*)+$/.test(match[1] ?? ''))
          .map((match) => `${path}: ${match[0]}`),
        ...[...text.matchAll(/font-size:[^;]+;/g)].map((match) => `${path}: ${match[0]}`),
        ...[...text.matchAll(/font-weight:\s*([^;]+);/g)]
          .filter((match) => match[1] !== '400' && match[1] !== '600')
          .map((match) => `${path}: ${match[0]}`),
      ])
    expect(found).toEqual([])
  })

  test('every token that is used is there', () => {
    const known = new Set([...tokens.matchAll(/(--zg-[\w-]+):/g)].map((match) => match[1]))
    const used = sources('.css', '.ts', '.tsx').flatMap(({ path, text }) =>
      [...text.matchAll(/var\((--zg-[\w-]+)\)/g)].map((match) => ({ path, name: match[1] ?? '' })),
    )
    expect(used.filter(({ name }) => !known.has(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual([])
  })
})

/** The colours of one scheme by name. */
function scheme(dark: boolean): Record<string, string> {
  const at = tokens.indexOf('[data-mantine-color-scheme="dark"]')
  const part = dark ? tokens.slice(at) : tokens.slice(0, at)
  return Object.fromEntries([...part.matchAll(/--zg-([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['canvas', 'surface', 'sunken', 'raised', 'hover', 'selected']
const texts = ['text', 'text-2', 'text-3', 'accent', 'danger', 'warn']
const pairs = ['danger', 'warn', 'ok', 'info']
const choices = ['stone', 'indigo', 'teal', 'bamboo', 'ochre', 'orange', 'cinnabar', 'plum']

describe.each([
  ['light', false],
  ['dark', true],
])('contrast, %s', (_, dark) => {
  const colours = scheme(dark)
  const of = (name: string) => colours[name] ?? ''

  test('text is at least 4.5 to 1 on every ground', () => {
    const weak = grounds.flatMap((ground) =>
      texts
        .filter((text) => contrast(of(text), of(ground)) < 4.5)
        .map((text) => `${text} on ${ground}: ${contrast(of(text), of(ground)).toFixed(2)}`),
    )
    expect(weak).toEqual([])
  })

  test('words on tints and chips too, white on filled buttons, borders of inputs 3 to 1', () => {
    const weak = [
      ...pairs.map((name) => [name, `${name}-tint`, 4.5] as const),
      ...choices.map((name) => [name, `${name}-bg`, 4.5] as const),
      ['on-fill', 'accent-fill', 4.5] as const,
      ['control', 'surface', 3] as const,
      ['control', 'raised', 3] as const,
      ['control', 'canvas', 3] as const,
    ].filter(([text, ground, least]) => contrast(of(text) || '#ffffff', of(ground)) < least)
    expect(weak.map(([text, ground]) => `${text} on ${ground}`)).toEqual([])
  })
})
