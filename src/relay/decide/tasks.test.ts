/** AI tasks in one contact's order: what is asked of an engine, and what becomes of what it made. */
import { describe, expect, it } from 'vitest'
import { HOUR, healthy, MINUTE, openPerson, TEN, WHATSAPP } from '../../../tests/support/deciding.ts'
import type { Capabilities } from '../../core/capability.ts'
import type { ChannelId, LinkId, MessageId, VendorId } from '../../core/ids.ts'
import type { Change } from '../../core/store.ts'
import { optionsIn, type TaskResult } from '../../core/task.ts'
import type { Bodies, TaskAsked, TaskSend } from '../event.ts'
import type { House } from '../world.ts'

const SEND: TaskSend = {
  how: 'draft',
  intent: { channel: null, category: 'service' },
  purpose: null,
  carrier: { type: 'text' },
}
const asked = (send: TaskSend | null = SEND, more: Partial<TaskAsked> = {}): TaskAsked => ({
  message: 'msg_1' as MessageId,
  task: 'draft',
  by: 'api:crm',
  send,
  ...more,
})
const ask = (of: TaskAsked = asked()): Bodies['task.ask'] => ({
  ...of,
  matter: { over: 'data', pieces: [{ title: 'claim', text: 'Dégât des eaux' }] },
  instruction: null,
  language: null,
})
const RESULT: TaskResult = {
  text: 'L’expert passe jeudi.',
  why: null,
  engine: 'main',
  ai: true,
  citations: [],
  attempts: [{ engine: 'main' }],
}
const done = (of: TaskAsked = asked(), result: Partial<TaskResult> = {}): Bodies['task.done'] => ({
  ...of,
  since: TEN,
  result: { ...RESULT, ...result },
})
const now = (more: Partial<TaskSend> = {}): TaskAsked => asked({ ...SEND, how: 'now', ...more })
const kindsIn = (change: Change) => change.journal.map(({ kind }) => kind).filter((kind) => kind.startsWith('task.'))

const STOPPED = healthy('sms' as ChannelId, 'sms', { automationPaused: true })

const met = async () => {
  const person = await openPerson()
  person.writes('bonjour', TEN)
  return person
}

describe('a task that is asked', () => {
  it('is work outside the line, in the customer’s language, that no hand-over ends', async () => {
    const person = await met()
    const change = person.happens('task.ask', ask(), TEN + 1)
    expect(change.tasks).toMatchObject([{ id: 'tsk_1', state: 'working', by: 'api:crm', send: 'draft' }])
    expect(change.jobs).toMatchObject([{ kind: 'task', channel: 'whatsapp', body: { work: { task: 'draft', language: 'fr' } } }])
    expect(change.messages).toEqual([])
    expect(change.jobs[0]?.epoch).toBeGreaterThan(1_000_000)
  })

  it('that nobody is planned for, or that reaches nobody, fails at once', async () => {
    const unplanned = await openPerson((demo) => ({
      ...demo,
      workspace: { ...demo.workspace, plans: { ...demo.workspace.plans, think: {} } },
    }))
    unplanned.writes('bonjour', TEN)
    const change = unplanned.happens('task.ask', ask(), TEN + 1)
    expect(change.tasks).toMatchObject([{ state: 'failed', why: 'no-engine', endedAt: TEN + 1 }])
    expect([change.jobs, kindsIn(change)]).toEqual([[], ['task.started', 'task.failed']])
  })
})

describe('a task over the thread', () => {
  const SITE = 'site' as ChannelId
  const over = (task: TaskAsked['task']): Bodies['task.ask'] => ({ ...ask(asked(null, { task })), matter: { over: 'thread' } })
  const workOf = (change: Change) => change.jobs.flatMap(({ body }) => ('work' in body ? (body.work as { seen?: object }) : []))[0]

  it('knows for a reply what the page’s visitor may see, for a summary all of it', async () => {
    const person = await openPerson(undefined, undefined, [healthy(SITE, 'web')])
    person.writes('bonjour', TEN)
    expect(workOf(person.happens('task.ask', over('draft'), TEN + 1))).not.toHaveProperty('seen')
    const from = { addresses: [{ kind: 'web' as const, value: 'vis_1' }] }
    const content = { type: 'text', text: 'je voudrais parler à un conseiller' } as const
    const visit = { how: 'first', link: null, visitor: 'vis_1', shows: 'own', since: TEN + MINUTE, from: null, to: SITE } as const
    person.happens('crossed', visit, TEN + MINUTE)
    person.happens('message', { kind: 'message', vendorId: 'w1' as VendorId, at: TEN + MINUTE, from, content }, TEN + MINUTE, SITE)
    expect(workOf(person.happens('task.ask', over('draft'), TEN + HOUR))?.seen).toEqual({ channel: SITE, since: TEN + MINUTE })
    expect(workOf(person.happens('task.ask', over('summarise'), TEN + HOUR))).not.toHaveProperty('seen')
  })
})

