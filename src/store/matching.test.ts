import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressKey, domainKey, emailKey, nameKey, nameKeys, nameSimilarity, phoneKey, phoneKeys, taxKey } from './matching.ts'

describe('CUS-30: one name written differently has one key', () => {
  test.each([
    ['苏州凌垚自动化有限公司', '蘇州凌垚自動化有限公司'],
    ['苏州凌垚自动化有限公司', '凌垚自动化（苏州）有限公司'],
    ['苏州凌垚自动化有限公司', '苏州市凌垚自动化有限责任公司'],
    ['苏州凌垚自动化有限公司', ' 苏州 凌垚 自动化 '],
    ['恒屿（集团）股份有限公司', '恒屿集团'],
    ['恒屿集团有限公司', '恒屿股份有限公司'],
    ['Display Expo Co., Ltd.', 'DISPLAY EXPO'],
    ['Müller Messebau GmbH & Co. KG', 'Muller Messebau GmbH'],
    ['Lingyao Automation (Suzhou) Co Ltd', 'Suzhou Lingyao Automation Inc.'],
    ['Exponordic Systems A/S', 'ExpoNordic Systems'],
    ['ＡＢＣ貿易有限公司', 'abc贸易'],
    ['山田製作所株式会社', '株式会社山田制作所'],
    ['㈱山田製作所', '山田制作所'],
    ["O'Brien Exhibits, L.L.C.", 'OBrien Exhibits'],
  ])('%s and %s', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b))
    expect(nameKey(a)).not.toBe('')
    expect(nameSimilarity(a, b)).toBe(1)
  })

  test.each([
    ['苏州凌垚自动化有限公司', '无锡凌垚自动化有限公司'],
    ['苏州凌垚自动化有限公司', '苏州凌垚贸易有限公司'],
    ['公司', '集团'],
    ['中国银行', '中国工商银行'],
  ])('%s and %s do not share one', (a, b) => expect(nameKey(a)).not.toBe(nameKey(b)))

  test('a name keeps its own part', () => {
    expect(nameKeys('苏州凌垚自动化科技有限公司')).toMatchObject({ core: '凌垚', grams: ['凌垚'] })
    expect(nameKeys('凌垚自動化(蘇州)')).toMatchObject({ core: '凌垚' })
    expect(nameKeys('Lingyao Automation (Suzhou) Co., Ltd.')).toMatchObject({ core: 'lingyao' })
    expect(nameKeys('吴奶奶的猫')).toMatchObject({ core: '吴奶奶的猫' })
    expect(nameKeys('上海国际贸易有限公司')!.core).not.toBe('')
    expect(nameKeys('北京')).toMatchObject({ exact: '北京' })
    expect(nameKeys('（）——')).toBeNull()
  })
})

describe('CUS-30: names that probably mean one company', () => {
  test.each([
    ['凌垚自動化(蘇州)', '苏州凌垚自动化科技有限公司'],
    ['凌垚', '苏州凌垚自动化科技有限公司'],
    ['苏州凌垚', '苏州凌垚自动化科技有限公司'],
    ['凌垚科技', '苏州凌垚自动化科技有限公司'],
    ['江苏凌垚自动化科技有限公司苏州分公司', '苏州凌垚自动化科技有限公司'],
    ['合肥栖云会展服务有限公司', '栖云会展（合肥）'],
    ['Lingyao Technology', 'Suzhou Lingyao Automation Technology Co., Ltd.'],
    ['Lingyao 凌垚自动化', '苏州凌垚自动化科技有限公司'],
    ['Display Expo Dubai LLC', 'Displays Expo Dubai'],
    ['Acme Exhibition Services Ltd', 'ACME Exhibitions'],
    ['腾岳', '深圳市腾岳计算机系统有限公司'],
    ['衡岳展示器材有限公司', '湖南衡岳展示器材制造有限公司'],
  ])('%s and %s', (a, b) => expect(nameSimilarity(a, b)).toBeGreaterThanOrEqual(0.75))
})

describe('CUS-30: names of different companies', () => {
  test.each([
    ['苏州恒通科技有限公司', '苏州瑞达科技有限公司'],
    ['苏州恒通科技有限公司', '苏州恒达科技有限公司'],
    ['上海恒屿贸易有限公司', '成都恒屿科技有限公司'],
    ['上海会展服务有限公司', '北京会展服务有限公司'],
    ['江海展览', '江河展览'],
    ['中国建设银行', '中国农业银行'],
    ['南京银行', '北京银行'],
    ['吴奶奶的猫', '吴爷爷的狗'],
    ['华为技术有限公司', '华润技术有限公司'],
    ['Nordic Systems', 'Pacific Systems'],
    ['Lingyao Automation', 'Linhai Automation'],
    ['栖云阁文化', '栖霞阁文化'],
    ['凌垚自动化', 'Display Expo'],
    ['', '苏州凌垚'],
  ])('%s and %s', (a, b) => expect(nameSimilarity(a, b)).toBeLessThan(0.6))

  test('the same name in another city is looked at, not taken for the same', () => {
    const score = nameSimilarity('上海恒屿科技有限公司', '成都恒屿科技有限公司')
    expect(score).toBeGreaterThanOrEqual(0.6)
    expect(score).toBeLessThan(0.75)
  })
})

