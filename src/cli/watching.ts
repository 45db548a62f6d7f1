/** From an engine that writes to the pages that watch: what may be shown of an answer, piece by piece, under the message it will be. */
import type { ContactId } from '../core/ids.ts'
import type { Live } from '../core/visitor.ts'
import type { Streamed } from '../relay/event.ts'
import type { Watched } from './asking.ts'

export type Watch = Watched & {
  /** The answer is whole, or there is none. */
  end(): void
}

export const watchFor = (live: Live, contact: ContactId, { message: id, before }: Streamed): Watch => {
  let shown = 0
  const say = (text: string) => {
    live.say(contact, { type: 'writing', id, n: shown, text })
    shown += text.length
  }
  return {
    onText: (text) => say(shown === 0 ? before + text : text),
    onWithdraw: (why) => {
      shown = 0
      live.say(contact, { type: 'withdrawn', id, why })
    },
    end: () => live.say(contact, { type: 'whole', id }),
  }
}
