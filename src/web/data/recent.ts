// The records a person opened last, newest first.
import { remember, remembered } from './memory.ts'

export interface Recent {
  object: string
  id: string
  title: string
}

const most = 12
const nameOf = (user: string): string => `recent-${user}`

export const recentRecords = (user: string): Recent[] => remembered<Recent[]>(nameOf(user)) ?? []

export function noteRecent(user: string, opened: Recent): void {
  remember(nameOf(user), [opened, ...recentRecords(user).filter((one) => one.id !== opened.id)].slice(0, most))
}

export function forgetRecent(user: string, id: string): void {
  remember(
    nameOf(user),
    recentRecords(user).filter((one) => one.id !== id),
  )
}
