/** The shapes of the API, for openapi.json and for the checks at the door. What a channel or rule may add is left open. */
import { z } from '@hono/zod-openapi'
import { ROLES } from '../../core/access.ts'
import { OUTCOMES } from '../../core/decision.ts'
import { asks } from '../../core/form.ts'
import {
  asId,
  type CallbackId,
  type ChannelId,
  type CodeId,
  type ContactId,
  type ConversationId,
  type DecisionId,
  type MessageId,
  type TaskId,
} from '../../core/ids.ts'
import { isInstant } from '../../core/local-time.ts'
import { STATUSES } from '../../core/outcome.ts'
import { CATEGORIES } from '../../core/situation.ts'

const idOf = (prefix: string): RegExp => new RegExp(`^${prefix}_[0-9a-f-]{36}$`)
const id = <T extends string>(prefix: string) =>
  z
    .string()
    .refine(
      (text) => idOf(prefix).test(text),
      asks({ fr: `un identifiant comme ${prefix}_019a9b1c-…`, en: `an id such as ${prefix}_019a9b1c-…` }),
    )
    .transform((text) => asId<T>(text))
    .openapi({ type: 'string', example: `${prefix}_019a9b1c-7d2e-7f00-8a00-0123456789ab` })

export const messageId = z.object({ id: id<MessageId>('msg') })
export const decisionId = z.object({ id: id<DecisionId>('dec') })
export const contactId = z.object({ id: id<ContactId>('con') })
export const conversationId = z.object({ id: id<ConversationId>('cnv') })
export const codeId = z.object({ id: id<CodeId>('cod') })
export const callbackId = z.object({ id: id<CallbackId>('cal') })
export const taskId = z.object({ id: id<TaskId>('tsk') })
export const contactRef = id<ContactId>('con')

/** What PostgreSQL and JSON can both hold: no NUL, no half of a surrogate pair. */
const sound = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()
export const textOf = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine(sound, asks({ fr: 'un texte sans caractère nul ni moitié de caractère', en: 'a text without NUL or half a character' }))
export const category = z.enum(CATEGORIES)
export const channelName = textOf(100)
  .transform((text) => asId<ChannelId>(text))
  .openapi({ type: 'string' })

/** `limit` up to 200. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).nullable().default(null).openapi({ description: 'Where the last page ended: its `next`.' }),
}
export const pageQuery = z.strictObject(paging)

export const time = z.int().openapi({ description: 'Milliseconds since 1970.' })
const SINCE = Date.UTC(2000, 0)
const isTime = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= SINCE
/** An instant that a caller names. Seconds since 1970 would be a day of January 1970: nothing before 2000 is taken. */
export const instant = z
  .preprocess(
    (value) => (typeof value === 'string' && isInstant(value) ? Date.parse(value) : value),
    z.custom<number>(
      isTime,
      asks({
        fr: 'un instant depuis 2000\u00a0: en ISO 8601 avec son fuseau (2026-11-25T09:00:00+01:00), ou en millisecondes depuis 1970, pas en secondes',
        en: 'an instant since 2000: in ISO 8601 with its zone (2026-11-25T09:00:00+01:00), or in milliseconds since 1970, not in seconds',
      }),
    ),
  )
  .openapi({ type: ['integer', 'string'], example: '2026-11-25T09:00:00+01:00' })
/** The unit of `instant`, for its descriptions. */
export const UNIT = 'ISO 8601 with its zone, or milliseconds since 1970.'
const content = z.looseObject({ type: z.string() }).openapi('Content')
const words = z.object({ fr: z.string(), en: z.string() })

export const Message = z
  .object({
    id: z.string(),
    contactId: z.string(),
    conversationId: z.string(),
    channel: z.string(),
    direction: z.enum(['in', 'out']),
    at: time,
    author: z.string().openapi({ description: 'customer, journey:<name>, engine:<id>, agent:<id>, api:<key>, system or platform' }),
    content: content.nullable(),
    category: category.nullable(),
    ai: z.boolean(),
    citations: z.array(z.object({ title: z.string(), passage: z.string(), url: z.string().optional() })).nullable(),
    replyTo: z.string().nullable(),
    vendorId: z.string().nullable(),
    status: z.enum(['received', ...STATUSES, 'failed', 'refused', 'cancelled']),
    decisionId: z.string().nullable(),
    refusal: z.looseObject({ class: z.string(), code: z.string(), remedy: words }).nullable(),
    price: z.looseObject({ known: z.boolean(), amount: z.number().nullable(), currency: z.string().nullable() }).nullable(),
    priceSeen: z.object({ category: z.string(), type: z.string(), billable: z.boolean() }).nullable(),
    duplicateRisk: z.boolean(),
    reach: z
      .object({ plan: z.string(), step: z.int(), of: z.string() })
      .nullable()
      .openapi({ description: 'Its step of a reach plan, from 0, and the first message of that plan.' }),
    movedTo: z.string().nullable().openapi({ description: 'The message its plan went on with.' }),
    lateAt: time.nullable().openapi({ description: 'It was delivered though its plan had gone on.' }),
    reference: z.string().nullable().openapi({ description: 'The business’s own name of what it is about.' }),
    editedAt: time.nullable(),
    revokedAt: time.nullable(),
    acceptedAt: time.nullable(),
    sentAt: time.nullable(),
    deliveredAt: time.nullable(),
    readAt: time.nullable(),
    failedAt: time.nullable(),
  })
  .openapi('Message')

