// The one door: every read and write of the product passes one of these. HTTP, imports, exports, reports, automations and packs know no other way to a record.
export { type Call, type CallOptions, callOf, modelOf, type Writing, within } from './call.ts'
export { contextOf, recordsOf } from './context.ts'
export { suspectsFor } from './duplicates.ts'
export { readTitles } from './expand.ts'
export { aggregate, countRecords, getRecord, getRecords, type ListAnswer, type ListQuery, listRecords } from './read.ts'
export { createRecords, type Written } from './write/create.ts'
export { purgeRecords, removeRecords, restoreRecords } from './write/remove.ts'
export { type Change, updateRecords } from './write/update.ts'
