/** Content by digest: the same facts, whatever the order of their keys, are one row. */
import { hash } from 'node:crypto'
import type { Digest } from './ids.ts'

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(value).sort()) sorted[key] = canonical((value as Record<string, unknown>)[key])
  return sorted
}

/** The same text for the same value, whatever the order of names. */
export const canonicalJson = (value: unknown): string => JSON.stringify(canonical(value))

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

/** SHA-256 of the canonical JSON, hex. */
export const digestOf = (value: object): Digest => sha256(canonicalJson(value)) as Digest
