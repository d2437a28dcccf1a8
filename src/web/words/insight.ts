// Sales figures.
import { words } from './words.ts'

export const insight = words({
  title: ['销售分析', 'Sales figures'],
  opportunities: ['商机', 'Opportunities'],
  won: ['赢单', 'Won'],
  lost: ['输单', 'Lost'],
  open: ['进行中', 'Open'],
  rate: ['赢单率', 'Win rate'],
  funnel: ['漏斗', 'Funnel'],
  byMonth: ['每月赢单', 'Won by month'],
  bySeller: ['按销售', 'By seller'],
  byProduct: ['按产品', 'By product'],
  byAccount: ['按客户', 'By account'],
  byReason: ['输单原因', 'Why lost'],
  wonSum: ['赢单额', 'Won amount'],
  count: ['数量', 'Number'],
  nobody: ['未填写', 'Not filled in'],
  empty: ['还没有商机', 'No opportunities yet'],
  emptyHint: [
    '导入历史数据，或新建第一条商机，这里就会有数字。',
    'Import your history or make the first opportunity, and there will be figures here.',
  ],
  missing: [
    '另有 {count} 条缺少汇率，未计入金额',
    '{count} more without an exchange rate are not in the amounts',
    '{count} more without an exchange rate are not in the amounts',
  ],
  more: ['显示全部 {count}', 'Show all {count}'],
})
