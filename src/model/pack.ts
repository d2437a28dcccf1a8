// A pack is a folder of declarations for one part of a business; packs name those they depend on.
import type { ExtendDefinition, ObjectDefinition } from './object.ts'
import type { OwnChange } from './own.ts'
import type {
  ActionDefinition,
  ClockDefinition,
  DeriveDefinition,
  DuplicateDefinition,
  EffectDefinition,
  RoleDefinition,
  RuleDefinition,
  SettingDefinition,
} from './rule.ts'
import type { Text } from './text.ts'

export interface PackDefinition {
  name: string
  label: Text
  dependsOn?: string[]
  objects?: ObjectDefinition[]
  extends?: ExtendDefinition[]
  rules?: RuleDefinition[]
  derives?: DeriveDefinition[]
  effects?: EffectDefinition[]
  actions?: ActionDefinition[]
  clocks?: ClockDefinition[]
  roles?: RoleDefinition[]
  settings?: SettingDefinition[]
  duplicates?: DuplicateDefinition[]
  /** What an administrator changed of other packs' objects and fields. */
  changes?: OwnChange[]
  /** Records every new company starts with, by object; matched by their `code` so that an upgrade adds and never doubles. */
  seeds?: Record<string, Record<string, unknown>[]>
}

export const pack = (name: string, definition: Omit<PackDefinition, 'name'>): PackDefinition => ({ name, ...definition })
