/** Invented traffic in the shape of recorded traffic: `--sample`. */
import { makeSample } from '../../simulators/sample.ts'
import { digestOf } from '../core/digest.ts'
import { asId, type ChannelId, type ContactId, type Digest, type MessageId } from '../core/ids.ts'
import type { Recorded } from '../core/recorded.ts'
import type { Situation } from '../core/situation.ts'
import { type PartialSituation, situationOf } from '../policy/index.ts'

const partsOf = (content: Situation, groups: readonly string[]): string[] => {
  const all: Readonly<Record<string, unknown>> = content
  return groups.map((group) => JSON.stringify(all[group]))
}

/** `end`: the instant the invented month ends, ms. */
export const sampleTraffic = (
  end: number,
): Pick<Recorded, 'count' | 'traffic' | 'situations' | 'parts' | 'ways' | 'seconds' | 'thread'> => {
  const { customers, messages } = makeSample(end)
  const known = new Map<Digest, Situation>()
  const rows = messages.map(({ id, customer, at, author, given }) => {
    const situation = situationOf(given as PartialSituation)
    const digest = digestOf(situation)
    known.set(digest, situation)
    return { contact: asId<ContactId>(customer), message: asId<MessageId>(id), at, author, situation: digest }
  })
  return {
    count: async () => rows.length,
    traffic: async ({ since, until }, take) => take(rows.filter(({ at }) => at >= since && at < until)),
    situations: async (_, groups, take) => take([...known].map(([digest, content]) => ({ digest, marks: partsOf(content, groups) }))),
    parts: async (digests, groups) =>
      digests.flatMap((digest) => {
        const content = known.get(digest)
        return content ? [{ digest, parts: partsOf(content, groups) }] : []
      }),
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
    thread: async (message) => messages.find(({ id }) => id === message)?.lines ?? [],
  }
}
