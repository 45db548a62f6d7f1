/** Fixtures: one case a file, `{ name, body, events, echo?, at?, method? }`. `"*"` in an expected event stands for any value that is there. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'

export type Fixture = {
  readonly file: string
  readonly name: string
  readonly body: unknown
  readonly events: readonly unknown[]
  /** What the business itself wrote, told back to us: nothing of it may be inbound. */
  readonly echo?: boolean
  /** What stands behind the webhook's address in this call, a query for example. */
  readonly at?: string
  /** POST where it does not say. */
  readonly method?: string
}

export const loadFixtures = (folder: URL): readonly Fixture[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')) }))

/** `"*"` becomes "anything"; the rest must be equal, and no more may be there. */
export const expected = (value: unknown): unknown => {
  if (value === '*') return expect.anything()
  if (Array.isArray(value)) return value.map(expected)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expected(item)]))
  return value
}

/** Every string anywhere in a value. */
export const stringsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}
