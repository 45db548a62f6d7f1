/** Requests to the Graph API, and how its answers are read. https://developers.facebook.com/docs/graph-api (read 2026-11-22) */
import type { Tools } from '../../core/channel.ts'
import type { WhatsappConfig } from './config.ts'
import { asJson, type Json, parseJson, readJson } from './wire.ts'

/** What every call needs. */
export type Line = { readonly config: WhatsappConfig; readonly tools: Tools }

export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** Undefined where the body is no JSON object. */
  readonly body: Json | undefined
  /** The `error` object of a refusal. */
  readonly error: Json | undefined
}

export const graphUrl = ({ config }: Line, path: string): string => `${config.apiUrl}/${config.apiVersion}/${path}`

export const graphRequest = (line: Line, path: string, init: RequestInit): Request =>
  new Request(graphUrl(line, path), {
    redirect: 'manual',
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${line.config.accessToken}` },
  })

export const readAnswer = async (response: Response): Promise<Answer> => {
  const body = asJson(parseJson(await response.text()))
  return { status: response.status, headers: response.headers, body, error: readJson(body, 'error') }
}

export const getGraph = async (line: Line, path: string, signal: AbortSignal): Promise<Answer> =>
  readAnswer(await line.tools.fetch(graphRequest(line, path, { signal })))

export const jsonInit = (body: unknown, signal: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
  signal,
})
