// 客户关系: the pack in which customers, leads, opportunities and follow-up are declared.
import { pack } from '../../model/pack.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { activity } from './activity.ts'
import { assignmentRule, toSomebody } from './assignmentRule.ts'
import { campaign } from './campaign.ts'
import { campaignMember } from './campaignMember.ts'
import { competitor, competitorProduct } from './competitor.ts'
import { conflict } from './conflict.ts'
import { contact } from './contact.ts'
import { duplicates } from './duplicates.ts'
import { lead } from './lead.ts'
import { opportunity } from './opportunity.ts'
import { poolMove } from './poolMove.ts'
import { product, productCategory } from './product.ts'
import { settings } from './settings.ts'
import { tag } from './tag.ts'
import { firstOfMonth, target } from './target.ts'

export const crm = pack('crm', {
  label: text('Customers and sales', '客户与销售'),
  dependsOn: ['core'],
  objects: [
    account,
    contact,
    lead,
    opportunity,
    activity,
    productCategory,
    product,
    competitor,
    competitorProduct,
    tag,
    campaign,
    campaignMember,
    target,
    conflict,
    poolMove,
    assignmentRule,
  ],
  rules: [firstOfMonth, toSomebody],
  settings,
  duplicates,
})
