/** The raw bytes of a request, read once and never more than the limit. */
import { RelaisError } from '../core/errors.ts'

/** 4 MB: the interface's promise for webhooks, and for every other body. */
export const BODY_LIMIT = 4 * 1024 * 1024

const tooLarge = (): RelaisError => new RelaisError('body-too-large')

/** Throws `body-too-large`, before reading where the length is told. */
export const readBody = async (request: Request, limit = BODY_LIMIT): Promise<Uint8Array> => {
  const told = request.headers.get('content-length')
  // With a length the HTTP parser reads no further than that; only without one must the bytes be counted as they come.
  if (told !== null && request.headers.get('transfer-encoding') === null) {
    if (Number(told) > limit) throw tooLarge()
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > limit) throw tooLarge()
    return body
  }
  return request.body ? readCounted(request.body, limit) : new Uint8Array()
}

const readCounted = async (stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length
    if (size > limit) {
      await reader.cancel()
      throw tooLarge()
    }
    chunks.push(next.value)
  }
  return Buffer.concat(chunks)
}

/** One JSON document in UTF-8; throws `bad-json`. */
export const parseJson = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new RelaisError('bad-json')
  }
}
