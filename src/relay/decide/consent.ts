/** Consent to marketing: what a person writes, what their platform tells, what the business records. Written with the time it was said at. */
import type { Collected } from '../../core/contact-address.ts'
import type { ChannelId } from '../../core/ids.ts'
import type { Bodies, Intent } from '../event.ts'
import { channelState, isAutomatic } from '../state.ts'
import { SAYS } from '../words.ts'
import { type Draft, note, setChannelState } from './draft.ts'
import { propose } from './propose.ts'
import { sayHere } from './proving.ts'

type Word = {
  readonly given: boolean
  readonly at: number
  readonly words: string
  readonly source: 'message' | 'platform'
}

const keep = (draft: Draft, channel: ChannelId, channelKind: string, { given, at, words, source }: Word): void => {
  draft.consents.push({ channelKind, category: 'marketing', given, at, words, proof: { event: draft.event }, source })
  draft.consentStates[`${channelKind}/marketing`] = given ? 'given' : 'revoked'
  note(draft, { kind: 'consent.changed', channel, data: { channelKind, category: 'marketing', given } })
}

/** STOP, written or tapped: it ends in this very transaction; service goes on. `confirm`: the person is told. */
export const stop = (draft: Draft, channel: ChannelId, words: string, at: number, confirm: boolean): void => {
  const kind = draft.world.channels.get(channel)?.kind
  if (!kind) return
  forgetSwitch(draft, kind)
  if (draft.consentStates[`${kind}/marketing`] === 'revoked') return
  keep(draft, channel, kind, { given: false, at, words, source: 'message' })
  if (!confirm || !isAutomatic(draft.owner)) return
  propose(draft, {
    channel,
    content: { type: 'text', text: SAYS.stopped[draft.state.language] },
    author: 'system',
    automatic: true,
    reply: true,
    purpose: 'service',
  })
}

const CONFIRMATIONS = new Set<string>([SAYS.stopped, ...Object.values(SAYS.withdrawn)].flatMap((words) => Object.values(words)))
/** It tells a person that their STOP was heard, and nothing else. */
export const confirmsStop = ({ author, content }: Pick<Intent, 'author' | 'content'>): boolean =>
  author === 'system' && content.type === 'text' && CONFIRMATIONS.has(content.text)

/** Written or tapped in any thread: on a channel they name they are written to no more, for whatever. */
export const withdraw = (draft: Draft, channel: ChannelId, channelKind: Collected, words: string, at: number, confirm: boolean): void => {
  for (const category of ['service', 'marketing'] as const) {
    const before = draft.consentStates[`${channelKind}/${category}`]
    // Somebody who agreed to no offers takes nothing back; that nobody may write in service either is their word, whatever was before.
    if (before === 'revoked' || (category === 'marketing' && before === undefined)) continue
    draft.consents.push({ channelKind, category, given: false, at, words, proof: { event: draft.event }, source: 'message' })
    draft.consentStates[`${channelKind}/${category}`] = 'revoked'
    note(draft, { kind: 'consent.changed', channel, data: { channelKind, category, given: false } })
  }
  forgetSwitch(draft, channelKind)
  if (confirm) sayHere(draft, channel, SAYS.withdrawn[channelKind][draft.state.language])
}

/** The platform's own switch, or its refusal because of that. It brings back only what itself had ended; an older word than the newest counts no more. */
export const followSwitch = (draft: Draft, channel: ChannelId, value: 'stop' | 'resume', words: string, at: number): void => {
  const kind = draft.world.channels.get(channel)?.kind
  const last = channelState(draft.state, channel).marketingSwitch
  if (!kind || (last && at < last.at)) return
  const state = draft.consentStates[`${kind}/marketing`]
  setChannelState(draft, channel, { marketingSwitch: { at, ended: value === 'stop' && (state === 'given' || last?.ended === true) } })
  if (value === 'stop' && state !== 'revoked') keep(draft, channel, kind, { given: false, at, words, source: 'platform' })
  if (value === 'resume' && last?.ended) keep(draft, channel, kind, { given: true, at, words, source: 'platform' })
}

/** Somebody has spoken since: the platform's switch brings nothing back. */
const forgetSwitch = (draft: Draft, kind: string): void => {
  for (const id of Object.keys(draft.state.channels) as ChannelId[]) {
    const { marketingSwitch } = channelState(draft.state, id)
    if (marketingSwitch?.ended && draft.world.channels.get(id)?.kind === kind)
      setChannelState(draft, id, { marketingSwitch: { ...marketingSwitch, ended: false } })
  }
}

/** What the business recorded. */
export const consent = (draft: Draft, body: Bodies['consent']): void => {
  const { channelKind, category, given, words, proof, source } = body
  if (category === 'marketing') forgetSwitch(draft, channelKind)
  draft.consents.push({ channelKind, category, given, at: body.at ?? draft.world.at, words, proof, source })
  draft.consentStates[`${channelKind}/${category}`] = given ? 'given' : 'revoked'
  note(draft, { id: draft.event, kind: 'consent.changed', data: { channelKind, category, given } })
}
