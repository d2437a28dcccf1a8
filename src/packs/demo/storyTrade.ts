// The story's customers abroad: a trial order from Köln, a repeat buyer in Dubai, a deal lost in Osaka.
import type { Customer } from './customer.ts'
import type { Days } from './days.ts'
import { lands } from './foreign.ts'
import { customer, type Given, people } from './storyParts.ts'

export function storyTrade(days: Days): Customer[] {
  const make = (given: Given) => customer(days, given)
  return [
    make({
      key: 'account:nordlicht',
      name: 'Nordlicht Messebau GmbH',
      short: 'Nordlicht',
      domain: 'nordlicht',
      line: 'trade',
      field: 'abroad',
      grade: 'B',
      industry: 'exhibition',
      land: lands.de,
      owner: 'ouyangche',
      createdOn: days.on(-75),
      stage: 'prospective',
      contacts: people('nordlicht', 'nordlicht', [
        [
          'Katrin Ehlers',
          'Ms Ehlers',
          'Purchasing Manager',
          'Purchasing',
          ['purchasing'],
          { email: 'k.ehlers@nordlicht.example', language: 'de', timeZone: 'Europe/Berlin' },
        ],
        [
          'Henning Voss',
          'Mr Voss',
          'Managing Director',
          'Management',
          ['decision'],
          { email: 'h.voss@nordlicht.example', language: 'de', timeZone: 'Europe/Berlin' },
        ],
      ]),
      values: {
        source: 'inquiryMail',
        customerKind: 'new',
        employees: '28',
        tags: ['tag:sampleSent'],
        need: '40 SEG light boxes 1×2 m for two trade fairs in Köln, CE papers, prices in EUR.',
      },
    }),
    make({
      key: 'account:rawasi',
      name: 'Al Rawasi Exhibition Services LLC',
      short: 'Al Rawasi',
      domain: 'alrawasi',
      line: 'trade',
      field: 'abroad',
      grade: 'A',
      industry: 'exhibition',
      land: lands.ae,
      owner: 'ouyangche',
      createdOn: days.on(-500),
      stage: 'developed',
      kept: true,
      contacts: people('rawasi', 'alrawasi', [
        [
          'Yousef Al Balushi',
          'Mr Yousef',
          'Owner',
          'Management',
          ['decision'],
          { email: 'yousef@alrawasi.example', language: 'en', timeZone: 'Asia/Dubai', whatsapp: '+971 50 000 0101' },
        ],
        [
          'Leena Thomas',
          'Leena',
          'Accounts Payable',
          'Finance',
          ['finance'],
          { email: 'leena@alrawasi.example', language: 'en', timeZone: 'Asia/Dubai' },
        ],
      ]),
      values: {
        aliases: 'الرواسي لخدمات المعارض',
        source: 'referral',
        customerKind: 'returning',
        gold: true,
        employees: '64',
        description:
          'Friday is a half day: call before 12:00 Dubai time. 30 % deposit USD 705.60 for 240 roll-ups has reached the bank and is not claimed yet.',
      },
    }),
    make({
      key: 'account:kaizuka',
      name: '貝塚ディスプレイ株式会社',
      short: '貝塚ディスプレイ',
      domain: 'kaizuka-display',
      line: 'trade',
      field: 'abroad',
      grade: 'B',
      industry: 'exhibition',
      land: lands.jp,
      owner: 'ouyangche',
      createdOn: days.on(-230),
      stage: 'intent',
      contacts: people('kaizuka', 'kaizuka-display', [
        [
          '貝塚 涼子',
          '貝塚様',
          '代表取締役',
          '本社',
          ['decision'],
          { email: 'r.kaizuka@kaizuka-display.example', language: 'ja', timeZone: 'Asia/Tokyo' },
        ],
        [
          '堂島 拓也',
          '堂島様',
          '購買課長',
          '購買課',
          ['purchasing'],
          { email: 't.dojima@kaizuka-display.example', language: 'ja', timeZone: 'Asia/Tokyo' },
        ],
      ]),
      values: { source: 'tradeFair', customerKind: 'new', employees: '52', need: '次回展示会までに在庫のあるパネルシステムを希望。' },
    }),
  ]
}
