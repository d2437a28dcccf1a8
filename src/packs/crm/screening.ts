// What must be known of a lead before it becomes a customer (CUS-26), and what it is called.
import { derive, fault } from '../../model/rule.ts'
import { text } from '../../model/text.ts'
import { isBlank } from '../../model/value.ts'
import { lead } from './lead.ts'

const fieldsOf: Record<string, readonly (keyof typeof lead.fields)[]> = {
  company: ['company'],
  contactName: ['contactName'],
  reachable: ['phone', 'email', 'wechat'],
  background: ['background'],
  need: ['need'],
  decisionMaker: ['decisionMaker'],
}

/** A lead is qualified when the company's minimum is known: one of the fields for each thing that the setting names. */
export const screened = derive(lead, 'screening', (batch, { setting, importing }) => {
  if (importing) return
  const minimum = setting<string[] | null>('leadScreening') ?? []
  for (const row of batch) {
    const { record, before } = row
    if (record.state !== 'qualified' || before?.state === 'qualified') continue
    for (const thing of minimum) {
      const names = fieldsOf[thing] ?? []
      if (names[0] !== undefined && names.every((name) => isBlank(record[name])))
        fault(
          row,
          names[0],
          'screening',
          text('Screening asks for this before the lead is converted (CUS-26).', '转化前须了解此项（CUS-26）。'),
        )
    }
  }
})

export const leadName = derive(lead, 'name', (batch) => {
  for (const { record } of batch) {
    const parts = [record.company, record.contactName].filter((part) => part !== null)
    if (isBlank(record.name) && parts.length > 0) record.name = parts.join(' · ').slice(0, 255)
  }
})
