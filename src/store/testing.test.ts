import { Client } from 'pg'
import { expect, test } from 'vitest'
import { testDatabase } from './testing.ts'

test('a test database is empty, has the locale of the product, copies a template and is dropped while in use', async () => {
  const first = await testDatabase()
  const client = new Client({ connectionString: first.url })
  await client.connect()
  const locale = await client.query(
    'SELECT datlocprovider AS provider, datlocale AS locale FROM pg_catalog.pg_database WHERE datname = current_database()',
  )
  expect(locale.rows).toEqual([{ provider: 'b', locale: 'C.UTF-8' }])
  await client.query('CREATE TABLE public.kept (n int)')
  await client.end()

  const copy = await testDatabase({ template: first.url })
  const user = new Client({ connectionString: copy.url })
  user.on('error', () => {})
  await user.connect()
  expect((await user.query('SELECT count(*)::int AS n FROM public.kept')).rows).toEqual([{ n: 0 }])
  await copy.drop()
  await expect(user.query('SELECT 1')).rejects.toThrow()
  await first.drop()
})
