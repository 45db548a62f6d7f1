/**
 * Files, in two steps: the id gives an address that lives five minutes, and the address wants the token too.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media (read 2026-11-22)
 */
import { causeOf } from '../../core/certainty.ts'
import type { MediaRef } from '../../core/content.ts'
import { RelaisError } from '../../core/errors.ts'
import { asId, type VendorId } from '../../core/ids.ts'
import { isLocal } from './config.ts'
import { getGraph, graphRequest, type Line, readAnswer } from './graph.ts'
import { refusalOf } from './refusals.ts'
import { readText } from './wire.ts'

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

const failed = (error: unknown): unknown =>
  error instanceof RelaisError || isAbort(error) ? error : new RelaisError('media-unavailable', causeOf(error), error)

/** The token goes with the request: only over https, unless the API itself is a simulator on this machine. */
const findUrl = async (line: Line, id: VendorId, signal: AbortSignal): Promise<string> => {
  const { body, error, status } = await getGraph(line, `${encodeURIComponent(id)}?phone_number_id=${line.config.phoneNumberId}`, signal)
  const url = readText(body, 'url')
  if (error !== undefined || url === undefined)
    throw new RelaisError('media-unavailable', error === undefined ? `http-${status}` : `code ${refusalOf(error).code}`)
  if (!URL.canParse(url) || !(url.startsWith('https://') || isLocal(line.config.apiUrl)))
    throw new RelaisError('media-unavailable', 'The address given is not https.')
  return url
}

/** The file as a stream; the caller caps, sniffs and stores it. Throws `media-unavailable`. */
export const fetchMedia = async (line: Line, media: MediaRef, signal: AbortSignal): Promise<Response> => {
  const id = media.vendorId
  if (id === undefined) throw new RelaisError('media-unavailable', 'It has no id at the provider.')
  try {
    let status = 0
    // 404 is an address that went stale between the two steps.
    for (let attempt = 0; attempt < 2; attempt++) {
      const url = await findUrl(line, id, signal)
      const headers = { authorization: `Bearer ${line.config.accessToken}` }
      const response = await line.tools.fetch(new Request(url, { headers, signal }))
      if (response.ok) return response
      status = response.status
      await response.body?.cancel()
      if (status !== 404) break
    }
    throw new RelaisError('media-unavailable', `http-${status}`)
  } catch (error) {
    throw failed(error)
  }
}

/** The id lives 30 days. Throws `media-unavailable`. */
export const uploadMedia = async (line: Line, file: Uint8Array, mime: string, filename: string, signal: AbortSignal): Promise<VendorId> => {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', mime)
  form.set('file', new File([new Uint8Array(file)], filename, { type: mime }))
  try {
    const request = graphRequest(line, `${line.config.phoneNumberId}/media`, { method: 'POST', body: form, signal })
    const { body, error, status } = await readAnswer(await line.tools.fetch(request))
    const id = readText(body, 'id')
    if (id === undefined)
      throw new RelaisError('media-unavailable', error === undefined ? `http-${status}` : `code ${refusalOf(error).code}`)
    return asId<VendorId>(id)
  } catch (error) {
    throw failed(error)
  }
}
