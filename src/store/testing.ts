// Databases for tests: one embedded server serves the whole run (started in testingServer.ts), each test file takes fresh databases on it.
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

export type TestDatabase = { url: string; drop(): Promise<void> }

/**
 * Makes an empty database with the product's locale (UTF-8, builtin C.UTF-8), or a copy of the database named in the `template` URL
 * (which nobody may be connected to). `drop` ends what is still connected to it.
 */
export async function testDatabase(options: { template?: string } = {}): Promise<TestDatabase> {
  const server = process.env.ZG_TEST_DATABASE
  if (!server) throw new Error('ZG_TEST_DATABASE is not set: run tests with npm test, or set it to the URL of a PostgreSQL 17 or newer')
  const name = `test_${randomBytes(6).toString('hex')}`
  const source = options.template ? `"${new URL(options.template).pathname.slice(1)}" STRATEGY file_copy` : locale
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${source}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

const locale = "template0 ENCODING 'UTF8' LOCALE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
