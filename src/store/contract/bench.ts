/** What the contract suite stands on: a house with one channel, workers that join and die, and words for what arrives and what is decided. */
import type { Content } from '../../core/content.ts'
import type { AttemptId, ChannelId, ContactId, DecisionId, Digest, EventId, Ids, JobId, MessageId, VendorId } from '../../core/ids.ts'
import type { SendResult } from '../../core/outcome.ts'
import type { Category } from '../../core/situation.ts'
import type {
  Arrivals,
  Change,
  Claimed,
  ContactArrival,
  DecisionRow,
  Gate,
  Job,
  JobRow,
  Lease,
  Loaded,
  MessageRow,
  OutboxRow,
  OwnArrival,
  ReceiptArrival,
  Settlement,
  Store,
  TimerRow,
} from '../../core/store.ts'
import type { Dump } from './dump.ts'

export type Worker = {
  readonly store: Store
  /** Its process ends now, in the middle of whatever it does. */
  dieNow(): void
  /** The same; resolves when everybody can see it. */
  die(): Promise<void>
}
export type Bench = {
  join(name: string): Promise<Worker>
  dump(): Promise<Dump>
  close(): Promise<void>
}

/** Ids that a store under test makes: counted, so that two stores make the same. */
export const countedIds = (): Ids => {
  let count = 0
  return ((prefix: string) => `${prefix}_${String(++count).padStart(4, '0')}`) as Ids
}

export const T0 = 1_800_000_000_000
export const CHANNEL = 'whatsapp' as ChannelId
export const OTHER = 'sms' as ChannelId

export const msg = (name: string): MessageId => `msg_${name}` as MessageId
export const att = (name: string): AttemptId => `att_${name}` as AttemptId
export const evt = (name: string): EventId => `evt_${name}` as EventId
export const wamid = (name: string): VendorId => `wamid.${name}` as VendorId

const NOTHING: Arrivals = { contacts: [], own: [], receipts: [], channels: [] }

export const open = async (bench: Bench, name = 'first'): Promise<Worker> => {
  const worker = await bench.join(name)
  await worker.store.register(
    {
      channels: [
        { id: CHANNEL, kind: 'whatsapp' },
        { id: OTHER, kind: 'sms' },
      ],
      rulebook: { digest: 'rules' as Digest, content: {} },
      journeys: [],
    },
    T0,
  )
  return worker
}

/** Somebody writes. `who` is a telephone number, or several addresses of one person. */
export const wrote = (who: string | readonly string[], id: string, more: Partial<ContactArrival> = {}): ContactArrival => ({
  id: evt(id),
  channel: CHANNEL,
  kind: 'message',
  at: T0,
  addresses: (typeof who === 'string' ? [who] : who).map((value) => ({ kind: 'whatsapp', value })),
  body: { text: id },
  ...more,
})

export const arrive = (store: Store, arrivals: Partial<Arrivals>, at = T0): Promise<void> => store.append({ ...NOTHING, ...arrivals }, at)

export const receipt = (status: ReceiptArrival['status'], more: Partial<ReceiptArrival> = {}): ReceiptArrival => ({
  channel: CHANNEL,
  target: wamid('1'),
  status,
  at: T0 + { sent: 1, delivered: 2, read: 3, failed: 4 }[status],
  ...more,
})

export const own = (contact: ContactId, id: string, kind = 'action'): OwnArrival => ({
  id: evt(id),
  contact,
  channel: null,
  kind,
  at: T0,
  dueAt: 0,
  body: {},
})

/** A turn that changes nothing but having handled its events. */
export const nothing = (loaded: Loaded): Change => ({
  contact: loaded.contact,
  handled: loaded.events.map((event) => event.id),
  owner: loaded.owner,
  epoch: loaded.epoch,
  state: (loaded.state as object | null) ?? {},
  lastAt: T0,
  waitingSince: loaded.waitingSince,
  messages: [],
  patches: [],
  decisions: [],
  outbox: [],
  cancelBefore: null,
  remove: [],
  stay: [],
  resend: [],
  timers: [],
  jobs: [],
  consents: [],
  claims: [],
  journal: [],
})

const TEXT: Content = { type: 'text', text: 'Bonjour' }

export const messageRow = (name: string, more: Partial<MessageRow> = {}): MessageRow => ({
  id: msg(name),
  channel: CHANNEL,
  direction: 'out',
  at: T0,
  author: 'journey:menu',
  content: TEXT,
  category: 'service',
  ai: false,
  citations: null,
  replyTo: null,
  vendorId: null,
  status: 'queued',
  decision: `dec_${name}` as DecisionId,
  refusal: null,
  price: null,
  ...more,
})

const decisionRow = (name: string): DecisionRow => ({
  id: `dec_${name}` as DecisionId,
  at: T0,
  message: msg(name),
  outcome: 'allow',
  amend: {},
  until: null,
  rulings: [],
  price: { known: false, amount: null, currency: null, category: 'service', since: null, source: null, confidence: null },
  rulebook: 'rules' as Digest,
  situation: {} as DecisionRow['situation'],
  situationDigest: 'situation' as Digest,
  intent: {},
})

export type Said = { readonly automatic?: boolean; readonly category?: Category; readonly channel?: ChannelId; readonly dueAt?: number }

