// Watches the database from outside: how many statements are under way for whom, and which took too long.
import type { Database, Link, Transaction, Use } from '../store/postgres.ts'
import type { Sql } from '../store/sql.ts'

export interface SlowStatement {
  use: Use
  milliseconds: number
  rows: number
  /** The first thousand characters; parameters stay out of it. */
  statement: string
}

export interface Watched {
  database: Database
  /** Statements and transactions under way, per use. */
  underWay: Record<Use, number>
}

/** The same database, counted. `slow` is told of statements that took longer than `milliseconds` (0: none). */
export function watchDatabase(database: Database, milliseconds: number, slow: (statement: SlowStatement) => void): Watched {
  const underWay: Record<Use, number> = { api: 0, jobs: 0, exports: 0 }
  const timed = async <T>(use: Use, statement: Sql, send: () => Promise<T>, rows: (result: T) => number): Promise<T> => {
    const began = performance.now()
    const result = await send()
    const took = performance.now() - began
    if (milliseconds > 0 && took >= milliseconds)
      slow({ use, milliseconds: Math.round(took), rows: rows(result), statement: statement.text.slice(0, 1_000) })
    return result
  }
  const count = async <T>(use: Use, run: () => Promise<T>): Promise<T> => {
    underWay[use] += 1
    try {
      return await run()
    } finally {
      underWay[use] -= 1
    }
  }
  const watchLink = (link: Link, use: Use, counted: boolean): Link => ({
    query: (statement) => {
      const send = () =>
        timed(
          use,
          statement,
          () => link.query(statement),
          (rows) => rows.length,
        )
      return counted ? count(use, send) : send()
    },
    run: (statement) => {
      const send = () =>
        timed(
          use,
          statement,
          () => link.run(statement),
          (result) => result.count,
        )
      return counted ? count(use, send) : send()
    },
  })
  const links = new Map<Use, Link>()
  return {
    underWay,
    database: {
      ...database,
      link(use = 'api') {
        const known = links.get(use) ?? watchLink(database.link(use), use, true)
        links.set(use, known)
        return known
      },
      transaction(run, options = {}) {
        const use = options.use ?? 'api'
        return count(use, () =>
          database.transaction((tx: Transaction) => {
            // A connection that breaks between two statements must not end the process; the next statement tells of it.
            if (tx.client.listenerCount('error') === 0) tx.client.on('error', () => undefined)
            return run({ ...tx, ...watchLink(tx, use, false) })
          }, options),
        )
      },
    },
  }
}
