// The sources of the web application, for tests that look at the code itself.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const webRoot = fileURLToPath(new URL('..', import.meta.url))

export interface Source {
  /** Below src/web, with slashes. */
  path: string
  text: string
}

/** All files with one of the endings, tests and what they stand on left out. */
export function sources(...endings: string[]): Source[] {
  return readdirSync(webRoot, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(webRoot, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
    .filter(({ path }) => !/\.test\.tsx?$/.test(path) && !path.startsWith('testing/'))
    .sort((a, b) => a.path.localeCompare(b.path))
}
