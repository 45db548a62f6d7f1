/** How the page asks the house: all addresses are relative to its own. */
import type { Page, Says, Source, Start } from './shapes.ts'

/** What could not be done, in words; status 0 where nobody answered. `again`: the same may go through later, after so many ms. */
export class Trouble extends Error {
  readonly status: number
  readonly remedy: string
  readonly again: number | null
  constructor(status: number, says: string, remedy: string, again: number | null) {
    super(says)
    this.status = status
    this.remedy = remedy
    this.again = again
  }
}

/** `/chat/site`: also the name under which this browser keeps what waits. */
export const HERE = location.pathname.replace(/\/+$/, '')
const GIVE_UP_MS = 20_000
const SHORTLY_MS = 2_000

const wordOf = (value: unknown, field: string): string =>
  typeof value === 'object' && value !== null && field in value ? String((value as Record<string, unknown>)[field]) : ''

export const offline = (): Trouble => new Trouble(0, '', '', SHORTLY_MS)
/** What may be asked again: a way in that stalled, a house that is busy or broken. */
const passes = (status: number): boolean => status === 408 || status === 429 || status >= 500
/** A problem (RFC 9457) as trouble. */
export const troubleOf = (status: number, body: unknown, retryAfter: string | null): Trouble => {
  const wait = Number(retryAfter) > 0 ? Number(retryAfter) * 1_000 : SHORTLY_MS
  return new Trouble(status, wordOf(body, 'title'), wordOf(body, 'remedy'), passes(status) ? wait : null)
}

const languageHeader = () => ({ 'accept-language': document.documentElement.lang })
const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${HERE}/${path}`, {
    method,
    headers: { ...languageHeader(), ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(GIVE_UP_MS),
  }).catch(() => {
    throw offline()
  })
  if (!response.ok) throw troubleOf(response.status, await response.json().catch(() => null), response.headers.get('retry-after'))
  if (response.status === 204) return undefined as T
  return response.json().catch(() => {
    throw offline()
  })
}

/** The entry link that led here. */
const FROM = new URLSearchParams(location.search).get('from')?.slice(0, 63)
const CAME = FROM ? { from: FROM } : {}

export const wire = {
  start: () => call<Start>('GET', 'start'),
  before: (cursor: string) => call<Page>('GET', `messages?before=${encodeURIComponent(cursor)}`),
  say: (id: string, says: Says) => call<{ id: string }>('POST', 'messages', { id, ...says, ...CAME }),
  receipts: (told: { delivered?: readonly string[]; read?: readonly string[] }) => call<void>('POST', 'receipts', told),
  source: (passage: string) => call<Source>('GET', `sources/${encodeURIComponent(passage)}`),
  forget: () => call<void>('DELETE', 'history'),
  back: (channel: string) => call<{ url: string; word: string }>('POST', 'back', { channel }),
  link: (token: string) => call<void>('POST', 'account', { token, agreed: true }),
  unlink: () => call<void>('DELETE', 'account'),
}
export const historyAddress = `${HERE}/history`
export const fileAddress = (digest: string): string => `${HERE}/files/${digest}`

/** Sends a file; `told` hears how much of it is gone, 0 to 1. Only this way of asking tells it. */
export const sendFile = (id: string, file: Blob, name: string, told: (part: number) => void): Promise<void> =>
  new Promise((done, failed) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${HERE}/files?${new URLSearchParams({ id, name: name.toWellFormed(), ...CAME })}`)
    request.setRequestHeader('content-type', file.type || 'application/octet-stream')
    request.setRequestHeader('accept-language', document.documentElement.lang)
    request.responseType = 'json'
    // However slow it is: as long as it moves.
    let patience = 0
    const moved = () => {
      clearTimeout(patience)
      patience = window.setTimeout(() => request.abort(), GIVE_UP_MS)
    }
    request.upload.onprogress = ({ loaded, total }) => {
      moved()
      told(total > 0 ? loaded / total : 0)
    }
    request.onerror = () => failed(offline())
    request.onabort = () => failed(offline())
    request.onloadend = () => clearTimeout(patience)
    request.onload = () =>
      request.status < 300 ? done() : failed(troubleOf(request.status, request.response, request.getResponseHeader('retry-after')))
    moved()
    request.send(file)
  })

export const makeId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')
