// The customer's own page and the pool.
import { words } from './words.ts'

export const account = words({
  nextStep: ['下次跟进', 'Next step'],
  protectedUntil: ['保护期至 {day} · 剩 {count} 天', 'protected until {day} · {count} day', 'protected until {day} · {count} days'],
  fallsIn: ['{count} 天后掉公海', 'falls to the pool in {count} day', 'falls to the pool in {count} days'],
  fallsToday: ['今晚掉公海', 'falls to the pool tonight'],
  inPool: ['公海：{pool}', 'in the pool {pool}'],
  contacts: ['联系人', 'Contacts'],
  primary: ['主要', 'Primary'],
  noContacts: ['还没有联系人', 'No contacts yet'],
  localTime: ['当地 {time}', 'local {time}'],
  newOpportunity: ['新商机', 'New opportunity'],
  call: ['拨打', 'Call'],
  story: ['动态', 'Story'],
  facts: ['资料', 'Facts'],
  business: ['业务', 'Business'],
  poolTitle: ['公海', 'Pool'],
  poolAll: ['全部公海', 'All pools'],
  poolNoLimit: ['不限次数', 'without limit'],
  poolLeft: ['还可领 {count}', '{count} claim left', '{count} claims left'],
  claim: ['领取', 'Claim'],
  claimed: ['已领取“{title}”', 'You claimed “{title}”'],
  taken: ['刚被 {who} 领取（{time}）', 'just claimed by {who} ({time})'],
  poolEmpty: ['公海里没有客户', 'The pool is empty'],
  poolEmptyHint: ['被退回或长期未跟进的客户会出现在这里。', 'Accounts that are returned or left without follow-up come here.'],
})