describe('what an engine made', () => {
  it('of a draft waits for a person, told as judged and as an AI’s; the machine keeps the conversation', async () => {
    const person = await met()
    const change = person.happens('task.done', done(), TEN + 2)
    expect(change.messages).toMatchObject([{ id: 'msg_1', status: 'held', ai: true, author: 'engine:main', refusal: null }])
    expect(change.decisions).toMatchObject([{ intent: { task: { kind: 'draft', by: 'api:crm', draft: true } } }])
    expect(change.decisions[0]?.intent).toMatchObject({ became: 'hold' })
    expect([change.outbox, person.owner, change.waitingSince]).toEqual([[], 'journey', TEN + 2])
    expect(kindsIn(change)).toEqual(['task.done'])
    expect(change.journal).toContainEqual(
      expect.objectContaining({ kind: 'engine.thought', data: { engine: 'main', attempts: [{ engine: 'main' }] } }),
    )
  })

  it('is dropped, and nobody waits any more', async () => {
    const person = await met()
    person.happens('task.done', done(), TEN + 2)
    const change = person.happens('action', { action: 'discard', agent: 'agent:a', message: 'msg_1' as MessageId }, TEN + 3)
    expect([change.waitingSince, change.patches]).toMatchObject([null, [{ message: 'msg_1', status: 'cancelled' }]])
  })

  it('that is to go goes, whoever has the conversation, and is no machine’s to cancel', async () => {
    const person = await met()
    person.happens('action', { action: 'take', agent: 'agent:a' }, TEN + 1)
    const change = person.happens('task.done', done(now()), TEN + 2)
    expect(change.outbox).toMatchObject([{ message: 'msg_1', automatic: false }])
    expect(change.decisions.at(-1)).toMatchObject({ situation: { message: { ai: true, reply: false, automatic: true } } })
    expect(person.owner).toBe('agent:a')
  })

  it('is judged: outside the window a text does not go as it is', async () => {
    const person = await met()
    const change = person.happens('task.done', done(now()), TEN + 30 * HOUR)
    expect(change.outbox.map(({ body }) => (body as { intent: { content: { type: string } } }).intent.content.type)).not.toContain('text')
    expect(change.tasks).toMatchObject([{ state: 'done', message: 'msg_1' }])
  })

  it('is no send where it was called off meanwhile', async () => {
    const person = await met()
    const off = { action: 'cancel', agent: 'api:crm', message: 'msg_1' as MessageId, first: 'msg_1' as MessageId } as const
    person.happens('action', off, TEN + 1)
    for (const one of [now(), asked()])
      expect(person.happens('task.done', done(one), TEN + 2)).toMatchObject({ outbox: [], messages: [{ status: 'cancelled' }] })
  })

  it('waits while all automation is paused, if it is to go; nothing is lost', async () => {
    const person = await openPerson(undefined, undefined, [STOPPED])
    person.writes('bonjour', TEN)
    const change = person.happens('task.done', done(now()), TEN + 1)
    expect([change.messages, change.timers.map(({ kind }) => kind)]).toEqual([[], ['task.done']])
    expect(person.happens('task.done', done(), TEN + 2).messages).toMatchObject([{ status: 'held' }])
  })

  it('is nothing: the state says why, and nothing is said to anybody', async () => {
    const person = await met()
    const change = person.happens('task.done', done(now(), { text: null, why: 'budget', engine: null }), TEN + 1)
    expect([change.messages, change.outbox]).toEqual([[], []])
    expect(change.tasks).toMatchObject([{ state: 'failed', why: 'budget', text: null, message: null }])
    expect(change.journal.find(({ kind }) => kind === 'task.failed')?.data).toEqual({
      task: 'tsk_1',
      kind: 'draft',
      by: 'api:crm',
      why: 'budget',
    })
  })

  it('is only told to an agent who asked over the thread', async () => {
    const person = await met()
    const change = person.happens('task.done', done(asked(null, { task: 'suggest', by: 'agent:a' })), TEN + MINUTE)
    expect([change.messages, change.outbox, change.decisions]).toEqual([[], [], []])
    expect(change.tasks).toMatchObject([{ state: 'done', text: RESULT.text, message: null }])
  })

  it('fills a template; one to whom nobody said that an AI speaks hears it there, or a person sends it', async () => {
    const person = await met()
    const template = { type: 'template', name: 'answer_ready', language: 'fr', parameters: {}, fill: '1', link: false } as const
    const change = person.happens('task.done', done(now({ carrier: template })), TEN + MINUTE)
    expect(change.messages[0]?.content).toMatchObject({ type: 'template', parameters: { 1: RESULT.text } })
    expect(change.messages[0]?.status, 'it says nothing of an AI').toBe('held')
    const told = await openPerson((demo) => ({
      ...demo,
      workspace: {
        ...demo.workspace,
        templates: demo.workspace.templates.map((one) =>
          one.name === 'answer_ready' ? { ...one, text: `${demo.workspace.assistant.disclosure.fr} ${one.text}` } : one,
        ),
      },
    }))
    told.writes('bonjour', TEN)
    const sent = told.happens('task.done', done(now({ carrier: template })), TEN + MINUTE)
    expect(sent.messages[0]?.status).toBe('queued')
  })
})

