import { words } from './words.ts'

export const people = words({})
