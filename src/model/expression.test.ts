import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDecimals, divideDecimals, multiplyDecimals, roundDecimal, subtractDecimals } from './decimal.ts'
import {
  checkExpression,
  compileExpression,
  dependencies,
  type Env,
  evaluate,
  expressionFunctions,
  type Fields,
  fieldsOf,
  isLive,
  parseExpression,
  type Result,
  renamePaths,
  type Shape,
} from './expression.ts'
import { isProblem, type Problem } from './problem.ts'

const text: Shape = { kind: 'text' }
const number: Shape = { kind: 'number' }
const money: Shape = { kind: 'money' }
const reference = (object: string): Shape => ({
  kind: 'reference',
  object,
  fields: { get: (name) => objects[object]?.get(name), names: () => objects[object]?.names() ?? [] },
})
const objects: Record<string, Fields> = {
  account: fieldsOf({ name: text, industry: text, parent: reference('account'), credit: money }),
  product: fieldsOf({ name: text, price: money, weight: number }),
  user: fieldsOf({ name: text }),
}
const fields = fieldsOf({
  createdAt: { kind: 'dateTime' },
  createdBy: reference('user'),
  code: text,
  note: text,
  account: reference('account'),
  owner: reference('user'),
  stage: { kind: 'text', options: ['prospecting', 'won', 'lost'] },
  tags: { kind: 'list', of: text },
  quantity: number,
  price: number,
  discount: number,
  amount: money,
  deposit: money,
  dollars: money,
  urgent: { kind: 'boolean' },
  closeOn: { kind: 'date' },
  orderedOn: { kind: 'date' },
  shippedAt: { kind: 'dateTime' },
  address: { kind: 'record', fields: fieldsOf({ city: text, district: text, street: text }) },
  silentDays: number,
  lines: {
    kind: 'list',
    of: {
      kind: 'record',
      fields: fieldsOf({ product: reference('product'), qty: number, unitPrice: money, gift: { kind: 'boolean' }, name: text }),
    },
  },
})

const order: Record<string, unknown> = {
  id: 'order-1',
  version: 3,
  createdAt: '2026-11-20T17:30:00.000Z',
  createdBy: 'user-1',
  code: 'SO-0001',
  note: null,
  account: 'account-1',
  owner: 'user-1',
  stage: 'won',
  tags: ['外贸', 'vip'],
  quantity: '3',
  price: '19.99',
  discount: '0.05',
  amount: { amount: '1234.50', currency: 'CNY' },
  deposit: { amount: '234.5', currency: 'CNY' },
  dollars: { amount: '100', currency: 'USD', base: '712.35' },
  urgent: false,
  closeOn: '2026-11-30',
  orderedOn: '2026-11-01',
  shippedAt: '2026-11-30T16:30:00.000Z',
  address: { city: '苏州', street: '星湖街 1 号' },
  lines: [
    { id: 'l1', product: 'product-1', qty: '2', unitPrice: { amount: '0.1', currency: 'CNY' }, gift: false, name: '展架' },
    { id: 'l2', product: 'product-2', qty: '1', unitPrice: { amount: '0.2', currency: 'CNY' }, gift: true, name: '海报' },
    { id: 'l3', product: null, qty: null, unitPrice: null, gift: null, name: null },
  ],
}
const related: Record<string, Record<string, unknown>> = {
  'account-1': { name: '苏州凌垚', industry: 'retail', parent: 'account-2', credit: { amount: '5000', currency: 'CNY' } },
  'account-2': { name: '凌垚集团', industry: null, parent: null },
  'product-1': { name: '展架', price: { amount: '12.5', currency: 'CNY' }, weight: '1.25' },
  'product-2': { name: '海报', price: { amount: '3', currency: 'CNY' }, weight: '0.05' },
}
const env: Env = {
  get: (name) => order[name],
  related: (_, id, field) => related[id]?.[field],
  now: () => '2026-11-23T08:00:00.000Z',
  today: () => '2026-11-23',
  me: () => 'user-1',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
}

