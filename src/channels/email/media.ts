/** A file of a mail, fetched from the folder it lies in: by its number there, or by the mail's own id where the server numbered anew. */
import { Readable } from 'node:stream'
import type { ImapFlow } from 'imapflow'
import { causeOf } from '../../core/certainty.ts'
import type { MediaRef } from '../../core/content.ts'
import { RelaisError } from '../../core/errors.ts'
import { type Account, connectInbox } from './inbox.ts'

const readRef = (text: string | undefined): readonly [string, string, number, string, string] => {
  const ref: unknown = JSON.parse(text ?? 'null')
  if (!Array.isArray(ref) || ref.length !== 5) throw new RelaisError('media-unavailable', 'It has no place in a mailbox.')
  return [String(ref[0]), String(ref[1]), Number(ref[2]), String(ref[3]), String(ref[4])]
}

const find = async (client: ImapFlow, ref: ReturnType<typeof readRef>): Promise<number | undefined> => {
  const [folder, validity, uid, , messageId] = ref
  const box = await client.mailboxOpen(folder, { readOnly: true })
  if (String(box.uidValidity) === validity) return uid
  const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
  return found ? found[0] : undefined
}

/** The file as a stream; the caller caps, sniffs and stores it. Throws `media-unavailable`. */
export const fetchMedia = async (account: Account, media: MediaRef, signal: AbortSignal): Promise<Response> => {
  let client: ImapFlow | undefined
  try {
    const ref = readRef(media.vendorId)
    client = await connectInbox(account, signal)
    const { usable } = client
    const uid = usable ? await find(client, ref) : undefined
    if (uid === undefined) return new Response(null, { status: 404 })
    const { content } = await client.download(String(uid), ref[3], { uid: true })
    if (!content) return new Response(null, { status: 404 })
    const whole = client
    client = undefined
    content.once('close', () => whole.close())
    return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>)
  } catch (error) {
    throw error instanceof RelaisError ? error : new RelaisError('media-unavailable', causeOf(error), error)
  } finally {
    client?.close()
  }
}
