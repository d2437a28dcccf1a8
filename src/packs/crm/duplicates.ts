// By what the same customer is found again (CUS-30).
import type { DuplicateDefinition } from '../../model/rule.ts'

export const duplicates: DuplicateDefinition[] = [
  {
    object: 'account',
    keys: [
      { kind: 'name', fields: ['name'] },
      { kind: 'taxNumber', fields: ['taxNumber'] },
      { kind: 'phone', fields: ['phone'] },
      { kind: 'domain', fields: ['website', 'email'] },
      { kind: 'address', fields: ['address'] },
    ],
    protectedBy: { owner: 'owner', until: 'protectedUntil' },
  },
  {
    object: 'contact',
    keys: [
      { kind: 'phone', fields: ['mobile', 'phone'] },
      { kind: 'email', fields: ['email'] },
    ],
  },
  {
    object: 'lead',
    keys: [
      { kind: 'name', fields: ['company'] },
      { kind: 'phone', fields: ['phone'] },
      { kind: 'email', fields: ['email'] },
      { kind: 'domain', fields: ['website'] },
    ],
  },
]
