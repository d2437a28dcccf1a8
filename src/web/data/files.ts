// Bringing a file up.
import type { WireFile } from '../../model/api.ts'
import { send } from './client.ts'

/** Keeps a file; with `to` it is attached to that record at once. */
export function upload(file: File, to?: { object: string; record: string }): Promise<WireFile> {
  const form = new FormData()
  if (to) {
    form.set('object', to.object)
    form.set('record', to.record)
  }
  form.set('file', file, file.name)
  return send<WireFile>('POST', '/files', form)
}
