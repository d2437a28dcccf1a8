// 客户关系: the pack in which customers, leads, opportunities and follow-up are declared.
import { pack } from '../../model/pack.ts'
import { text } from '../../model/text.ts'
import { account } from './account.ts'
import { activity } from './activity.ts'
import { addMembers } from './addMembers.ts'
import { assignAccount, assignLead } from './assign.ts'
import { assignAtOnce, ruleIsReadable } from './assignByRule.ts'
import { assignmentRule, toSomebody } from './assignmentRule.ts'
import { campaign } from './campaign.ts'
import { campaignMember } from './campaignMember.ts'
import { catalogCircle, categoryName } from './catalog.ts'
import { claimAccount, claimLead } from './claim.ts'
import { accountSigns, dayOfResult, opportunityName } from './closing.ts'
import { competitor, competitorProduct } from './competitor.ts'
import { complete } from './complete.ts'
import { conflict } from './conflict.ts'
import { contact } from './contact.ts'
import { convert } from './convert.ts'
import { duplicates } from './duplicates.ts'
import { fallBack } from './fallBack.ts'
import { group, noCircle } from './family.ts'
import { firstContact, fixKind, kindIsFixed } from './firstContact.ts'
import { fillIn, leadIsContacted, nextStep, notInFuture, refusalHasReason, returnVisit } from './followUp.ts'
import { journals, judge } from './judge.ts'
import { lead } from './lead.ts'
import { leadFallBack } from './leadFallBack.ts'
import { logCall, memberIsSomebody } from './logCall.ts'
import { merge } from './merge.ts'
import { monthlyAction } from './monthlyAction.ts'
import { moveStage } from './moveStage.ts'
import { raiseNeed } from './need.ts'
import { opportunity } from './opportunity.ts'
import { accountOwnership, leadOwnership } from './ownership.ts'
import { poolLeads } from './poolLeads.ts'
import { poolMove } from './poolMove.ts'
import { onePrimary } from './primary.ts'
import { product, productCategory } from './product.ts'
import { releaseAccount, releaseLead } from './release.ts'
import { reminders } from './reminders.ts'
import { reportConflict } from './reportConflict.ts'
import { reviewClock, reviewDue, reviewLead } from './review.ts'
import { roles } from './roles.ts'
import { leadName, screened } from './screening.ts'
import { settings } from './settings.ts'
import { tag } from './tag.ts'
import { tagClock, tagRuleIsReadable } from './tagging.ts'
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
  extends: [poolLeads],
  derives: [
    accountOwnership,
    noCircle,
    kindIsFixed,
    onePrimary,
    leadName,
    leadOwnership,
    reviewDue,
    screened,
    opportunityName,
    dayOfResult,
    fillIn,
    catalogCircle,
    categoryName,
    ruleIsReadable,
    tagRuleIsReadable,
  ],
  rules: [firstOfMonth, toSomebody, memberIsSomebody, notInFuture, refusalHasReason],
  effects: [leadIsContacted, nextStep, returnVisit, fixKind, accountSigns, assignAtOnce],
  actions: [
    claimAccount,
    releaseAccount,
    assignAccount,
    merge,
    group,
    reportConflict,
    journals,
    judge,
    claimLead,
    releaseLead,
    assignLead,
    reviewLead,
    convert,
    moveStage,
    complete,
    raiseNeed,
    addMembers,
    logCall,
  ],
  clocks: [fallBack, leadFallBack, tagClock, firstContact, reviewClock, monthlyAction, reminders],
  roles,
  settings,
  duplicates,
  seeds: {
    pool: [{ code: 'shared', name: '公海', roles: ['salesperson', 'sales_manager', 'department_head', 'account_director'] }],
  },
})
