/**
 * A second address, proven before anything else is written there: a code goes to it and comes back by the thread (or its link is opened). The
 * code's message proves an address and nothing more: it follows no reach plan, and needs no consent but that the person asked for it here.
 */
import { type Address, addressKey } from '../../core/address.ts'
import { type Content, wordsOf } from '../../core/content.ts'
import type { ChannelId, VendorId } from '../../core/ids.ts'
import { isAsking, type JourneyAction } from '../../core/journey.ts'
import { CODE_TRIES, type CodeReason, checkCode, coverOf, overBecause } from '../../core/one-time-code.ts'
import { addressBelow } from '../../core/public-url.ts'
import { type Bodies, joinedBy } from '../event.ts'
import { isAutomatic, type Proving } from '../state.ts'
import { codeText, SAYS } from '../words.ts'
import { type Draft, note, setState } from './draft.ts'
import { propose } from './propose.ts'

/** Long enough to open a mailbox; a link waits no longer. */
const PROOF_LIFE_MS = 900_000
/** Codes in a day, to one address and to all that one person gives: nobody has others written to through us. */
const MOST_CODES = 3
const MOST_CODES_OF_ALL = 6
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** A link's code: too long to be guessed. */
const LINK_DIGITS = 10

/** Something of Relais's own, in the thread; silent while people have it. */
export const sayHere = (draft: Draft, channel: ChannelId, text: string): void => {
  if (!isAutomatic(draft.owner)) return
  propose(draft, { channel, content: { type: 'text', text }, author: 'system', automatic: true, reply: true, purpose: 'service' })
}

const channelTo = ({ world }: Draft, { kind }: Address): ChannelId | null => {
  const works = (id: ChannelId) => world.channels.get(id)?.health !== 'cut' && world.channels.get(id)?.paused === false
  const writesTo = (id: ChannelId) => world.capabilities.get(id)?.identities.some((own) => own === kind) === true
  return world.workspace.channels.find(({ id }) => writesTo(id) && works(id))?.id ?? null
}

const sentLately = ({ state, world }: Draft) => (state.codes ?? []).filter(({ since }) => world.at - since < DAY_MS)

/** Counts a code or a try of this address's day. */
const count = (draft: Draft, address: Address, more: { readonly sent?: number; readonly tries?: number }): void => {
  const key = addressKey(address)
  const all = sentLately(draft)
  const known = all.find((one) => one.key === key) ?? { key, since: draft.world.at, sent: 0, tries: 0 }
  const counted = { ...known, sent: known.sent + (more.sent ?? 0), tries: known.tries + (more.tries ?? 0) }
  setState(draft, { codes: [...all.filter((one) => one.key !== key), counted] })
}

/** Sends a code to the address; one sent before is void. False where none can go: the person was told why. */
export const prove = (
  draft: Draft,
  asked: Extract<JourneyAction, { type: 'verify' }>,
  source: string,
  channel: ChannelId,
  run: number,
): boolean => {
  const { world } = draft
  const { language } = draft.state
  const address = asked.address ?? (draft.state.proving?.run === run ? draft.state.proving.address : null)
  const to = address && channelTo(draft, address)
  if (!address || !to) {
    sayHere(draft, channel, SAYS.codeNotSent[language])
    return false
  }
  const lately = sentLately(draft)
  const before = lately.find(({ key }) => key === addressKey(address))
  const all = lately.reduce((sum, { sent }) => sum + sent, 0)
  if ((before?.sent ?? 0) >= MOST_CODES || (before?.tries ?? 0) >= CODE_TRIES || all >= MOST_CODES_OF_ALL) {
    sayHere(draft, channel, SAYS.codesSpent[language])
    return false
  }
  const reference = world.ids('evt')
  // The dots stay as they are: written as an address would write them, nothing would fill them in.
  const link = world.publicUrl && addressBelow(world.publicUrl, `confirm/${draft.facts.contact}/`) + coverOf(LINK_DIGITS)
  const outcome = propose(draft, {
    channel: to,
    content: { type: 'text', text: codeText(address.kind, world.workspace.name, language, coverOf(), link) },
    author: source,
    automatic: true,
    reply: false,
    category: 'authentication',
    purpose: 'service',
    to: address,
    sealed: reference,
  })
  if (outcome !== 'allow' && outcome !== 'amend') {
    sayHere(draft, channel, SAYS.codeNotSent[language])
    return false
  }
  count(draft, address, { sent: 1 })
  const code = { expiresAt: world.at + PROOF_LIFE_MS, triesLeft: CODE_TRIES - (before?.tries ?? 0), usedAt: null, replaced: false }
  setState(draft, { proving: { reference, address, code, words: asked.words, language, for: asked.for, source, channel, run } })
  note(draft, { kind: 'address.code-sent', channel: to, data: { kind: address.kind } })
  sayHere(draft, channel, SAYS.codeSent[language](address.value))
  return true
}