describe('by a link', () => {
  const SITE = 'site' as ChannelId
  const page = healthy(SITE, 'web')
  const bridged = (demo: House): House => {
    const capabilities: Capabilities = { ...(demo.capabilities.get(WHATSAPP) as Capabilities), identities: ['web'], windowHours: null }
    const site = { id: SITE, kind: 'web', scope: 'general', throughput: null, config: {} } as const
    return {
      ...demo,
      linkFor: (id) => `https://chat.example.fr/l/${id}`,
      capabilities: new Map([...demo.capabilities, [SITE, capabilities]]),
      workspace: { ...demo.workspace, channels: [...demo.workspace.channels.filter(({ id }) => id !== SITE), site] },
    }
  }
  const linked = now({ carrier: { type: 'link', text: null } })
  const visit = { how: 'first', visitor: 'vis_1', shows: 'own', since: TEN + HOUR, from: WHATSAPP, to: SITE } as const

  it('says nothing of the result where it goes, and all of it on the page, once, to who came by it', async () => {
    const person = await openPerson(bridged, undefined, [page])
    person.writes('bonjour', TEN)
    const change = person.happens('task.done', done(linked), TEN + MINUTE)
    const link = change.links?.[0]
    expect(link).toMatchObject({ message: 'msg_1', from: WHATSAPP, to: SITE })
    expect(change.messages).toMatchObject([
      { id: 'msg_1', ai: false, author: 'api:crm', content: { url: `https://chat.example.fr/l/${link?.id}` } },
    ])
    expect(JSON.stringify(change.messages)).not.toContain(RESULT.text)
    expect(person.happens('crossed', { ...visit, link: 'lnk_other' as LinkId }, TEN + HOUR).messages.filter(({ ai }) => ai)).toEqual([])
    const opened = person.happens('crossed', { ...visit, link: link?.id ?? null }, TEN + HOUR)
    expect(opened.messages.find(({ channel }) => channel === SITE)).toMatchObject({ ai: true, author: 'engine:main', status: 'queued' })
    expect(kindsIn(opened)).toEqual(['task.opened'])
    expect(person.happens('crossed', { ...visit, link: link?.id ?? null }, TEN + HOUR + 1).messages.filter(({ ai }) => ai)).toEqual([])
  })

  it('or by a template that the link fills', async () => {
    const person = await openPerson(bridged, undefined, [page])
    person.writes('bonjour', TEN)
    const carrier = { type: 'template', name: 'answer_ready', language: 'fr', parameters: {}, fill: '1', link: true } as const
    const change = person.happens('task.done', done(now({ carrier })), TEN + 30 * HOUR)
    expect(change.messages[0]).toMatchObject({
      status: 'queued',
      content: { parameters: { 1: `https://chat.example.fr/l/${change.links?.[0]?.id}` } },
    })
  })

  it('is none where there is no page', async () => {
    const person = await openPerson((demo) => ({ ...bridged(demo), linkFor: undefined }), undefined, [page])
    person.writes('bonjour', TEN)
    const change = person.happens('task.done', done(linked), TEN + MINUTE)
    expect([change.messages, change.tasks?.map(({ why }) => why)]).toEqual([[], ['no-page']])
  })

  it('offers no link that was kept from leaving', async () => {
    const person = await openPerson(bridged, undefined, [page])
    person.writes('bonjour', TEN)
    const change = person.happens('task.done', done(linked), TEN + 30 * HOUR)
    expect(change.messages[0]?.content.type, 'the window is closed').not.toBe('link')
    expect(change.links).toEqual([])
  })
})

it('suggested replies are told one by one, three at most', () => {
  expect(optionsIn('1. Oui.\n\n2) Non.\n- Peut-être.\nEncore.')).toEqual(['Oui.', 'Non.', 'Peut-être.'])
  expect(optionsIn('30 % sont dus.')).toEqual(['30 % sont dus.'])
})
