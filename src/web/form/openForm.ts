// Asking for a form from anywhere: what is to be made, what is filled in already, what happens when it is saved. One may open over another.
import { useSyncExternalStore } from 'react'
import type { WireRecord } from '../../model/api.ts'

export interface FormRequest {
  object: string
  /** Filled in already; references as `{id, title}`. */
  values?: Record<string, unknown>
  /** Called with the saved record. Left out, its page is opened. */
  saved?: (record: WireRecord) => void
}

export interface AskedForm extends FormRequest {
  number: number
}

let asked: readonly AskedForm[] = []
let counter = 0
const listeners = new Set<() => void>()

function tell(next: readonly AskedForm[]): void {
  asked = next
  for (const listener of listeners) listener()
}

export const openForm = (request: FormRequest): void => tell([...asked, { ...request, number: ++counter }])
export const closeForm = (number: number): void => tell(asked.filter((one) => one.number !== number))

export const useAskedForms = (): readonly AskedForm[] =>
  useSyncExternalStore(
    (run) => {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    () => asked,
  )