const value = (source: string): Result => evaluate(parseExpression(source), env, fields)
function refusal(run: () => unknown): Problem {
  try {
    run()
  } catch (error) {
    if (isProblem(error)) return error
    throw error
  }
  throw new Error('was not refused')
}
const cny = (amount: string): Result => ({ amount, currency: 'CNY' })

describe('an expression gives', () => {
  test.each<[string, Result]>([
    // numbers are exact decimals
    ['0.1 + 0.2', '0.3'],
    ['1.10 - 1.1', '0'],
    ['3 * 19.99', '59.97'],
    ['quantity * price * (1 - discount)', '56.9715'],
    ['9007199254740993 + 0.1', '9007199254740993.1'],
    ['12345678901234567890.123456789 * 1', '12345678901234567890.123456789'],
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['-quantity', '-3'],
    ['-0', '0'],
    ['1e3', '1000'],
    ['7 % 3', '1'],
    ['-7 % 3', '-1'],
    ['7 % 0', null],
    // division
    ['1 / 3', '0.3333333333'],
    ['2 / 3', '0.6666666667'],
    ['-2 / 3', '-0.6666666667'],
    ['1 / 0', null],
    ['quantity / (quantity - 3)', null],
    ['div(2, 3, 2)', '0.67'],
    ['div(1, 8, 2)', '0.13'],
    ['div(1, 3, 20)', '0.33333333333333333333'],
    ['div(1, 0, 2)', null],
    // rounding: halves away from zero
    ['round(2.5)', '3'],
    ['round(-2.5)', '-3'],
    ['round(0.5)', '1'],
    ['round(-0.4)', '0'],
    ['round(1.005, 2)', '1.01'],
    ['round(1.0049, 2)', '1'],
    ['round(12350, -2)', '12400'],
    ['floor(2.9)', '2'],
    ['floor(-2.1)', '-3'],
    ['ceil(2.1)', '3'],
    ['ceil(-2.9)', '-2'],
    ['floor(2.999, 2)', '2.99'],
    ['abs(-3.5)', '3.5'],
    ['min(3, 1, 2)', '1'],
    ['max(3, null, 12)', '12'],
    ['max([3, 12])', '12'],
    ['max(null, null)', null],
    ['sum(1, 2, null)', '3'],
    ['sum([])', '0'],
    ['avg([1, 2, null, 4])', '2.3333333333'],
    ['avg([])', null],
    ['number("12.50")', '12.5'],
    ['number("twelve")', null],
    ['number(amount)', '1234.5'],
    // money
    ['amount + deposit', cny('1469')],
    ['amount - deposit', cny('1000')],
    ['amount * 2', cny('2469')],
    ['0.05 * amount', cny('61.725')],
    ['round(0.05 * amount)', cny('61.73')],
    ['round(0.05 * amount, 1)', cny('61.7')],
    ['amount / 7', cny('176.3571428571')],
    ['amount / deposit', '5.2643923241'],
    ['div(amount, 7, 2)', cny('176.36')],
    ['div(amount, deposit, 1)', '5.3'],
    ['-deposit', cny('-234.5')],
    ['abs(-deposit)', cny('234.5')],
    ['amount.currency', 'CNY'],
    ['amount.amount', '1234.5'],
    ['amount > deposit', true],
    ['amount == deposit', false],
    ['amount == dollars', false],
    ['amount != dollars', true],
    ['amount >= 1234.5', true],
    ['amount > 0', true],
    ['dollars > 0', true],
    ['dollars > 700', true],
    ['dollars > 713', false],
    ['min(amount, deposit)', cny('234.5')],
    ['sum(amount, deposit, note)', cny('1469')],
    // blank
    ['null + 1', null],
    ['1 - blank', null],
    ['note * 2', null],
    ['null / 2', null],
    ['-note', null],
    ['note < "a"', false],
    ['note > "a"', false],
    ['null <= null', false],
    ['note == null', true],
    ['note == blank', true],
    ['note == ""', true],
    ['null == null', true],
    ['quantity == null', false],
    ['quantity != null', true],
    ['null == 0', false],
    ['null == false', false],
    ['null && true', false],
    ['null || true', true],
    ['!null', true],
    ['note ? 1 : 2', '2'],
    ['isBlank(note)', true],
    ['isBlank("")', true],
    ['isBlank([])', true],
    ['isBlank(0)', false],
    ['has(note)', false],
    ['coalesce(note, "", code)', 'SO-0001'],
    ['coalesce(note, null)', null],
    ['round(note)', null],
    ['amount + null', null],
    ['upper(note)', null],
    ['contains(note, "a")', false],
    ['contains(code, null)', false],
    // conditions
    ['stage != "won" || account != null', true],
    ['stage == "won" && !urgent', true],
    ['quantity > 2 ? "many" : "few"', 'many'],
    ['quantity == 3.0', true],
    ['stage in ["won", "lost"]', true],
    ['"vip" in tags', true],
    ['"长期" in tags', false],
    ['quantity in [1, 2, 3.00]', true],
    ['null in [1]', false],
    ['1 in null', false],
    ['urgent == false', true],
    ['true ? false ? 1 : 2 : 3', '2'],
    ['quantity == "3"', false],
    // text
    ['code + "-" + quantity', 'SO-0001-3'],
    ['"合计 " + amount', '合计 1234.5 CNY'],
    ['note + "x"', 'x'],
    ['"x" + note', 'x'],
    ['upper("abc") + lower("DEF")', 'ABCdef'],
    ['trim("  苏州  ")', '苏州'],
    ['code.startsWith("SO")', true],
    ['startsWith(code, "PO")', false],
    ['code.endsWith("0001")', true],
    ['contains("苏州凌垚自动化", "凌垚")', true],
    ['size("苏州𠮷田")', '4'],
    ['size(note)', '0'],
    ['left("𠮷田自動車", 2)', '𠮷田'],
    ['right("13900000001", 4)', '0001'],
    ['right("abc", 0)', null],
    ['left("abc", -1)', null],
    ['replace("a-b-c", "-", "/")', 'a/b/c'],
    ['replace("a-b", "-", null)', 'ab'],
    ['concat("a", null, 1, true)', 'a1true'],
    ['join(tags, "、")', '外贸、vip'],
    ['tags.join()', '外贸, vip'],
    ['text(19.90)', '19.9'],
    ["'it\\'s'", "it's"],
    ['"a" < "b"', true],
    ['"苏州" == "苏州"', true],
    // dates
    ['today()', '2026-11-23'],
    ['now()', '2026-11-23T08:00:00.000Z'],
    ['me()', 'user-1'],
    ['owner == me', true],
    ['daysBetween(orderedOn, closeOn)', '29'],
    ['daysBetween(closeOn, orderedOn)', '-29'],
    ['daysSince(orderedOn)', '22'],
    ['addDays(closeOn, 1)', '2026-12-01'],
    ['addDays(closeOn, -30)', '2026-10-31'],
    ['addMonths("2026-01-31", 1)', '2026-02-28'],
    ['addMonths("2024-02-29", 12)', '2025-02-28'],
    ['addDays(shippedAt, 1)', '2026-12-01T16:30:00.000Z'],
    ['year(closeOn)', '2026'],
    ['month(closeOn)', '11'],
    ['day(closeOn)', '30'],
    ['quarter(closeOn)', '4'],
    ['weekday("2026-11-23")', '1'],
    ['weekday("2026-11-22")', '7'],
    ['endOfMonth("2028-02-03")', '2028-02-29'],
    ['date(shippedAt)', '2026-12-01'],
    ['month(shippedAt)', '12'],
    ['date("2026-02-30")', null],
    ['date("soon")', null],
    ['daysBetween(null, closeOn)', null],
    ['closeOn > orderedOn', true],
    ['closeOn >= "2026-11-30"', true],
    ['shippedAt > closeOn', true],
    ['shippedAt == date("2026-12-01")', true],
    ['shippedAt > "2026-11-30T16:29:59Z"', true],
    ['shippedAt == "2026-12-01T00:30:00+08:00"', true],
    ['createdAt < today()', true],
    ['createdAt == "2026-11-21"', true],
    ['hoursBetween(createdAt, now())', '62.5'],
    ['addDays(closeOn, 1e15)', null],
    ['min(closeOn, orderedOn)', '2026-11-01'],
    // references
    ['account', 'account-1'],
    ['account.industry', 'retail'],
    ['account.parent.name', '凌垚集团'],
    ['account.parent.parent.name', null],
    ['account.credit > amount', true],
    ['createdBy == owner', true],
    ['address.city', '苏州'],
    ['address.district == null', true],
    // lists
    ['lines.size()', '3'],
    ['sum(lines.map(x, x.qty))', '3'],
    ['sum(lines.map(x, x.qty * x.unitPrice))', cny('0.4')],
    ['sum(lines.map(x, !x.gift, x.qty * x.unitPrice))', cny('0.2')],
    ['sum(lines.filter(x, x.qty > 5).map(x, x.unitPrice))', null],
    ['sum(lines.map(x, x.qty * x.product.weight))', '2.55'],
    ['lines.map(x, x.qty)', ['2', '1', null]],
    ['lines.exists(x, x.gift)', true],
    ['lines.all(x, x.qty > 0)', false],
    ['lines.exists_one(x, x.gift)', true],
    ['lines.filter(x, x.gift).map(x, x.name)', ['海报']],
    ['lines.map(x, x.name).join("、")', '展架、海报'],
    ['lines[0].qty', '2'],
    ['lines[9].qty', null],
    ['lines[0.5]', null],
    ['tags[1]', 'vip'],
    ['tags.size() == 2 && tags.all(t, size(t) > 1)', true],
    ['[1, 2] + [3]', ['1', '2', '3']],
    ['[1, 2.0] == [1.0, 2]', true],
    ['null.map(x, x)', []],
    ['lines.map(x, lines.filter(y, y.qty < x.qty).size())', ['1', '0', '0']],
    ['lines.exists(quantity, quantity.qty == 2) && quantity == 3', true],
  ])('%s → %j', (source, result) => expect(value(source)).toEqual(result))

  test('what every sentence of the table means is also found right by the check', () => {
    for (const source of [
      'quantity * price * (1 - discount)',
      'stage != "won" || account != null',
      'sum(lines.map(x, x.qty * x.unitPrice))',
      'owner == me',
      'amount > 1000',
    ])
      expect(checkExpression(parseExpression(source), fields).problems).toEqual([])
  })
})

