// What a supervisor or a load balancer asks: does the process live, can it serve.
import type { FastifyInstance } from 'fastify'
import { sql } from '../store/sql.ts'
import type { System } from './system.ts'

export function addHealth(app: FastifyInstance, system: System): void {
  app.get('/health/live', async () => ({ status: 'live' }))
  app.get('/health/ready', async (_, reply) => {
    const reason = system.stopping.aborted ? 'stopping' : await answers(system)
    return reply.code(reason === null ? 200 : 503).send(reason === null ? { status: 'ready' } : { status: 'unavailable', reason })
  })
}

/** Null when the database answers within two seconds. */
async function answers({ database }: System): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<string>((done) => {
    timer = setTimeout(() => done('the database does not answer'), 2_000)
  })
  const asked = database
    .link()
    .query(sql`select 1`)
    .then(
      () => null,
      () => 'the database cannot be reached',
    )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}
