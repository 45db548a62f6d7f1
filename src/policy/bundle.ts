/**
 * A signed rulebook: one JSON document with every file, the instant it was made, its publisher's public key and a signature over all of it.
 * Whoever takes one names the publishers it trusts. Pure: where the text comes from and where it goes is for others.
 */
import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '../core/digest.ts'
import { type ErrorCode, RelaisError } from '../core/errors.ts'
import { isPublicKey, isSignedBy, publicKeyOf, signatureOf } from '../core/signing.ts'
import type { SourceFile } from './document.ts'
import { testExamples } from './example.ts'
import { loadRulebook } from './load.ts'
import { badRules } from './problem.ts'
import type { Rulebook } from './rulebook.ts'

const FORMAT = 'relais-rulebook-1'
/** The rulebook that comes with Relais takes a twentieth of it. */
export const MAX_BUNDLE_BYTES = 4 * 1024 * 1024
const MAX_FILES = 2000
/** A publisher's clock may be this far ahead, ms. */
const AHEAD_MS = 86_400_000

const file = z.object({ path: z.string().regex(/^[a-z0-9-]+(?:\/[a-z0-9-]+)*(?:\.examples)?\.yaml$/u), source: z.string() })
const bundle = z.object({
  format: z.literal(FORMAT),
  date: z.iso.datetime(),
  publisher: z.string().refine(isPublicKey),
  files: z.array(file).min(1).max(MAX_FILES),
  signature: z.string(),
})

export type OpenedBundle = {
  /** When it was made, ISO 8601 in UTC. */
  readonly date: string
  /** `ed25519:…` */
  readonly publisher: string
  /** Without its examples. */
  readonly files: readonly SourceFile[]
  readonly rulebook: Rulebook
}

const isExamples = ({ path }: SourceFile): boolean => path.endsWith('.examples.yaml')
const refuse = (code: ErrorCode, detail = ''): RelaisError => new RelaisError(code, detail)

/** All but the signature, as it is signed. */
const signedPart = ({ signature: _, ...rest }: Readonly<Record<string, unknown>>): Uint8Array => Buffer.from(canonicalJson(rest))

/**
 * Makes a bundle's text. The files are loaded and their examples run first.
 * @throws {RelaisError} `bad-rules`
 */
export const sealBundle = (files: readonly SourceFile[], date: string, privateKey: KeyObject): string => {
  loadTested(files)
  const ordered = files.map(({ path, source }) => ({ path, source })).sort((a, b) => (a.path < b.path ? -1 : 1))
  const content = { format: FORMAT, date, publisher: publicKeyOf(privateKey), files: ordered }
  return `${JSON.stringify({ ...content, signature: signatureOf(signedPart(content), privateKey) }, null, 1)}\n`
}

/**
 * Reads a bundle: signed, by somebody of `trust`, whole, its rules in order, not from after `now` (ms), and its examples true unless they were
 * `tested` before.
 * @throws {RelaisError} `rulebook-too-large`, `-broken`, `-unsigned`, `-untrusted`, `bad-rules`
 */
export const openBundle = (text: string, trust: readonly string[], now: number, tested = false): OpenedBundle => {
  if (Buffer.byteLength(text) > MAX_BUNDLE_BYTES) throw refuse('rulebook-too-large')
  const data = objectIn(text)
  if (typeof data.signature !== 'string' || typeof data.publisher !== 'string') throw refuse('rulebook-unsigned')
  if (!trust.includes(data.publisher)) throw refuse('rulebook-untrusted', isPublicKey(data.publisher) ? data.publisher : '')
  if (!isSignedBy(data.publisher, signedPart(data), data.signature)) throw refuse('rulebook-unsigned', data.publisher)
  const read = bundle.safeParse(data)
  if (!read.success) throw refuse('rulebook-broken', read.error.issues[0]?.path.join('.') ?? '')
  const { date, publisher, files } = read.data
  if (Date.parse(date) > now + AHEAD_MS) throw refuse('rulebook-broken', `date ${date}`)
  if (new Set(files.map(({ path }) => path)).size < files.length) throw refuse('rulebook-broken', 'files')
  const rules = files.filter((one) => !isExamples(one))
  return { date, publisher, files: rules, rulebook: tested ? loadRulebook(rules) : loadTested(files) }
}

const objectIn = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return { ...data }
  } catch {
    // Told below, as what is no object is.
  }
  throw refuse('rulebook-broken', 'JSON')
}

/** @throws {RelaisError} `bad-rules`: a file that does not load, or an example that does not hold. */
const loadTested = (files: readonly SourceFile[]): Rulebook => {
  const rulebook = loadRulebook(files)
  const { problems } = testExamples(rulebook, files)
  if (problems.length > 0) throw badRules(problems)
  return rulebook
}