describe('cannot be computed, and says so', () => {
  test.each([
    ['amount + dollars', 'CNY and USD cannot be put together'],
    ['amount < dollars', 'CNY and USD'],
    ['amount / dollars', 'CNY and USD'],
    ['sum(amount, dollars)', 'CNY and USD'],
    ['amount + 1', 'does not work on money and a number'],
    ['amount * amount', 'does not work'],
    ['1 / amount', 'does not work'],
    ['code * 2', 'does not work on text and a number'],
    ['code - 1', 'does not work'],
    ['closeOn + 1', 'addDays'],
    ['closeOn - orderedOn', 'does not work'],
    ['code && true', 'yes or no is expected'],
    ['quantity ? 1 : 2', 'yes or no is expected'],
    ['upper(quantity)', 'text is expected'],
    ['round("a")', 'a number or money is expected'],
    ['quantity.map(x, x)', 'a list is expected'],
    ['1 in quantity', 'a list is expected'],
    ['quantity < "a"', 'cannot be compared'],
    ['true < false', 'cannot be compared'],
    ['round(1, 2.5)', 'whole number'],
    ['round(1, 1e9)', 'whole number'],
    ['nothing(1)', 'no “nothing()”'],
    ['round()', 'Write round(x, digits)'],
    ['sum("a", "b")', 'a number or money is expected'],
  ])('%s: %s', (source, reason) => {
    const problem = refusal(() => value(source))
    expect(problem.code).toBe('expressionFailed')
    expect(problem.say.en).toContain(reason)
    expect(problem.say.zh).toMatch(/[一-鿿]/)
    expect(problem.evidence).toMatchObject({ start: expect.any(Number), end: expect.any(Number) })
  })

  test('money without a known rate is not compared with a bare number', () => {
    const unknownRate = { ...env, get: () => ({ amount: '5', currency: 'EUR', base: null }) }
    expect(refusal(() => evaluate(parseExpression('amount > 3'), unknownRate, fields)).say.en).toContain('No rate is known from EUR to CNY')
    expect(evaluate(parseExpression('amount > 0'), unknownRate, fields)).toBe(true)
  })

  test('a stored value that is no number is named', () => {
    expect(refusal(() => evaluate(parseExpression('quantity + 1'), { ...env, get: () => 'three' }, fields)).say.zh).toBe(
      '“three”不是数字。',
    )
  })
})