/** Sends queued in one turn, in this order. */
export const says = (loaded: Loaded, names: readonly string[], said: Said = {}): Change => {
  const { automatic = true, category = 'service', channel = CHANNEL, dueAt = T0 } = said
  const rows = names.map(
    (name): OutboxRow => ({
      message: msg(name),
      channel,
      dueAt,
      epoch: loaded.epoch,
      automatic,
      category,
      decision: `dec_${name}` as DecisionId,
      body: { name },
    }),
  )
  return {
    ...nothing(loaded),
    messages: names.map((name) => messageRow(name, { channel, category })),
    decisions: names.map(decisionRow),
    outbox: rows,
  }
}

export const timer = (id: string, kind: string, dueAt = T0, body: object = {}): TimerRow => ({
  id: evt(id),
  kind,
  channel: CHANNEL,
  dueAt,
  body,
})

export const jobRow = (name: string, epoch: number, kind: JobRow['kind'] = 'think'): JobRow => ({
  id: `job_${name}` as JobId,
  kind,
  channel: CHANNEL,
  epoch,
  dueAt: T0,
  body: {},
})

/** One turn for everybody who has something due. */
export const turn = (store: Store, decide: (loaded: Loaded) => Change = nothing, at = T0) =>
  store.turn({ at, limit: 100 }, (loaded) => decide(loaded))

/** Person `who` is known, and these sends are queued for them. */
export const queued = async (store: Store, who: string, names: readonly string[], said: Said = {}): Promise<ContactId> => {
  await arrive(store, { contacts: [wrote(who, `hello-${who}-${names[0]}`)] })
  let contact = '' as ContactId
  await turn(store, (loaded) => {
    contact = loaded.contact
    return says(loaded, names, said)
  })
  return contact
}

export const leased = async (store: Store, channel = CHANNEL): Promise<Lease> => {
  const got = await store.lease(channel, T0)
  if (!got) throw new Error('The channel is held by another.')
  return got.lease
}

export const ROOM = { think: 10, task: 10, call: 10, fetch: 10, mark: 10 }

/** Due jobs; `hand`: those this worker runs already. */
export const takeJobs = (store: Store, hand: readonly (Job | undefined)[] = [], at = T0): Promise<readonly Job[]> =>
  store.claimJobs({ at, room: ROOM, running: hand.flatMap((job) => job?.id ?? []) })

/** Attempts are named after their message: `att_<message>`. */
export const sendAll = (head: { readonly message: MessageId; readonly tries: number }): Gate => ({
  type: 'send',
  attempt: att(head.message.slice(4) + (head.tries ? `-${head.tries}` : '')),
  opening: false,
})

export const claim = (store: Store, lease: Lease, gate: Parameters<Store['claim']>[1] = sendAll, at = T0) =>
  store.claim({ lease, at, limit: 100 }, gate)

export const claimed = async (store: Store, lease: Lease, gate?: Parameters<Store['claim']>[1], at = T0): Promise<readonly Claimed[]> => {
  const got = await claim(store, lease, gate, at)
  if (typeof got === 'string') throw new Error(`The claim is ${got}.`)
  return got
}

const refusal = (type: 'refused' | 'postponed') =>
  ({ type, refusal: { class: 'retry', code: '500', detail: '', remedy: { fr: 'Attendez.', en: 'Wait.' } } }) as const

export const RESULTS = {
  accepted: (name: string): SendResult => ({ type: 'accepted', vendorId: wamid(name) }),
  refused: (): SendResult => refusal('refused'),
  postponed: (): SendResult => refusal('postponed'),
  unknown: (): SendResult => ({ type: 'unknown', cause: 'timeout' }),
}

/** What came of a claimed send; `next` as dispatch would say. */
export const came = ({ head, attempt }: Claimed, result: SendResult, next?: Settlement['next'], at = T0): Settlement => ({
  attempt,
  message: head.message,
  contact: head.contact,
  channel: CHANNEL,
  at,
  result,
  next: next ?? nextOf(attempt, head.message, result, at),
})

const nextOf = (attempt: AttemptId, message: MessageId, result: SendResult, at: number): Settlement['next'] => {
  if (result.type === 'accepted') return { type: 'done', event: null }
  if (result.type === 'postponed') return { type: 'retry', dueAt: at + 1000 }
  const event = { id: `${attempt}:${result.type}` as EventId, kind: `send.${result.type}`, channel: CHANNEL, body: { message } }
  return result.type === 'unknown'
    ? { type: 'unknown', event: { ...event, dueAt: at + 120_000 } }
    : { type: 'leave', event: { ...event, dueAt: at } }
}

/** One send of one person, claimed and answered. */
export const sent = async (store: Store, lease: Lease, result: (name: string) => SendResult, at = T0): Promise<readonly Claimed[]> => {
  const heads = await claimed(store, lease, sendAll, at)
  await store.settle(heads.map((one) => came(one, result(one.head.message.slice(4)), undefined, at)))
  return heads
}

export const messageOf = async (bench: Bench, name: string): Promise<Dump['messages'][number]> => {
  const row = (await bench.dump()).messages.find((message) => message.id === msg(name))
  if (!row) throw new Error(`There is no message ${name}.`)
  return row
}

export const namesOf = (heads: readonly Claimed[]): readonly string[] => heads.map(({ head }) => head.message.slice(4))