test('likeness is the same from both sides, between 0 and 1, and that of a name with itself is 1', () => {
  const names = fc
    .array(fc.constantFrom(...'凌垚恒屿苏州上海自动化科技贸易有限公司集团abcLtd. ()（）'), { maxLength: 14 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(names, names, (a, b) => {
      const score = nameSimilarity(a, b)
      expect(score).toBeCloseTo(nameSimilarity(b, a), 10)
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1)
      if (nameKey(a) !== '') expect(nameSimilarity(a, a)).toBe(1)
    }),
  )
})

test.each([
  ['https://www.lingyao.example/cn/?a=1', 'lingyao.example'],
  ['lingyao.example', 'lingyao.example'],
  ['www.LINGYAO.com.cn', 'lingyao.com.cn'],
  ['sales@mail.lingyao.com.cn', 'lingyao.com.cn'],
  ['Li Ning <a@b.example>', null],
  ['http://shop123.1688.com', null],
  ['someone@qq.com', null],
  ['someone@vip.163.com', null],
  ['someone@gmail.com', null],
  ['foo@company.co.uk', 'company.co.uk'],
  ['http://凌垚.中国/', 'xn--5nq06w.xn--fiqs8s'],
  ['http://192.168.0.1', null],
  ['http://user:pw@lingyao.example:8080/x', 'lingyao.example'],
  ['com.cn', null],
  ['localhost', null],
  ['', null],
])('CUS-30: the domain of %s is %s', (address, key) => {
  const found = domainKey(address)
  if (key?.startsWith('xn--')) expect(found).toMatch(/^xn--[a-z0-9]+\.xn--fiqs8s$/)
  else expect(found).toBe(key)
})

test.each([
  ['91320594MA1DEMO01X', '91320594MA1DEM001X'],
  ['9132 0594-MA1D EMO0 1X', '91320594MA1DEM001X'],
  ['９１３２０５９４０００００００００１（演示）', '913205940000000001'],
  ['DE 123 456 789', 'DE123456789'],
  ['000000000000000', null],
  ['无', null],
  ['12345', null],
])('CUS-30: the tax number %s', (number, key) => expect(taxKey(number)).toBe(key))

test.each([
  ['139 0000 0001', '+8613900000001'],
  ['+86 13900000001', '+8613900000001'],
  ['13900000001.0', '+8613900000001'],
  ['021-62881234转8001', '+862162881234'],
  ['62881234', '62881234'],
  ['12345', null],
  ['00000000', null],
  ['见名片', null],
])('CUS-30: the phone %s', (raw, key) => expect(phoneKey(raw)).toBe(key))

test('CUS-30: each number of a cell is a key', () => {
  expect(phoneKeys('13900000001 / 0512-62881234')).toEqual(['+8613900000001', '+8651262881234'])
  expect(phoneKeys('62881234')).toEqual(['62881234'])
  expect(phoneKeys('无')).toEqual([])
  expect(emailKey(' Lin@Example.COM ')).toBe('lin@example.com')
  expect(emailKey('无')).toBeNull()
})

describe('CUS-30: addresses', () => {
  test.each([
    ['江苏省苏州市工业园区星湖街 328 号', '苏州工业园区星湖街328号5栋201室'],
    ['上海市浦东新区世纪大道100号', '上海浦东世纪大道 100 号环球中心 88 楼'],
    ['蘇州工業園區星湖街328號', '苏州星湖街328号'],
    ['上海市长宁区延安西路1118弄3号', '延安西路1118弄3号楼，上海'],
  ])('%s and %s are one', (a, b) => {
    expect(addressKey(a)).toBe(addressKey(b))
    expect(addressKey(a)).not.toBeNull()
  })
  test('other house, other street, other city: another address', () => {
    const keys = ['苏州星湖街328号', '苏州星湖街329号', '苏州星海街328号', '无锡星湖街328号'].map(addressKey)
    expect(new Set(keys).size).toBe(4)
  })
  test('parts and whole are one, foreign ones go by their letters, vague ones have no key', () => {
    expect(addressKey({ province: '江苏省', city: '苏州市', district: '工业园区', street: '星湖街328号' })).toBe(
      addressKey('苏州星湖街328号'),
    )
    expect(addressKey('12 Baker Street, London')).toBe('12bakerstreetlondon')
    expect(addressKey('苏州工业园区')).toBeNull()
    expect(addressKey('')).toBeNull()
  })
})

test('five thousand names make their keys in a second', () => {
  const started = performance.now()
  for (let i = 0; i < 5_000; i++) nameKeys(`苏州${String.fromCodePoint(0x5100 + i)}垚自动化科技有限公司`)
  expect(performance.now() - started).toBeLessThan(1_000)
})
