// The lists of accounts that people open every day.
import type { ViewsDefinition } from '../../model/object.ts'
import { text } from '../../model/text.ts'

export const accountLists: ViewsDefinition = {
  list: [
    'name',
    'grade',
    'stage',
    'primaryContact',
    'phone',
    'owner',
    'lastFollowUpAt',
    'nextFollowUpAt',
    'silentDays',
    'openAmount',
    'protectedUntil',
  ],
  sort: '-createdAt',
  lists: [
    { name: 'mine', label: text('Mine', '我负责的'), filter: { owner: 'me' }, sort: '-createdAt' },
    { name: 'team', label: text('My team’s', '我下属的'), filter: { owner: { in: 'myTeam' } }, sort: '-createdAt' },
    { name: 'all', label: text('All', '全部'), sort: '-createdAt' },
    {
      name: 'silent',
      label: text('Silent', '沉默客户'),
      filter: { owner: 'me', silentDays: { gte: 14 } },
      sort: 'silentSince',
    },
    {
      name: 'falling',
      label: text('Falling into the pool soon', '快掉公海'),
      filter: { owner: { isNull: false }, fallsOn: { lte: '+7d' } },
      sort: 'fallsOn',
      columns: ['name', 'grade', 'primaryContact', 'phone', 'owner', 'lastFollowUpAt', 'silentDays', 'fallsOn', 'returnsTo'],
    },
    {
      name: 'uncontacted',
      label: text('Assigned, not contacted', '分配后未联系'),
      filter: { owner: { isNull: false }, contactAlertedAt: { isNull: false } },
      sort: 'silentSince',
      columns: ['name', 'grade', 'owner', 'assignedAt', 'lastContactAt', 'silentDays', 'protectedUntil'],
    },
    {
      name: 'unowned',
      label: text('Without owner', '无主客户'),
      filter: { owner: { isNull: true }, pool: { isNull: true } },
      sort: '-createdAt',
    },
    {
      name: 'pool',
      label: text('Pool', '公海'),
      filter: { pool: { isNull: false } },
      sort: '-pooledAt',
      columns: ['name', 'industry', 'region', 'grade', 'poolReason', 'formerOwner', 'lastFollowUpAt', 'pooledAt', 'pool', 'phone'],
    },
    { name: 'groups', label: text('Groups', '集团客户'), filter: { subsidiaries: { some: {} } }, sort: '-createdAt' },
  ],
}
