// A word shortly before a task, a call or a visit is due.
import { clock } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { activity } from './activity.ts'

/** Every five minutes: what comes due within `reminderMinutes` and was not reminded of. */
export const reminders = clock('activity.reminders', {
  label: text('Reminders', '跟进提醒'),
  every: 5,
  async run({ records, trusted, clock: now, setting, notify }) {
    const ahead = Date.parse(now.now()) + Number(setting('reminderMinutes')) * 60_000
    await records.of(activity).each(
      {
        open: true,
        owner: { isNull: false },
        remindedAt: { isNull: true },
        alert: { ne: true },
        dueAt: { lte: new Date(ahead).toISOString() },
      },
      async (page) => {
        for (const { id, owner, subject, dueAt } of page)
          notify({
            to: owner as string,
            say: text('Due: {subject}', '待办：{subject}'),
            params: { subject, at: dueAt },
            object: 'activity',
            record: id,
          })
        await trusted.of(activity).update(page.map(({ id }) => ({ id, remindedAt: now.now() })))
      },
    )
  },
})
