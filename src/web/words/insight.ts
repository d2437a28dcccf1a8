import { words } from './words.ts'

export const insight = words({})
