import { words } from './words.ts'

export const imports = words({})
