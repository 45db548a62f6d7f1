/** `Reading` on PostgreSQL. Every question is one or two statements on an index; none takes a lock. */
import type { Reading } from '../../core/reading.ts'
import type { Sql } from '../connection.ts'
import { readCallback, readCallbacks } from './callback.ts'
import { readContact, readContacts } from './contact.ts'
import { readConversation, readConversations } from './conversation.ts'
import { readJournal, readPosition, readWaiting } from './journal.ts'
import { readDecision, readExplanation, readMessage, readMessagesAbout, readRulebook, readThread } from './message.ts'
import { readChannels, readGauges, readPoison } from './state.ts'
import { readSwitches } from './switches.ts'
import { readTask } from './task.ts'

export const createReading = (sql: Sql): Reading => ({
  message: (id) => readMessage(sql, id),
  messagesAbout: (reference, request) => readMessagesAbout(sql, reference, request),
  callbacks: (request) => readCallbacks(sql, request),
  callback: (id) => readCallback(sql, id),
  task: (id) => readTask(sql, id),
  decision: (id) => readDecision(sql, id),
  explanation: (id) => readExplanation(sql, id),
  rulebook: (digest) => readRulebook(sql, digest),
  contacts: (request) => readContacts(sql, request),
  contact: (id) => readContact(sql, id),
  conversations: (request) => readConversations(sql, request),
  conversation: (id) => readConversation(sql, id),
  messages: (conversation, request) => readThread(sql, conversation, request),
  poison: (request) => readPoison(sql, request),
  channels: () => readChannels(sql),
  switches: () => readSwitches(sql),
  waiting: (events) => readWaiting(sql, events),
  journal: (after, limit) => readJournal(sql, after, limit),
  journalPosition: (seq) => readPosition(sql, seq),
  gauges: (at) => readGauges(sql, at),
  ping: async () => void (await sql.query('select 1')),
})
