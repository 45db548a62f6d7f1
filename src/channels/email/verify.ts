/**
 * Who answers, and who unsubscribes. A reply address names the message it belongs to and carries the house's seal on it; so does the link
 * that ends marketing. Both are small letters and digits where mail servers change the case of letters.
 */
import { timingSafeEqual } from 'node:crypto'
import { type AttemptId, asId } from '../../core/ids.ts'
import type { Language } from '../../core/language.ts'

type Seal = (text: string) => string

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 §6, in small letters, without padding. */
const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

const same = (given: string, seal: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(seal)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const ATTEMPT = /^att_([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/
/** 26 letters for the attempt, 16 (80 bits) of the seal: with the address's own part within the 64 of RFC 5321 §4.5.3.1. */
const [ID_LETTERS, SEAL_LETTERS] = [26, 16]
const TOKEN = /^[a-z2-7]{42}$/
const LONGEST_LOCAL = 64

const sealOn = (attempt: string, seal: Seal): string => base32(Buffer.from(seal(`reply:${attempt}`), 'base64url')).slice(0, SEAL_LETTERS)

const parts = (address: string): [string, string] => {
  const at = address.lastIndexOf('@')
  return [address.slice(0, at), address.slice(at)]
}

/** Where an answer to this attempt goes; undefined where the address leaves no room for a token. */
export const replyAddress = (own: string, attempt: AttemptId, seal: Seal): string | undefined => {
  const [, ...hex] = ATTEMPT.exec(attempt) ?? []
  const [local, domain] = parts(own)
  const token = base32(Buffer.from(hex.join(''), 'hex')) + sealOn(attempt, seal)
  return hex.length > 0 && local.length + 1 + token.length <= LONGEST_LOCAL ? `${local}+${token}${domain}` : undefined
}

/** What an address a mail was sent to proves: our attempt, nothing (it is the plain one), or that somebody made a token up. */
export const provenBy = (address: string, own: string, seal: Seal): AttemptId | 'forged' | null => {
  const [local, domain] = parts(address.toLowerCase())
  const [ownLocal, ownDomain] = parts(own)
  if (domain !== ownDomain || !local.startsWith(`${ownLocal}+`)) return null
  const token = local.slice(ownLocal.length + 1)
  if (!TOKEN.test(token)) return 'forged'
  const hex = fromBase32(token.slice(0, ID_LETTERS)).toString('hex')
  const attempt = `att_${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
  return same(token.slice(ID_LETTERS), sealOn(attempt, seal)) ? asId<AttemptId>(attempt) : 'forged'
}

/** Whose marketing a link ends, the mail it stood in, and the language they were written to. */
export type Leaving = { readonly address: string; readonly attempt: AttemptId; readonly language: Language }

export const leavingUrl = (webhook: string, { address, attempt, language }: Leaving, seal: Seal): string => {
  const url = new URL(webhook)
  const token = Buffer.from(JSON.stringify([address, attempt, language])).toString('base64url')
  url.searchParams.set('leave', token)
  url.searchParams.set('seal', seal(`leave:${token}`))
  return url.href
}

/** undefined where the link is not ours, or was changed. */
export const readLeaving = (href: string, seal: Seal): Leaving | undefined => {
  const query = new URL(href).searchParams
  const [token, given] = [query.get('leave'), query.get('seal')]
  if (token === null || given === null || !same(given, seal(`leave:${token}`))) return undefined
  const [address, attempt, language] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
  return { address, attempt, language }
}
