// What is done with people: freezing, thawing, handing over.
import { boolean, json, references, string } from './field.ts'
import type { ObjectDefinition } from './object.ts'
import { action, type DeriveDefinition } from './rule.ts'
import { text } from './text.ts'

// Named here alone, since the object itself names these verbs.
const user = { name: 'user', fields: { name: string(), frozenAt: string() } } as unknown as ObjectDefinition

/** A new user works where its creator does unless it says otherwise. */
export const ownDepartment: DeriveDefinition = {
  object: 'user',
  name: 'department of a new user',
  run(batch, { user: actor }) {
    for (const { record, before, given } of batch)
      if (before === null && !given.has('department') && !record.department) record.department = actor.department
  },
}

const notYourself = {
  status: 409,
  say: text('You cannot freeze yourself.', '不能冻结自己。'),
  cure: text('Ask another administrator.', '请由其他管理员操作。'),
}

/** Stops a person from using the system at once; what it owns stays as it is, and who ordered it is kept (WFL-45, P26-A5). */
export const freeze = action('user.freeze', {
  on: user,
  label: text('Freeze', '冻结'),
  icon: 'snowflake',
  when: 'frozenAt == null',
  input: { reason: string({ label: text('Reason', '原因'), required: true }) },
  confirm: text('This person is signed out everywhere at once.', '该用户将立即在所有设备退出登录。'),
  async run(people, { user: actor, clock, input, refuse }) {
    if (people.some((person) => person.id === actor.id)) refuse('freezeYourself', notYourself)
    return { changes: people.map(({ id }) => ({ id, frozenAt: clock.now(), frozenBy: actor.id, frozenReason: input.reason })) }
  },
})

export const unfreeze = action('user.unfreeze', {
  on: user,
  label: text('Lift the freeze', '解除冻结'),
  when: 'frozenAt != null',
  async run(people) {
    return { changes: people.map(({ id }) => ({ id, frozenAt: null, frozenBy: null, frozenReason: null })) }
  },
})

const toOthers = { status: 400, say: text('Name one or more other people to take over.', '请选择一位或多位接手人（不能是本人）。') }

/** Passes all that a person owns to successors (CUS-14). `dryRun` shows the numbers first; several successors share evenly, what hangs together stays together. */
export const handOver = action('user.handOver', {
  on: user,
  label: text("Leaver's hand-over", '工作交接'),
  icon: 'transfer',
  input: {
    to: references('user', { label: text('Successors', '接手人'), required: true }),
    objects: json({ label: text('Only these objects', '仅交接对象') }),
    dryRun: boolean({ label: text('Only show the numbers', '仅预览数量'), default: false }),
  },
  async run(people, { engine, input, notify, refuse }) {
    const to = input.to ?? []
    const objects = Array.isArray(input.objects) ? input.objects.map(String) : null
    if (to.length === 0 || people.some((person) => to.includes(person.id))) refuse('handOverToOthers', toOthers, {}, {}, 'to')
    const data = []
    for (const person of people) {
      const moved = await engine.handOver(person.id, to, { objects, dryRun: input.dryRun === true })
      data.push({ from: person.id, moved })
      if (input.dryRun) continue
      for (const id of to) {
        const mine = moved.filter((one) => one.to === id)
        if (mine.length > 0)
          notify({
            to: id,
            say: text('You took over {count} records of {who}.', '{who} 的 {count} 条数据已交接给您。'),
            params: { who: person.name, count: mine.reduce((sum, one) => sum + one.count, 0) },
            object: 'user',
            record: person.id,
          })
      }
    }
    return { data }
  },
})
