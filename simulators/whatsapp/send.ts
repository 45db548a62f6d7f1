import type { Answer, Call, Fields } from '../wire.ts'
import { fieldsOf, isFields, json, parseJson, pause, textOf } from '../wire.ts'
import { GraphError } from './errors.ts'
import type { Fault } from './faults.ts'
import type { SendRecord } from './ledger.ts'
import { checkMessage } from './messages.ts'
import type { Person } from './people.ts'
import { accept } from './receipts.ts'
import type { World } from './world.ts'

const typingMs = 25_000
const userId = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/

/**
 * `POST /{phone-number-id}/messages`: a message or a read mark. Records it in the ledger first, whatever happens next.
 * @param fault planned for this call
 */
export async function send(world: World, call: Call, fault: Fault | undefined): Promise<Answer> {
  const parsed = parseJson(call.body)
  const body = fieldsOf(parsed)
  const record = world.ledger.addSend({
    at: world.clock.now(),
    attempt: typeof body.biz_opaque_callback_data === 'string' ? body.biz_opaque_callback_data : null,
    to: textOf(body.recipient) || textOf(body.to),
    type: body.status === 'read' ? 'read' : textOf(body.type) || (isFields(parsed) ? 'text' : '?'),
    body,
    fault: fault?.kind ?? null,
  })
  const answer = lostBefore(world, fault) ?? (await answerAfter(world, fault, perform(world, body, isFields(parsed), record, fault)))
  record.status = 'broken' in answer ? null : answer.status
  return answer
}

function perform(world: World, body: Fields, isJson: boolean, record: SendRecord, fault: Fault | undefined): Answer {
  try {
    if (fault?.kind === 'error') throw new GraphError(fault.code ?? 131000)
    if (!isJson) throw new GraphError(100, 'The body is not a JSON object.')
    if (body.messaging_product !== 'whatsapp') throw new GraphError(100, undefined, { bare: required('messaging_product') })
    return body.status === undefined ? sendMessage(world, body, record, fault) : mark(world, body)
  } catch (refusal) {
    if (!(refusal instanceof GraphError)) throw refusal
    record.refused = refusal.code
    return refusal.answer(world.ids.trace())
  }
}

const required = (name: string): string => `(#100) The parameter ${name} is required.`

function sendMessage(world: World, body: Fields, record: SendRecord, fault: Fault | undefined): Answer {
  const { account, clock, limits, people } = world
  const input = record.to
  if (input === '') throw new GraphError(100, undefined, { bare: required('to') })
  if (body.recipient_type !== undefined && body.recipient_type !== 'individual') {
    throw new GraphError(131009, 'Param recipient_type must be individual: this number has no groups.')
  }
  account.check(record.type === 'template')
  checkOpaque(body.biz_opaque_callback_data)
  const byId = textOf(body.recipient) !== ''
  if (byId && !userId.test(input)) throw new GraphError(131009, 'Param recipient is not a business-scoped user ID.')
  const checked = checkMessage(record.type, body, world)
  if (byId && checked.template?.template.category === 'AUTHENTICATION') throw new GraphError(131062)
  if (!byId && people.read(input) === world.settings.displayNumber.replace(/\D/g, '')) throw new GraphError(131021)
  const person = people.find(input)
  if (!limits.takeThroughput(clock.now())) throw new GraphError(130429)
  if (!limits.takePair(person?.userId ?? input, clock.now())) throw new GraphError(131056)
  const message = accept(world, {
    record,
    person,
    type: record.type,
    checked,
    ...(fault?.kind === 'fails-later' ? { failsWith: fault.code ?? 131000 } : {}),
    hurry: fault?.kind === 'statuses-first',
  })
  return json(200, {
    messaging_product: 'whatsapp',
    contacts: [contactOf(world, input, byId, person)],
    messages: [{ id: message.id, ...(checked.template ? { message_status: 'accepted' } : {}) }],
  })
}

function contactOf(world: World, input: string, byId: boolean, person: Person | undefined): Fields {
  if (byId) return { input, user_id: input }
  return { input, wa_id: person?.phone ?? world.people.read(input) }
}

function checkOpaque(value: unknown): void {
  if (value === undefined) return
  if (typeof value !== 'string') throw new GraphError(100, 'Param biz_opaque_callback_data must be a string.')
  if (value.length > 512) throw new GraphError(100, 'Param biz_opaque_callback_data must be at most 512 characters long.')
}

/** `{status: "read", message_id}`, with or without `typing_indicator`. Marks the earlier messages of the thread too. */
function mark(world: World, body: Fields): Answer {
  if (body.status !== 'read') throw new GraphError(131009, 'Param status must be read.')
  const id = textOf(body.message_id)
  if (id === '') throw new GraphError(131008, 'Required parameter is missing: message_id.')
  world.account.check(false)
  const person = world.people.holderOf(id)
  const at = person?.thread.findLastIndex((line) => line.id === id && line.from === 'customer') ?? -1
  if (!person || at < 0) throw new GraphError(131009, `Message ${id} does not exist.`)
  const now = world.clock.now()
  for (const line of person.thread.slice(0, at + 1)) if (line.from === 'customer') line.readAt ??= now
  if (isFields(body.typing_indicator)) person.typingUntil = now + typingMs
  return json(200, { success: true })
}

/** Faults that keep the message from being taken. */
export function lostBefore(world: World, fault: Fault | undefined): Answer | undefined {
  const trace = () => world.ids.trace()
  switch (fault?.kind) {
    case 'too-many':
      return {
        ...new GraphError(4).answer(trace()),
        status: 429,
        headers: { ...jsonHeaders, 'retry-after': String(fault.retryAfter ?? 2) },
      }
    case '500':
      return { ...new GraphError(1).answer(trace()), status: 500 }
    case '502':
      return { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' }
    case '503':
      return new GraphError(2).answer(trace())
    case 'html':
      return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sorry</title><p>Something went wrong.' }
    case 'timeout':
      return { broken: 'silent' }
    case 'reset':
      return { broken: 'reset' }
    case 'ban':
      world.account.ban()
      return undefined
    default:
      return undefined
  }
}

/** Faults that spoil the answer of a call that had its effect. */
export async function answerAfter(world: World, fault: Fault | undefined, answer: Answer): Promise<Answer> {
  switch (fault?.kind) {
    case 'accepted-timeout':
      return { broken: 'silent' }
    case 'accepted-reset':
      return { broken: 'reset' }
    case 'accepted-500':
      return { ...new GraphError(1).answer(world.ids.trace()), status: 500 }
    case 'truncated':
      if (!('body' in answer)) return answer
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }
    case 'slow':
      await pause(world.clock, fault.ms ?? 3_000)
      return answer
    case 'statuses-first':
      await pause(world.clock, fault.ms ?? 500)
      return answer
    default:
      return answer
  }
}

const jsonHeaders = { 'content-type': 'application/json; charset=UTF-8' }
