// The business on which access is proved: one object of each kind that access knows. Clients have everything, people hang on them, visits hang on clients
// and deals and have owners too, deals follow their client when a setting says so, papers hang on deals (two steps from the client), memos hang on nothing.
import { choice, date, dateTime, file, formula, lines, money, phone, reference, rollup, string, user } from '../../model/field.ts'
import { object } from '../../model/object.ts'
import { pack } from '../../model/pack.ts'
import { action } from '../../model/rule.ts'
import { text } from '../../model/text.ts'

const client = object('client', {
  label: text('Client', '客户'),
  title: 'name',
  hint: ['phone'],
  fields: {
    name: string({ required: true, search: 'pinyin' }),
    code: string({ unique: true, search: true }),
    grade: choice({ a: text('A', '甲'), b: text('B', '乙') }),
    phone: phone({ mask: 'middle', maskWhen: { pool: { isNull: false } }, search: true }),
    note: string({ search: true }),
    budget: money(),
    lastAt: dateTime(),
    silentDays: formula({ result: 'number', formula: 'daysSince(lastAt)' }),
    partner: reference('client', { reverse: 'partners' }),
    scan: file(),
    owner: user(),
    section: reference('section'),
    pool: reference('pool'),
    protectedUntil: date(),
    persons: rollup({ result: 'number', rollup: { from: 'person', via: 'client', op: 'count' } }),
    earned: rollup({ result: 'money', rollup: { from: 'deal', via: 'client', op: 'sum', field: 'amount' } }),
  },
  views: { list: ['name', 'owner', 'phone'], sort: 'name' },
})

const person = object('person', {
  label: text('Person', '联系人'),
  title: 'name',
  access: { follows: ['client'] },
  fields: {
    name: string({ required: true, search: 'pinyin' }),
    client: reference('client', { onDelete: 'cascade', reverse: 'people' }),
    mobile: phone({ mask: 'middle', maskWhen: { 'client.pool': { isNull: false } }, search: true }),
    secret: string({ search: true }),
  },
  views: { list: ['name', 'client', 'mobile'], sort: 'name' },
})

const visit = object('visit', {
  label: text('Visit', '拜访'),
  title: 'name',
  timeline: 'at',
  access: { follows: ['client', 'deal'] },
  fields: {
    name: string({ required: true, search: true }),
    client: reference('client'),
    deal: reference('deal'),
    at: dateTime(),
    note: string({ search: true }),
    owner: user(),
  },
  views: { list: ['name', 'client', 'at'], sort: '-at' },
})

const deal = object('deal', {
  label: text('Deal', '商机'),
  title: 'name',
  access: { followsWhen: { client: 'accountOwnerSeesAll' } },
  fields: {
    name: string({ required: true, search: true }),
    client: reference('client'),
    stage: choice({ open: text('Open', '进行'), won: text('Won', '赢单') }),
    amount: money(),
    reason: string({ search: true }),
    items: lines({ what: string() }),
    owner: user(),
    section: reference('section'),
  },
  stages: {
    field: 'stage',
    pipelines: {
      main: {
        label: text('Main', '主'),
        stages: [
          { name: 'open', label: text('Open', '进行') },
          { name: 'won', label: text('Won', '赢单') },
        ],
      },
    },
  },
  views: { list: ['name', 'client', 'amount'] },
})

const paper = object('paper', {
  label: text('Paper', '单据'),
  title: 'name',
  access: { follows: ['deal'] },
  fields: {
    name: string({ required: true, search: true }),
    deal: reference('deal', { onDelete: 'cascade' }),
    body: string({ search: true }),
  },
  views: { list: ['name', 'deal'], sort: 'name' },
})

const memo = object('memo', {
  label: text('Memo', '备忘'),
  title: 'name',
  fields: {
    name: string({ required: true, search: true }),
    client: reference('client'),
    body: string({ search: true }),
  },
  views: { list: ['name', 'client'], sort: 'name' },
})

const touch = action('client.touch', {
  on: client,
  label: text('Touch', '触达'),
  async run(clients, { clock }) {
    return { changes: clients.map(({ id }) => ({ id, lastAt: clock.now() })) }
  },
})

const ponder = action('deal.ponder', { on: deal, label: text('Ponder', '斟酌'), may: 'view', asks: true, run: async () => undefined })

/** Says itself on which clients it may be called; those of other sections are not among them. */
const grab = action('client.grab', { on: client, label: text('Grab', '抢占'), may: 'view', beyondReach: true, run: async () => undefined })

/** The pack of these nouns, with a duplicate check, three verbs and the switch of what deals follow. */
export const market = pack('market', {
  label: text('Market', '市集'),
  dependsOn: ['core'],
  objects: [client, person, visit, deal, paper, memo],
  actions: [touch, ponder, grab],
  duplicates: [
    {
      object: 'client',
      keys: [
        { kind: 'name', fields: ['name'] },
        { kind: 'phone', fields: ['phone'] },
      ],
      protectedBy: { owner: 'owner', until: 'protectedUntil' },
    },
    { object: 'person', keys: [{ kind: 'phone', fields: ['mobile'] }] },
  ],
  settings: [
    {
      name: 'accountOwnerSeesAll',
      label: text('The owner of a client sees all that hangs on it', '客户负责人可见该客户的全部业务数据'),
      field: { type: 'boolean' },
      default: false,
    },
  ],
})

export const nouns = ['client', 'person', 'visit', 'deal', 'paper', 'memo'] as const
export type Noun = (typeof nouns)[number]

/** The fields with values of their own that questions are about, by noun. */
export const fieldsOf: Record<Noun, readonly string[]> = {
  client: [
    'name',
    'code',
    'grade',
    'phone',
    'note',
    'budget',
    'lastAt',
    'silentDays',
    'partner',
    'scan',
    'owner',
    'section',
    'pool',
    'protectedUntil',
    'persons',
    'earned',
  ],
  person: ['name', 'client', 'mobile', 'secret'],
  visit: ['name', 'client', 'deal', 'at', 'note', 'owner'],
  deal: ['name', 'client', 'stage', 'amount', 'reason', 'items', 'owner', 'section', 'stageSince'],
  paper: ['name', 'deal', 'body'],
  memo: ['name', 'client', 'body'],
}

/** The field of each noun that some records had another value in before. */
export const revised: Record<Noun, string> = {
  client: 'note',
  person: 'secret',
  visit: 'note',
  deal: 'reason',
  paper: 'body',
  memo: 'body',
}
