// Public holidays of mainland China and the days worked in exchange, as the State Council announces them, one year at a time, in autumn of
// the year before. Years that are not here yet, an administrator adds to the company's calendar.
import { type Text, text } from './text.ts'

export interface Holiday {
  name: Text
  /** First and last day off. */
  from: string
  to: string
  /** Weekend days on which people work in exchange. */
  worked: readonly string[]
}

const newYear = text("New Year's Day", '元旦')
const springFestival = text('Spring Festival', '春节')
const qingming = text('Tomb-sweeping Day', '清明节')
const labourDay = text('Labour Day', '劳动节')
const dragonBoat = text('Dragon Boat Festival', '端午节')
const midAutumn = text('Mid-autumn Festival', '中秋节')
const nationalDay = text('National Day', '国庆节')
const nationalDayAndMidAutumn = text('National Day and Mid-autumn Festival', '国庆节、中秋节')

const off = (name: Text, from: string, to: string, ...worked: string[]): Holiday => ({ name, from, to, worked })

/** By year. */
export const holidaysChina: Readonly<Record<string, readonly Holiday[]>> = {
  2024: [
    off(newYear, '2024-01-01', '2024-01-01'),
    off(springFestival, '2024-02-10', '2024-02-17', '2024-02-04', '2024-02-18'),
    off(qingming, '2024-04-04', '2024-04-06', '2024-04-07'),
    off(labourDay, '2024-05-01', '2024-05-05', '2024-04-28', '2024-05-11'),
    off(dragonBoat, '2024-06-10', '2024-06-10'),
    off(midAutumn, '2024-09-15', '2024-09-17', '2024-09-14'),
    off(nationalDay, '2024-10-01', '2024-10-07', '2024-09-29', '2024-10-12'),
  ],
  2025: [
    off(newYear, '2025-01-01', '2025-01-01'),
    off(springFestival, '2025-01-28', '2025-02-04', '2025-01-26', '2025-02-08'),
    off(qingming, '2025-04-04', '2025-04-06'),
    off(labourDay, '2025-05-01', '2025-05-05', '2025-04-27'),
    off(dragonBoat, '2025-05-31', '2025-06-02'),
    off(nationalDayAndMidAutumn, '2025-10-01', '2025-10-08', '2025-09-28', '2025-10-11'),
  ],
  2026: [
    off(newYear, '2026-01-01', '2026-01-03', '2026-01-04'),
    off(springFestival, '2026-02-15', '2026-02-23', '2026-02-14', '2026-02-28'),
    off(qingming, '2026-04-04', '2026-04-06'),
    off(labourDay, '2026-05-01', '2026-05-05', '2026-05-09'),
    off(dragonBoat, '2026-06-19', '2026-06-21'),
    off(midAutumn, '2026-09-25', '2026-09-27'),
    off(nationalDay, '2026-10-01', '2026-10-07', '2026-09-20', '2026-10-10'),
  ],
}
