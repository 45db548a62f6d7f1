/** Puts the shield before the engines, with what the store knows of whoever is being answered. */
import type { EvidenceSource } from '../core/evidence.ts'
import type { Guard } from '../core/guard.ts'
import type { ContactId } from '../core/ids.ts'
import type { Workspace } from '../core/workspace.ts'
import { createGuard, type Known, knownOf } from '../shield/index.ts'
import type { Turns } from './performers.ts'

type Business = Pick<Workspace, 'country' | 'channels'> & { readonly assistant?: Pick<Workspace['assistant'], 'hosts'> }
type Options = {
  readonly workspace: Business
  readonly people: EvidenceSource['people']
  readonly reading: Turns
  /** Of the house's own secret: what pseudonyms are drawn from. */
  readonly seal: (text: string) => string
  readonly random: () => number
  readonly publicUrl?: string | undefined
}

/** Whose links an answer may say: where the business's own pages and channels are, and what it names besides. */
const hostsOf = ({ channels, assistant }: Business, publicUrl: string | undefined): string[] => {
  const origins = channels.flatMap(({ config }) => (config as { readonly origins?: readonly unknown[] } | null)?.origins ?? [])
  const hosts = [publicUrl, ...channels.map(({ url }) => url), ...origins].flatMap((url) =>
    typeof url === 'string' && URL.canParse(url) ? [new URL(url).hostname] : [],
  )
  return [...hosts, ...(assistant?.hosts ?? [])]
}
/** Where customers write to it by mail. */
const mailsOf = ({ channels }: Business): string[] =>
  channels.flatMap(({ config }) => {
    const { address } = (config as { readonly address?: unknown } | null) ?? {}
    return typeof address === 'string' && address.includes('@') ? [address] : []
  })

/** For each conversation its own: what is known of the contact leaves for no engine but as its entry permits. */
export const guardsFor =
  ({ workspace, people, reading, seal, random, publicUrl }: Options) =>
  async (contact: ContactId, details: readonly string[] = []): Promise<Guard> => {
    const conversation = (await reading.contact(contact))?.conversationId ?? null
    const person = conversation ? (await people([conversation])).get(conversation) : undefined
    const known = knownOf(person, [], [{ type: 'form', name: '', values: Object.fromEntries(details.entries()) }])
    const hosts = hostsOf(workspace, publicUrl)
    return createGuard({
      known,
      countries: [workspace.country],
      seed: seal(conversation ?? contact),
      hosts,
      mails: mailsOf(workspace),
      random,
    })
  }

const NOBODY: Known = { names: [], numbers: [], emails: [], addresses: [], references: [], country: '' }

/** Where nobody is being answered: made-up cases, rehearsals. */
export const guardOfNobody = (workspace: Business, random: () => number): Guard =>
  createGuard({
    known: NOBODY,
    countries: [workspace.country],
    seed: '',
    hosts: hostsOf(workspace, undefined),
    mails: mailsOf(workspace),
    random,
  })
