// What is still open with a customer goes along with it: open opportunities and tasks of the one who had it before.
import type { Context } from '../../model/context.ts'

/** Gives the open opportunities and tasks on these accounts to their new owners; those of third colleagues stay theirs. */
export async function moveOpenWork({ engine }: Context, moves: readonly { account: string; owner: string }[]): Promise<void> {
  const owners = new Map(moves.map(({ account, owner }) => [account, owner]))
  const accounts = [...owners.keys()]
  for (let i = 0; i < accounts.length; i += 1_000) {
    const some = accounts.slice(i, i + 1_000)
    const before = new Map(
      (await engine.list('account', { filter: { id: { in: some } }, fields: ['owner', 'formerOwner'] })).map((one) => [
        one.id,
        (one.owner ?? one.formerOwner) as string | null,
      ]),
    )
    for (const [object, open] of [
      ['opportunity', { outcome: 'open' }],
      ['activity', { open: true }],
    ] as const) {
      const found = await engine.list(object, { filter: { account: { in: some }, ...open }, fields: ['account', 'owner'] })
      const due = found.filter((one) => one.owner !== null && one.owner === before.get(one.account as string))
      const changes = due
        .map((one) => ({ id: one.id, owner: owners.get(one.account as string) as string, had: one.owner }))
        .filter((one) => one.owner !== one.had)
      if (changes.length > 0)
        await engine.reassign(
          object,
          changes.map(({ id, owner }) => ({ id, owner })),
        )
    }
  }
}