describe('cannot be read, and says how it is written', () => {
  test.each<[string, string, number]>([
    ['', 'empty', 0],
    ['1 +', 'ends too early', 3],
    ['stage = "won"', 'Write “==” instead of “=”', 6],
    ['a and b', 'Write “&&” instead of “and”', 2],
    ['a <> b', 'Write “!=” instead of “<>”', 3],
    ['（1 + 2）', 'Write “(” instead of “（”', 0],
    ['stage == “won”', 'instead of ““”', 9],
    ['金额 > 1', '“金额” is neither', 0],
    ['"abc', 'no closing quote', 0],
    ['if(a, b, c)', 'instead of “if”', 0],
    ['lines.map(1, 2)', 'A name for each item', 10],
    ['lines.map(x)', 'list.map(x, …)', 0],
    ['{"a": 1}', '“{ }” is not used', 0],
    ['b"abc"', 'Write numbers', 0],
    ['0x10', 'Write numbers', 0],
    ['a.constructor', 'cannot be used as a name', 2],
    ['__proto__', '', 0],
    ['a.__proto__', 'cannot be used as a name', 2],
    ['toString()', 'cannot be used as a name', 0],
    [`"${'x'.repeat(4_000)}"`, 'at most 4000 characters', 4_000],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'nested too deep', 0],
    [`${'!'.repeat(60)}urgent`, 'nested too deep', 0],
    ['-'.repeat(3_000), '', 0],
    ['[[[[[[[['.repeat(200), 'too deep', 0],
  ])('%.40s: %s', (source, reason, position) => {
    const problem = refusal(() => parseExpression(source))
    expect(problem.code).toBe('badExpression')
    expect(problem.say.en).toContain(reason)
    expect(problem.say.zh).toMatch(/[一-鿿]/)
    if (position > 0) expect(problem.evidence.start).toBe(position)
  })
})

