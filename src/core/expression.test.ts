import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createExpressionLanguage, ExpressionError } from './expression.ts'

const language = createExpressionLanguage({
  message: { text: 'string', ai: 'bool', length: 'int' },
  answers: { order: 'string' },
  order: 'dyn',
  hour: 'int',
  window: ['open', 'closed'],
})
const errorOf = (source: string): ExpressionError => {
  try {
    language.compile(source, ['bool'])
  } catch (error) {
    if (error instanceof ExpressionError) return error
  }
  throw new Error(`${source} was not refused`)
}

describe('an expression', () => {
  it.each([
    ['message.ai && message.length > 2', { message: { ai: true, length: 3 } }, true],
    ['message.ai && message.length > 2', { message: { ai: true, length: 2 } }, false],
    ['message.text in ["a", "b"]', { message: { text: 'b' } }, true],
    ['hour < 8 || hour >= 20', { hour: 20 }, true],
    ['answers.order.startsWith("VL")', { answers: { order: 'VL1' } }, true],
    ['order.count > 2 && message.length == 0', { order: { count: 3 } }, true],
    ['has(order.paid)', { order: {} }, false],
    ['order.paid', { order: { paid: true } }, true],
  ])('%s', (source, values, expected) => {
    expect(language.compile(source, ['bool']).test(values)).toBe(expected)
  })

  it('gives whole numbers as numbers, by either way', () => {
    expect(language.compile('hour * 60 + 5').evaluate({ hour: 2 })).toBe(125)
    expect(language.compile('size(message.text)').evaluate({ message: { text: 'abc' } })).toBe(3)
  })

  it('reads what is missing as empty', () => {
    expect(language.compile('answers.order == "" && hour == 0 && !message.ai').test({})).toBe(true)
    expect(language.compile('size(answers.order) == 0').test({})).toBe(true)
  })

  it('names the wrong name, its place and the nearest right one', () => {
    expect(errorOf('hour > 3 && mesage.ai')).toMatchObject({ offset: 12, nearest: 'message' })
    expect(errorOf('message.txt == "a"')).toMatchObject({ offset: 8, nearest: 'text' })
    expect(errorOf('zzzzzz')).toMatchObject({ nearest: null })
  })

  it('refuses a text that its field can never be', () => {
    expect(errorOf('message.ai || window == "opne"')).toMatchObject({ offset: 24, nearest: 'open' })
    expect(errorOf('window in ["open", "shut"]').message).toContain('“shut” is not one of open, closed')
    expect(language.compile('window == "open"').test({ window: 'open' })).toBe(true)
  })

  it('refuses a wrong type, a wrong result and broken syntax', () => {
    expect(errorOf('message.text > 3').message).toContain('string > int')
    expect(errorOf('hour + 1').message).toContain('gives int')
    expect(errorOf('message.ai &&').offset).toBe(13)
  })

  it.each([
    ['mesage.ai', 'nom inconnu : « mesage » (vouliez-vous dire « message » ?)'],
    ['window == "opne"', '« opne » n’est pas l’un de open, closed (vouliez-vous dire « open » ?)'],
    ['hour', 'donne int, pas bool'],
    ['hour > "a"', 'ces valeurs ne vont pas ensemble : int > string'],
    ['nothing(1)', 'cette fonction n’existe pas, ou pas pour ces valeurs : nothing(int)'],
    ['message.ai &&', 'il manque quelque chose à la fin'],
    ['hour = 3', '« = » est inattendu ici'],
    ['"abc', 'un guillemet n’est pas refermé'],
    ['[1, "a"].size() > 1', 'des valeurs de même sorte, pas int et string'],
    ['message.ai ? 1 : "a"', 'des valeurs de même sorte, pas int et string'],
  ])('tells in French what is wrong with %s', (source, words) => {
    expect(errorOf(source).words.fr.replaceAll('\u00a0', ' ')).toBe(words)
  })

  it('says which part of foreign data is missing', () => {
    expect(() => language.compile('order.status == "paid"').test({ order: {} })).toThrow('unknown name “status”')
  })
})

describe('the closures', () => {
  const leaf = fc.constantFrom(
    'm.a',
    '!m.b',
    'm.s == "x"',
    'm.s != m.t',
    'm.n > 1',
    'm.n <= m.k',
    'm.n + 1 == m.k * 2',
    '-m.n < 0',
    'm.s in ["x", "y"]',
    'm.k in [0, 2]',
    '(m.a ? m.n : m.k) >= 1',
    'm.s < "y"',
    'm.s.startsWith(m.t)',
    '"xyz".endsWith(m.s)',
    'm.s.contains("x")',
  )
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.tuple(tie('node'), fc.constantFrom('&&', '||', '==', '!='), tie('node')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
    ),
  })).node
  const values = fc.record({
    a: fc.boolean(),
    b: fc.boolean(),
    s: fc.constantFrom('x', 'y', 'z', ''),
    t: fc.constantFrom('x', ''),
    n: fc.integer({ min: -3, max: 3 }),
    k: fc.integer({ min: -3, max: 3 }),
  })

  it('say what the library says', () => {
    const schema = { a: 'bool', b: 'bool', s: 'string', t: 'string', n: 'int', k: 'int' } as const
    const own = createExpressionLanguage({ m: schema })
    const library = new Environment({ unlistedVariablesAreDyn: false }).registerVariable({ name: 'm', schema: { ...schema } })
    fc.assert(
      fc.property(tree, values, (source, m) => {
        const expected = library.evaluate(source, { m: { ...m, n: BigInt(m.n), k: BigInt(m.k) } })
        expect(own.compile(source).evaluate({ m })).toBe(expected)
      }),
    )
  })
})
