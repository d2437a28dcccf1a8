#!/usr/bin/env node
// The room check: each folder of src/ imports only what its row allows. Types, re-exports, import() and import types count as well.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'vite'

/** What each room may import besides itself (the table of docs/architecture.md). */
export const rooms = {
  model: [],
  store: ['model'],
  access: ['model', 'store'],
  flow: ['model', 'store', 'access'],
  report: ['model', 'store', 'access'],
  document: ['model', 'store', 'access', 'flow', 'report'],
  mail: ['model', 'store', 'access', 'flow', 'document'],
  packs: ['model'],
  server: ['model', 'store', 'access', 'flow', 'report', 'document', 'mail', 'packs'],
  web: ['model'],
  'cli.ts': ['server', 'store'],
}

/** What each pack may import besides itself, in the order of `dependsOn`; a pack without a row may import every pack of this list. */
export const packs = {
  crm: [],
  sales: ['crm'],
  projects: ['crm', 'sales'],
  finance: ['crm', 'sales', 'projects'],
  inventory: ['crm', 'sales', 'projects', 'finance'],
  service: ['crm', 'sales', 'projects', 'finance', 'inventory'],
  office: ['crm', 'sales', 'projects', 'finance', 'inventory', 'service'],
}

/** Packages that would bring input or output into rooms that have none. */
const forbiddenPackages = {
  model: (name) => name.startsWith('node:') || ['pg', 'fastify', 'react', 'sql-template-tag', 'vite'].includes(name),
  packs: (name) => name.startsWith('node:') || ['pg', 'fastify', 'react', 'sql-template-tag', 'vite'].includes(name),
  web: (name) => name.startsWith('node:') || ['pg', 'fastify', 'sql-template-tag'].includes(name),
}

const source = /\.(ts|tsx|js|jsx|mts)$/
const test = /(\.(test|soak)\.tsx?|(^|\/)testing[^/]*\.tsx?|(^|\/)testing\/.*)$/

/** Every import that a room may not have, as lines `file:line imports what: why`. `root` is the folder that holds src/. */
export function violations(root) {
  const src = join(root, 'src')
  return files(src).flatMap((file) => {
    const path = relative(src, file).split(sep).join('/')
    return importsOf(file).flatMap(({ from, line }) => {
      const why = from === null ? (test.test(path) ? null : 'the name of the module must be written out') : refusal(src, path, file, from)
      return why ? [`src/${path}:${line} imports ${from ?? 'a computed module'}: ${why}`] : []
    })
  })
}

function refusal(src, path, file, from) {
  const room = roomOf(path)
  const isTest = test.test(path)
  if (!from.startsWith('.')) {
    if (/^(~|#|@\/|src\/)/.test(from) || from.startsWith('/')) return 'paths are relative, without aliases'
    return !isTest && forbiddenPackages[room]?.(from) ? `${room} stays free of it` : null
  }
  const target = relative(src, resolve(dirname(file), from.replace(/\?.*$/, '')))
    .split(sep)
    .join('/')
  if (target.startsWith('../')) return isTest || target === '../package.json' ? null : 'it lies outside of src'
  if (!/\.\w+$/.test(target)) return 'the extension is missing'
  const other = roomOf(target)
  if (!isTest && test.test(target)) return 'only tests import testing helpers'
  if (!(room in rooms) && !isTest) return `${room} is not a room of the table in bin/rooms.js`
  if (other === room) return room === 'packs' ? packRefusal(path, target) : null
  if (isTest || rooms[room].includes(other)) return null // a test stands on the whole system
  return `${room} may import ${rooms[room].join(', ') || 'nothing'} only`
}

function packRefusal(path, target) {
  const [, pack, ...rest] = path.split('/')
  const [, other] = target.split('/')
  if (rest.length === 0 || pack === other || !(other in packs)) return null // packs/index.ts lists them all
  const allowed = packs[pack] ?? Object.keys(packs)
  return allowed.includes(other) ? null : `pack ${pack} may import ${allowed.join(', ') || 'no other pack'} only`
}

function roomOf(path) {
  return path.split('/')[0]
}

/** The modules a file names, with the line; `from` is null where import() is given something computed. */
function importsOf(file) {
  const code = readFileSync(file, 'utf8')
  const { program, errors } = parseSync(file, code)
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0].message}`)
  const found = []
  const add = (node) => {
    if (!node) return
    const plain = node.type === 'TemplateLiteral' && node.expressions.length === 0 ? node.quasis[0].value.cooked : undefined
    const from = typeof node.value === 'string' ? node.value : (plain ?? null)
    found.push({ from, line: code.slice(0, node.start).split('\n').length })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source ?? node.argument?.literal),
    TSExternalModuleReference: (node) => add(node.expression),
  }).visit(program)
  return found
}

function files(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && source.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = violations(resolve(dirname(fileURLToPath(import.meta.url)), '..'))
  for (const line of found) console.error(line)
  console.log(found.length === 0 ? 'Rooms: every import is allowed' : `Rooms: ${found.length} imports are not allowed`)
  process.exitCode = found.length === 0 ? 0 : 1
}
