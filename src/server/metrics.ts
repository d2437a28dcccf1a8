// Figures for Prometheus: how long requests take by route, what the database is asked, how the process is.
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { problem } from '../model/problem.ts'
import type { System } from './system.ts'

/** Counts every request and answers `GET /metrics`. `ofProcess` adds memory, processor and event loop, once per process. */
export function addMetrics(app: FastifyInstance, system: System, ofProcess: boolean): void {
  const register = new Registry()
  if (ofProcess) collectDefaultMetrics({ register, eventLoopMonitoringPrecision: 20 })
  const durations = new Histogram({
    name: 'zhanggui_request_seconds',
    help: 'Seconds a request took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [register],
  })
  new Gauge({
    name: 'zhanggui_database_under_way',
    help: 'Statements and transactions under way',
    labelNames: ['use'],
    registers: [register],
    collect() {
      for (const [use, count] of Object.entries(system.underWay)) this.set({ use }, count)
    },
  })
  new Gauge({
    name: 'zhanggui_workspaces_open',
    help: 'Workspaces that are open',
    registers: [register],
    collect() {
      this.set(system.workspaces.all().length)
    },
  })
  app.addHook('onResponse', async (request, reply) => {
    durations.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` },
      reply.elapsedTime / 1_000,
    )
  })
  app.get('/metrics', async (request, reply) => {
    const { metricsToken } = system.settings
    if (metricsToken !== null && request.headers.authorization !== `Bearer ${metricsToken}`) throw problem('signInRequired')
    return reply.type(register.contentType).send(await register.metrics())
  })
}
