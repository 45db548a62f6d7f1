/** Values that nobody should ever send. */
import fc from 'fast-check'

export const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    [],
    {},
    '',
    0,
    -1,
    1e300,
    true,
    '\0',
    '\ud800',
    '__proto__',
    'constructor',
    [null],
    [[]],
    { id: {} },
    { type: 'constructor' },
  ),
  fc.jsonValue(),
  fc.string({ unit: 'binary' }),
)

/** The same document with one value, anywhere in it, replaced. */
export const replaceSomewhere = (value: unknown, by: unknown, pick: () => number): unknown => {
  if (typeof value !== 'object' || value === null || pick() % 12 === 0) return by
  const keys = Object.keys(value)
  const key = keys[pick() % Math.max(1, keys.length)]
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaceSomewhere(item, by, pick) : item))
  return { ...value, [key]: replaceSomewhere(Reflect.get(value, key), by, pick) }
}
