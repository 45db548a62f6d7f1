/**
 * The only way out of the house. Hosts that the operator's own settings name go through a plain pool; every other address comes from
 * strangers (a customer's media, a page of knowledge, a webhook of a partner) and may lead nowhere but to the public internet.
 * A name is looked up once, and the connection is made to exactly the address that was checked: no gap in which DNS could change its mind.
 * https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html (read 2026-11-22)
 */
import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Agent, type Dispatcher } from 'undici'
import { RelaisError } from '../core/errors.ts'

export type GuardedFetch = {
  (request: Request): Promise<Response>
  /** Ends all connections, once those in use are done. */
  close(): Promise<void>
}

export type GuardOptions = {
  /** Hosts of the operator's own settings: `name`, or `name:port`. They may be private, and use any port. */
  readonly allowHosts: Iterable<string>
  readonly lookup?: LookupFunction
}

const PORTS = new Set(['', '80', '443'])
const MAX_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Answers up to this size are read at once: cheaper than a stream, and what an API says is small. */
const SMALL = 64 * 1024
const TIMES = { headersTimeout: 60_000, bodyTimeout: 60_000, keepAliveTimeout: 20_000, connections: 256, pipelining: 1 }
const CONNECT_MS = 10_000

/** Only what is routed on the public internet. IPv4 inside IPv6 is judged as the IPv4 it is; tunnels to anywhere (6to4, NAT64, Teredo) are refused. */
const isPublic = (address: string): boolean => ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast'

const refuse = (what: string): RelaisError => new RelaisError('address-refused', what)

/** Looks up as `lookup` does, but fails where any of the addresses is not public: a mixed answer is an attack, not an accident. */
export const publicLookup =
  (lookup: LookupFunction): LookupFunction =>
  (host, options, done) =>
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const addresses = typeof found === 'string' ? [{ address: found, family: 4 }] : found
      const [first] = addresses
      if (first === undefined || !addresses.every(({ address }) => isPublic(address))) return done(refuse(host), '')
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })

/** A URL's host where it is an address: brackets off. Numbers in any base are dotted by the URL parser already. */
const literalOf = (url: URL): string | undefined => {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(host) ? host : undefined
}

const checkStranger = (url: URL): void => {
  if (!PORTS.has(url.port)) throw refuse(`port ${url.port}`)
  if (url.username !== '' || url.password !== '') throw refuse('credentials in the address')
  const literal = literalOf(url)
  if (literal !== undefined && !isPublic(literal)) throw refuse(literal)
}

/** Not by `Readable.toWeb`: what comes after a cancel is thrown there past everybody, and ends the process (Node 24.21). */
const streamOf = (body: Dispatcher.ResponseData['body']): ReadableStream<Uint8Array> => {
  const parts = body[Symbol.asyncIterator]()
  body.on('error', () => {})
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: () => void body.destroy(),
  })
}

const toResponse = async ({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Response> => {
  const copied = new Headers()
  for (const [name, value] of Object.entries(headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) copied.append(name, one)
  const init = { status: statusCode, headers: copied }
  if (statusCode === 204 || statusCode === 205 || statusCode === 304) {
    await body.dump()
    return new Response(null, init)
  }
  const length = Number(headers['content-length'] ?? Number.NaN)
  if (length <= SMALL) return new Response(await body.arrayBuffer(), init)
  return new Response(streamOf(body), init)
}

/** Where a redirect leads; undefined where the answer is final. Only reads are followed: a POST is never sent twice. */
const nextHop = (request: Request, url: URL, response: Dispatcher.ResponseData): URL | undefined => {
  const { location } = response.headers
  if (request.redirect !== 'follow' || !REDIRECTS.has(response.statusCode) || typeof location !== 'string') return undefined
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  return URL.canParse(location, url.href) ? new URL(location, url) : undefined
}

/** Never sends through a proxy of the environment. Throws `address-refused`, before any byte leaves; network errors as undici gives them. */
export const guardedFetch = ({ allowHosts, lookup = systemLookup }: GuardOptions): GuardedFetch => {
  const known = new Set(Array.from(allowHosts, (host) => host.toLowerCase()))
  const trusted = new Agent({ ...TIMES, connect: { timeout: CONNECT_MS, lookup } })
  const guarded = new Agent({ ...TIMES, connect: { timeout: CONNECT_MS, lookup: publicLookup(lookup) } })

  const agentFor = (url: URL): Agent => {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(url.protocol)
    if (known.has(url.host) || known.has(url.hostname)) return trusted
    checkStranger(url)
    return guarded
  }

  const send = async (request: Request): Promise<Response> => {
    let url = new URL(request.url)
    const headers = Object.fromEntries(request.headers)
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
    const { method, signal } = request
    for (let hop = 0; ; hop++) {
      const response = await agentFor(url).request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: method as Dispatcher.HttpMethod,
        headers,
        body,
        signal,
      })
      const next = nextHop(request, url, response)
      if (next === undefined) return toResponse(response)
      await response.body.dump()
      if (hop === MAX_REDIRECTS) throw refuse('too many redirects')
      if (next.origin !== url.origin) {
        delete headers.authorization
        delete headers.cookie
      }
      url = next
    }
  }
  return Object.assign(send, { close: async () => void (await Promise.all([trusted.close(), guarded.close()])) })
}