describe('hostile expressions', () => {
  test('nothing inherited can be reached, not through the environment either', () => {
    const plain = compileExpression(parseExpression('address.polluted'), null)
    expect(plain({ ...env, get: () => Object.create({ polluted: 'yes' }) })).toBeNull()
    expect(compileExpression(parseExpression('code'))({ ...env, get: () => () => 'run' })).toBeNull()
  })
  test('loops within loops stop', () => {
    const items = Array.from({ length: 1_000 }, (_, i) => i)
    const source = 'tags.map(a, tags.map(b, tags.map(c, 1)))'
    const started = performance.now()
    expect(refusal(() => evaluate(parseExpression(source), { ...env, get: () => items })).say.en).toContain('at most 100000 items')
    expect(performance.now() - started).toBeLessThan(1_000)
  })
  test('lists over 10,000 are refused', () => {
    const items = Array.from({ length: 10_001 }, () => 'x')
    expect(refusal(() => evaluate(parseExpression('tags.size()'), { ...env, get: () => items }, fields)).say.en).toContain(
      'at most 10000 items',
    )
    expect(refusal(() => evaluate(parseExpression('tags + tags'), { ...env, get: () => items.slice(0, 6_000) }, fields)).say.en).toContain(
      'at most 10000 items',
    )
  })
  test('texts and numbers do not explode', () => {
    const grow = (inner: string, times: number): string =>
      times === 0 ? inner : `replace(${grow(inner, times - 1)}, "a", "${'a'.repeat(70)}")`
    expect(refusal(() => value(grow('"a"', 30))).say.en).toContain('longer than')
    expect(refusal(() => value(Array.from({ length: 1_000 }, () => '99').join('*'))).say.en).toContain('too many digits')
  })
  test('a long flat chain is not a deep one', () => {
    expect(value(Array.from({ length: 1_900 }, () => '1').join('+'))).toBe('1900')
    expect(value(Array.from({ length: 150 }, (_, i) => `quantity == ${i + 10}`).join(' || '))).toBe(false)
  })
  test('any text is either read or refused as a problem', () => {
    const alphabet = fc.constantFrom(...'ab1.,()[]+-*/%<>=!&|?:"\'{} \\xX0e', 'map', 'sum', 'lines', 'in', '凌', '，', '𠮷')
    fc.assert(
      fc.property(
        fc.array(alphabet, { maxLength: 30 }).map((parts) => parts.join('')),
        (source) => {
          try {
            value(source)
          } catch (error) {
            if (!isProblem(error)) throw error
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('the business check', () => {
  const problemsOf = (source: string): string[] =>
    checkExpression(parseExpression(source), fields).problems.map(({ message }) => message.en)
  test.each([
    ['quantity * 2', 'number'],
    ['quantity * amount', 'money'],
    ['amount / amount', 'number'],
    ['amount > 5', 'boolean'],
    ['code + quantity', 'text'],
    ['addDays(closeOn, 3)', 'date'],
    ['now()', 'dateTime'],
    ['lines.map(x, x.qty)', 'list'],
    ['sum(lines.map(x, x.unitPrice))', 'money'],
    ['sum(lines.map(x, x.qty))', 'number'],
    ['account', 'reference'],
    ['account.parent.parent.parent.name', 'text'],
    ['urgent ? amount : null', 'money'],
    ['coalesce(closeOn, orderedOn)', 'date'],
    ['null', 'blank'],
    ['silentDays', 'number'],
    ['createdBy.name', 'text'],
    ['lines[0].unitPrice.currency', 'text'],
  ])('%s gives %s', (source, kind) => expect(checkExpression(parseExpression(source), fields)).toMatchObject({ kind, problems: [] }))

  test.each([
    ['quantiy * 2', 'There is no “quantiy” here; did you mean “quantity”?'],
    ['account.indstry == "x"', 'did you mean “industry”?'],
    ['close_on > today()', 'did you mean “closeOn”?'],
    ['zzzzzzz', 'There is no “zzzzzzz” here.'],
    ['rond(1)', 'did you mean “round()”?'],
    ['stage == "wonn"', '“wonn” is not among the options: did you mean “won”?'],
    ['stage in ["won", "abandoned"]', '“abandoned” is not among the options: one of prospecting, won, lost'],
    ['amount + quantity', '“+” does not work on money and a number.'],
    ['closeOn + 1', 'Use addDays'],
    ['closeOn == "tomorrow"', 'Write dates as “2026-01-31”.'],
    ['urgent == "yes"', 'yes or no is never equal to text.'],
    ['code && urgent', 'Here yes or no is expected, not text.'],
    ['lines.qty', 'write list.map(x, x.qty)'],
    ['upper(quantity)', 'Here text is expected, not a number.'],
    ['round(code)', 'Here a number or money is expected, not text.'],
    ['daysSince()', 'Write daysSince(x).'],
    ['map(lines, x)', 'Write list.map(x, x.price).'],
    ['code.length', 'text has no fields.'],
    ['urgent < true', 'compares numbers'],
    ['sum(lines.map(x, x.quantity))', 'There is no “quantity” here'],
  ])('%s: %s', (source, message) => expect(problemsOf(source).join(' ')).toContain(message))

  test('problems say where', () => {
    expect(checkExpression(parseExpression('1 + quantiy'), fields).problems[0]).toMatchObject({
      start: 4,
      end: 11,
      message: { zh: '此处没有“quantiy”，是否指“quantity”？' },
    })
  })

  test('every function is told in both languages', () => {
    for (const { signature, help } of expressionFunctions) expect([signature, help.en, help.zh]).not.toContain('')
    expect(expressionFunctions.map(({ name }) => name)).toEqual(expect.arrayContaining(['round', 'daysSince', 'map', 'coalesce']))
  })
})

describe('what is read', () => {
  test.each<[string, string[]]>([
    ['quantity * price', ['quantity', 'price']],
    ['account.industry == "x" && account != null', ['account.industry', 'account']],
    ['sum(lines.map(x, x.qty * x.product.weight))', ['lines', 'lines.qty', 'lines.product.weight']],
    ['lines.filter(x, x.gift).map(y, y.name)', ['lines', 'lines.gift', 'lines.name']],
    ['lines.map(x, x.product).map(p, p.name)', ['lines', 'lines.product', 'lines.product.name']],
    ['lines[quantity].name', ['quantity', 'lines.name']],
    ['owner == me && note == blank', ['owner', 'note']],
    ['lines.exists(x, x.qty > quantity)', ['lines', 'lines.qty', 'quantity']],
    ['today()', []],
  ])('%s reads %j', (source, paths) => expect(dependencies(parseExpression(source)).map((path) => path.join('.'))).toEqual(paths))

  test.each([
    ['daysSince(orderedOn) > 3', true],
    ['owner == me', true],
    ['owner == me()', true],
    ['lines.exists(x, x.day < today())', true],
    ['now() > shippedAt', true],
    ['daysBetween(orderedOn, closeOn)', false],
    ['quantity', false],
  ])('%s is live: %s', (source, live) => expect(isLive(parseExpression(source))).toBe(live))
})

test('a renamed field is renamed where it is meant, and nowhere else', () => {
  const renamed: Record<string, string> = { quantity: 'amountOfPieces', 'account.industry': 'trade', 'lines.qty': 'pieces' }
  const rename = (source: string): string => renamePaths(parseExpression(source), (path) => renamed[path.join('.')])
  expect(rename('quantity > 1 && "quantity" != account.industry || address.quantity == 2')).toBe(
    'amountOfPieces > 1 && "quantity" != account.trade || address.quantity == 2',
  )
  expect(rename('lines.map(quantity, quantity.qty + 1).size() + sum(lines.filter(x, x.qty > quantity).map(y, y . qty))')).toBe(
    'lines.map(quantity, quantity.pieces + 1).size() + sum(lines.filter(x, x.pieces > amountOfPieces).map(y, y . pieces))',
  )
})

describe('arithmetic is that of exact decimals', () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, scale]) => multiplyDecimals(String(digits), `1e-${scale}`))
  const withValues = (source: string, quantity: string, price: string): Result =>
    evaluate(parseExpression(source), { ...env, get: (name) => (name === 'quantity' ? quantity : price) }, fields)

  test('sums, differences, products, quotients and roundings of fields', () => {
    fc.assert(
      fc.property(decimal, decimal, fc.integer({ min: -3, max: 8 }), (a, b, scale) => {
        expect(withValues('quantity + price', a, b)).toBe(addDecimals(a, b))
        expect(withValues('quantity - price', a, b)).toBe(subtractDecimals(a, b))
        expect(withValues('quantity * price', a, b)).toBe(multiplyDecimals(a, b))
        expect(withValues('quantity / price', a, b)).toBe(divideDecimals(a, b))
        expect(withValues(`round(quantity, ${scale})`, a, b)).toBe(roundDecimal(a, scale))
        expect(withValues('quantity - price + price == quantity', a, b)).toBe(true)
      }),
    )
  })
  test('literals and fields mean the same', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(withValues(`(${a}) * (${b})`, '0', '0')).toBe(multiplyDecimals(a, b))
      }),
    )
  })
})

test('ten thousand records are computed within a second', () => {
  const total = compileExpression(
    parseExpression('round(quantity * price * (1 - discount), 2) > 10 && stage == "won" ? amount * 0.05 : amount * 0.03'),
    fields,
  )
  const started = performance.now()
  for (let i = 0; i < 10_000; i++) total(env)
  expect(performance.now() - started).toBeLessThan(1_000)
})