const Ruling = z
  .looseObject({
    rule: z.string(),
    by: z.enum(['platform', 'law', 'industry', 'business']),
    outcome: z.enum(OUTCOMES),
    since: z.string(),
    to: z.string().nullable(),
    place: z.string(),
    source: z.string(),
    confidence: z.string(),
    remedy: words,
  })
  .openapi('Ruling')

export const Decision = z
  .object({
    id: z.string(),
    messageId: z.string(),
    contactId: z.string(),
    at: time,
    outcome: z.enum(OUTCOMES),
    amend: z.looseObject({}),
    until: time.nullable(),
    rulings: z.array(Ruling),
    price: z.looseObject({ known: z.boolean() }),
    intent: z.looseObject({}).nullable(),
    situation: z.looseObject({}).nullable(),
    situationDigest: z.string(),
    rulebook: z.string(),
  })
  .openapi('Decision')

const address = z.object({ kind: z.string(), value: z.string() })
const contact = {
  id: z.string(),
  conversationId: z.string().nullable(),
  name: z.string().nullable(),
  country: z.string(),
  language: z.string().nullable(),
  addresses: z.array(address),
  createdAt: time,
}
export const Contact = z.object(contact).openapi('Contact')
export const ContactDetail = z
  .object({
    ...contact,
    consents: z.array(
      z.object({
        channelKind: z.string(),
        category: z.string(),
        state: z.enum(['given', 'revoked']),
        at: time,
        words: z.string().nullable(),
        proof: z.looseObject({}).nullable(),
        source: z.string(),
      }),
    ),
  })
  .openapi('ContactDetail')

const conversation = {
  id: z.string(),
  contactId: z.string(),
  name: z.string().nullable(),
  country: z.string(),
  language: z.string().nullable(),
  owner: z.string().openapi({ description: 'journey, engine, agents (the queue), agent:<id> or platform' }),
  lastAt: time,
  waitingSince: time.nullable(),
  last: Message.pick({ id: true, channel: true, direction: true, at: true, author: true, content: true, status: true }).nullable(),
}
export const Conversation = z.object(conversation).openapi('Conversation')
export const ConversationDetail = z
  .object({
    ...conversation,
    addresses: z.array(address),
    windows: z
      .array(z.object({ channel: z.string(), service: z.enum(['open', 'closed']), closesAt: time.nullable(), heardAt: time.nullable() }))
      .openapi({ description: 'Where free text may answer now. `closesAt` null: this channel has no window.' }),
    taken: z
      .object({ kind: z.string(), contactId: z.string(), conversationId: z.string(), name: z.string().nullable() })
      .nullable()
      .openapi({ description: 'Whose an address is that they gave, and that is another contact’s already.' }),
  })
  .openapi('ConversationDetail')

export const Poison = z
  .object({
    id: z.string(),
    contactId: z.string().nullable(),
    channel: z.string().nullable(),
    kind: z.string(),
    at: time,
    setAsideAt: time,
    error: z.string(),
  })
  .openapi('Poison')

export const Channel = z
  .object({
    id: z.string(),
    kind: z.string(),
    health: z.enum(['healthy', 'degraded', 'cut']),
    reason: z.string().nullable(),
    quality: z.enum(['green', 'yellow', 'red', 'unknown']),
    throughput: z.number().nullable(),
    perDay: z.number().nullable(),
    paused: z.boolean(),
    changedAt: time,
    templates: z.array(
      z.object({
        name: z.string(),
        language: z.string(),
        state: z.string(),
        reason: z.string().nullable(),
        category: z.string().nullable(),
      }),
    ),
  })
  .openapi('Channel')

export const Template = z
  .object({
    name: z.string(),
    language: z.string(),
    category: category,
    text: z.string().openapi({ description: 'With {{1}} or {{name}} where a variable stands.' }),
    parameters: z.array(z.string()),
    replaces: z.array(z.enum(['window-closed'])),
    channel: z.string().nullable(),
  })
  .openapi('Template')

export const Rule = z
  .object({ id: z.string(), by: z.enum(['platform', 'law', 'industry', 'business']).nullable(), about: words })
  .openapi('Rule')

export const pageSchema = (item: z.ZodType) => z.object({ items: z.array(item), next: z.string().nullable() })

export const KeyView = z
  .object({ id: z.string(), name: z.string(), role: z.enum(ROLES), workspace: z.string(), timezone: z.string() })
  .openapi('Me')
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    remedy: z.string(),
    errors: z.array(z.object({ field: z.string(), says: z.string() })).optional(),
  })
  .openapi('Problem')
