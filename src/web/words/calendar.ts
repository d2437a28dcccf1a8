// Names of days and months, and the units of large numbers.
import type { Language } from '../../model/text.ts'

/** Monday first. */
export const weekdays: Record<Language, readonly string[]> = {
  'zh-CN': ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}

export const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** From the largest down. */
export const units: Record<Language, readonly [from: string, unit: string][]> = {
  'zh-CN': [
    ['100000000', '亿'],
    ['10000', '万'],
  ],
  en: [
    ['1000000000', 'B'],
    ['1000000', 'M'],
    ['1000', 'K'],
  ],
}

/** Languages in their own names. */
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

/** Days that are typed by their names, in days from today. */
export const namedDays: Record<string, number> = { 今天: 0, today: 0, 明天: 1, tomorrow: 1, 后天: 2, 昨天: -1, yesterday: -1 }
