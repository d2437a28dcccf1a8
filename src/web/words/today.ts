import { words } from './words.ts'

export const today = words({})
