// Reads a JSON body and refuses what would do harm further in: bytes that are no UTF-8, NUL and half characters, deep nesting, keys of Object.prototype.
import { type Problem, problem } from '../model/problem.ts'
import { type Text, text } from '../model/text.ts'

/** How deep a body may nest; the deepest that anything of ours asks for is about 20. */
export const deepest = 64

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The value of a JSON body. Throws 400 `malformed` with the reason. */
export function readJson(bytes: Buffer): unknown {
  if (tooDeep(bytes)) throw malformed(text(`it is nested deeper than ${deepest} levels`, `嵌套超过 ${deepest} 层`))
  const written = decode(bytes)
  let value: unknown
  try {
    value = JSON.parse(written)
  } catch {
    throw malformed(text('it is not JSON', '不是有效的 JSON'))
  }
  if (suspicious.test(written)) checkValue(value)
  return value
}

// Only texts with one of these can hold something to refuse; the rest, nearly all, is not walked.
const suspicious = /\\u(?:0000|d[89a-f])|__proto__|\\u005f|constructor|prototype/i
const halfCharacter = /\p{Surrogate}/u
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

function checkValue(value: unknown): void {
  if (typeof value === 'string') checkText(value)
  else if (Array.isArray(value)) value.forEach(checkValue)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (forbiddenKeys.has(key)) throw malformed(text(`a key must not be “${key}”`, `键名不能为“${key}”`))
      checkText(key)
      checkValue(inner)
    }
  }
}

function checkText(value: string): void {
  if (value.includes('\0')) throw malformed(text('a text holds the character NUL', '文本含有 NUL 字符'))
  if (halfCharacter.test(value)) throw malformed(text('a text holds half a character (a lone surrogate)', '文本含有不完整的字符'))
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed(text('it is not UTF-8', '不是 UTF-8 编码'))
  }
}

/** Counts brackets outside of texts, before anything is built from them. */
function tooDeep(bytes: Buffer): boolean {
  let depth = 0
  let inText = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inText) {
      if (byte === 0x5c) i += 1
      else if (byte === 0x22) inText = false
    } else if (byte === 0x22) inText = true
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest) return true
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1
  }
  return false
}

const malformed = (reason: Text): Problem => problem('malformed', { reason })
