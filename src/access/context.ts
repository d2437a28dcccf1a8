// The ports a pack's code is given, bound to one call: everything it reads and writes passes the same door as its caller.

import { objectOf } from '../model/business.ts'
import { addWorkingDays, chinaCalendar, isWorkingDay } from '../model/calendar.ts'
import type { Context, ListRequest, ObjectRecords, Records } from '../model/context.ts'
import { addDays, dayOf, momentAt } from '../model/day.ts'
import type { AnyRecord, ObjectDefinition } from '../model/object.ts'
import { refusal } from '../model/problem.ts'
import { type Call, timeZoneOf, today } from './call.ts'
import { enginePowersOf } from './engine.ts'
import { collectNotice } from './notices.ts'
import { aggregate, countRecords, getRecords, listRecords } from './read.ts'
import { mayAssignTo } from './scope.ts'
import { createRecords } from './write/create.ts'
import { removeRecords } from './write/remove.ts'
import { type Change, updateRecords } from './write/update.ts'

/** What a derived step, an effect, an action or a clock works with. */
export function contextOf(call: Call): Context {
  const { principal, workspace } = call
  return {
    user: {
      id: principal.id,
      name: principal.name,
      kind: principal.kind,
      roles: principal.roles,
      department: principal.department,
      sections: principal.sections,
      pools: principal.pools,
      crossSection: principal.crossSection,
      administer: principal.administer,
    },
    records: recordsOf(call),
    trusted: recordsOf({ ...call, authority: 'action' }),
    engine: enginePowersOf(call),
    mayAssign: (object, owner) => mayAssignTo(principal, objectOf(workspace.business, object), owner),
    clock: {
      now: () => call.now,
      today: () => today(call),
      plusDays: (days) => addDays(today(call), days) ?? today(call),
      plusWorkingDays: (days, from) => addWorkingDays(chinaCalendar, from ?? today(call), days),
      dayOf: (moment) => dayOf(moment, timeZoneOf(call)),
      startOfDay: (day) => momentAt(day, 0, timeZoneOf(call)),
      isWorkingDay: (day) => isWorkingDay(chinaCalendar, day),
    },
    setting: <T>(name: string) => workspace.settings[name] as T,
    refuse: (code, definition, params, evidence, field) => {
      throw refusal(code, definition, params, evidence, field)
    },
    notify: (notice) => collectNotice(call.tx, notice),
    fields: (object) =>
      Object.fromEntries(Object.entries(objectOf(workspace.business, object).fields).filter(([, field]) => !field.system)),
    importing: call.importing,
  }
}

/** The records port of a call. */
export function recordsOf(call: Call): Records {
  const of = (object: string | ObjectDefinition): ObjectRecords<AnyRecord, Record<string, unknown>> => {
    const name = typeof object === 'string' ? object : object.name
    const list = (request: ListRequest) =>
      listRecords(call, name, { ...request, limit: request.limit ?? 500, fields: request.fields ?? 'all' })
    return {
      get: (ids) => getRecords(call, name, ids),
      list: async (request) => (await list(request)).data as AnyRecord[],
      async each(filter, run) {
        for (let after: string | undefined; ; ) {
          const page = await listRecords(call, name, {
            filter,
            sort: 'id',
            limit: 500,
            fields: 'all',
            ...(after === undefined ? {} : { after }),
          })
          if (page.data.length > 0) await run(page.data as AnyRecord[])
          if (page.next === null) return
          after = page.next
        }
      },
      count: async (filter) => (await countRecords(call, name, filter, Number.MAX_SAFE_INTEGER)).value,
      aggregate: (request) => aggregate(call, name, request),
      create: async (values) => (await createRecords(call, name, values)).records,
      update: async (changes) => (await updateRecords(call, name, changes as readonly Change[])).records,
      remove: async (ids) => void (await removeRecords(call, name, ids)),
    }
  }
  return { of } as Records
}