/** Alone, in whatever groups it is read out. */
const ALONE = /^\d(?:[\s.\-‐‑–]?\d){5}$/u
/** Among words and other numbers: in one piece or two threes, no part of a longer number, a name or an address. */
const AMONG = /(?<![\p{L}\d/+]|\d[\s.\-‐‑–])(\d{3})[\s.\-‐‑–]?(\d{3})(?![\p{L}\d/]|[\s.\-‐‑–]\d)/gu
const LONGEST = 200

/** The only six digits that can be a code; null where there are none, or more than one. */
export const codeIn = (content: Content): string | null => {
  if (content.type !== 'text') return null
  // Digits in frames are digits.
  const said = wordsOf(content)
    .normalize('NFKC')
    .replace(/[\uFE0F\u20E3]/gu, '')
    .trim()
  if (said.length > LONGEST) return null
  if (ALONE.test(said)) return said.replace(/\D/gu, '')
  const found = new Set([...said.matchAll(AMONG)].map(([, first, second]) => `${first}${second}`))
  return found.size === 1 ? ([...found][0] ?? null) : null
}

const isWaiting = ({ state }: Draft, { run }: Proving): boolean => state.journey?.awaits === 'code' && state.journey.run === run

const saidOf = (reason: CodeReason, proving: Proving, language: Proving['language']): string | null => {
  if (reason === 'wrong') return SAYS.codeWrong[language](proving.code.triesLeft)
  if (reason === 'expired') return SAYS.codeExpired[language]
  if (reason === 'used') return SAYS.codeUsed[language]
  return reason === 'no-tries-left' ? SAYS.codesSpent[language] : null
}

/**
 * What was typed as a code. `taken`: it was one, right or wrong, and the person was told; `unconfirmed`: it was the last try; `no`: it is a
 * message like any other. Never tried where another question of a journey waits: six digits answer that.
 */
export const tryCode = (
  draft: Draft,
  content: Content,
  channel: ChannelId,
  message: VendorId,
  at: number,
): 'taken' | 'unconfirmed' | 'no' => {
  const { proving, journey, language } = draft.state
  const code = codeIn(content)
  if (!proving || code === null) return 'no'
  const waits = isWaiting(draft, proving)
  if (!waits && (at > proving.code.expiresAt + HOUR_MS || (journey && isAsking(journey)))) return 'no'
  // Once it is over, other digits are no try at it but a number of something else.
  if (!waits && overBecause(proving.code, at) !== null && code !== draft.world.codes.code(proving.reference)) return 'no'
  const reason = check(draft, proving, code, at, { by: 'code', message }, channel)
  const after = draft.state.proving ?? proving
  const said = saidOf(reason, after, language)
  if (said !== null) sayHere(draft, channel, said)
  return reason === 'no-tries-left' && waits ? 'unconfirmed' : 'taken'
}

/** The message with the code did not arrive: whoever waits for it is told, and may correct the address. */
export const codeLost = (draft: Draft, reference: string | undefined): void => {
  const { proving, language } = draft.state
  if (!proving || proving.reference !== reference || proving.code.usedAt !== null || !isWaiting(draft, proving)) return
  sayHere(draft, proving.channel, SAYS.codeLost[language](proving.address.value))
}

/** The link in the message was opened, and its button pressed. */
export const tapLink = (draft: Draft, { code }: Bodies['code.tapped']): void => {
  const { proving } = draft.state
  if (proving && code.length === LINK_DIGITS) check(draft, proving, code, draft.world.at, { by: 'link' }, proving.channel)
}

const check = (draft: Draft, proving: Proving, code: string, at: number, how: object, channel: ChannelId): CodeReason => {
  const right = code === draft.world.codes.code(proving.reference, code.length)
  const { reason, state } = checkCode(proving.code, right, at)
  if (state !== proving.code) setState(draft, { proving: { ...proving, code: state } })
  if (state.triesLeft < proving.code.triesLeft) count(draft, proving.address, { tries: 1 })
  note(draft, { kind: 'address.code-tried', channel, data: { kind: proving.address.kind, reason } })
  if (reason !== 'right') return reason
  const { words, language, source, run, address } = proving
  const proof = { ...how, event: draft.event, asked: proving.reference, address: address.value, language }
  draft.claims.push({
    event: joinedBy(draft.event),
    address,
    channel,
    body: { address, consent: { for: proving.for, words, source, proof, at }, run, tell: true },
  })
  return reason
}

/** What a person of the business records: an address somebody gave them, with what was agreed to. */
export const recordAddress = (draft: Draft, { address, consent }: Bodies['address']): void => {
  const at = consent.at ?? draft.world.at
  const proof = { ...consent.proof, event: draft.event, address: address.value }
  draft.claims.push({
    event: joinedBy(draft.event),
    address,
    channel: null,
    body: { address, consent: { ...consent, proof, at }, run: null, tell: false },
  })
}
