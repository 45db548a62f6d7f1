/** Invented traffic in the shape of recorded traffic: `--sample`. */
import { makeSample } from '../../../simulators/sample.ts'
import { sha256 } from '../../core/digest.ts'
import { asId, type ChannelId, type ContactId, type MessageId } from '../../core/ids.ts'
import { MARK_DIGITS, type Marks, type Recorded } from '../../core/recorded.ts'
import { SITUATION_GROUPS, type Situation } from '../../core/situation.ts'
import { type PartialSituation, situationOf } from '../../policy/index.ts'

const marksOf = (content: Situation): Marks =>
  SITUATION_GROUPS.map((group) => sha256(JSON.stringify(content[group])).slice(0, MARK_DIGITS)).join('')

/** `end`: the instant the invented month ends, ms. */
export const sampleTraffic = (end: number): Pick<Recorded, 'count' | 'traffic' | 'situations' | 'ways' | 'seconds' | 'thread'> => {
  const { customers, messages } = makeSample(end)
  const rows = messages.map(({ id, customer, at, author, given }) => {
    const content = situationOf(given as PartialSituation)
    return { contact: asId<ContactId>(customer), message: asId<MessageId>(id), at, author, marks: marksOf(content), content }
  })
  return {
    count: async () => rows.length,
    traffic: async ({ since, until }, take) => take(rows.filter(({ at }) => at >= since && at < until)),
    situations: async (asked) => rows.filter(({ message }) => asked.includes(message)),
    ways: async (contacts) =>
      customers
        .filter(({ id }) => contacts.includes(asId<ContactId>(id)))
        .map(({ id, kinds, marketing }) => ({ contact: asId<ContactId>(id), kinds, marketing })),
    seconds: async ({ since, until }, take) => {
      const counts = new Map<number, number>()
      for (const { at } of rows)
        if (at >= since && at < until) counts.set(Math.floor(at / 1000), (counts.get(Math.floor(at / 1000)) ?? 0) + 1)
      const channel = asId<ChannelId>(String(messages[0]?.given.channel.id))
      await take([...counts].sort(([a], [b]) => a - b).map(([second, count]) => ({ channel, second, count })))
    },
    thread: async (message) => {
      const lines = messages.find(({ id }) => id === message)?.lines ?? []
      return { lines: lines.map(({ from, text }) => ({ from, content: { type: 'text', text } })), person: undefined, agents: [] }
    },
  }
}
