/** One try at a send, bounded in time whatever the connector does. */
import type { OpenChannel } from '../core/channel.ts'
import type { SendResult } from '../core/outcome.ts'
import type { Clock } from '../core/ports.ts'

const SEND_TIMEOUT_MS = 20_000
/** For a connector to say what became of a call that was broken off; one that says nothing does not hold the line. */
const GRACE_MS = 5_000

/** A channel that breaks its contract, throws or never answers leaves an unknown send, never a lost one. */
export const trySend = async (open: OpenChannel, message: Parameters<OpenChannel['send']>[0], clock: Clock): Promise<SendResult> => {
  const abort = new AbortController()
  let cancel = () => {}
  const silence = new Promise<SendResult>((resolve) => {
    cancel = clock.after(SEND_TIMEOUT_MS, () => {
      abort.abort()
      cancel = clock.after(GRACE_MS, () => resolve({ type: 'unknown', cause: 'timeout' }))
    })
  })
  try {
    return await Promise.race([open.send(message, abort.signal), silence])
  } catch {
    return { type: 'unknown', cause: 'connector-failed' }
  } finally {
    cancel()
  }
}
