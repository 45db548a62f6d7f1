/** Whether the outgoing server answers us: greeting, TLS and login, as before each mail; then farewell. The mailbox is listened to all the time. */
import { RelaisError } from '../../core/errors.ts'
import type { Line } from './outbound.ts'
import { judgeFailure } from './post.ts'

/** See `Probing.probe`. */
export const probe = async ({ post }: Line, signal: AbortSignal): Promise<void> => {
  try {
    await post.greet(signal)
  } catch (error) {
    const judged = judgeFailure(error, false)
    if (judged.type === 'no')
      throw new RelaisError('provider-refused', `${judged.step} ${/\b[45]\d\d\b/.exec(judged.reply)?.[0] ?? ''}`.trim())
    throw error
  }
}
