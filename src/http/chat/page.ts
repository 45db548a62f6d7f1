/** The page itself, its worker, and what a phone asks before it is put on its screen. */
import { RelaisError } from '../../core/errors.ts'
import type { ChannelSetup } from '../../core/workspace.ts'
import { pageResponse } from '../pages.ts'
import type { Rooms } from '../rooms.ts'
import { mountOf } from './visit.ts'

/** Everything from here, nothing inline; in a frame of the house's own or of the sites that the channel names. */
const policyOf = ({ chat }: ChannelSetup): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors ${["'self'", ...(chat?.origins ?? [])].join(' ')}`

const built = (rooms: Rooms, path: string, request: Request): Response => {
  const page = rooms.pages?.get(path)
  if (!page) throw new RelaisError('not-found', new URL(request.url).pathname)
  return pageResponse(page, request)
}

export const chatPage = (rooms: Rooms, setup: ChannelSetup, request: Request): Response => {
  const response = built(rooms, '/chat', request)
  response.headers.set('content-security-policy', policyOf(setup))
  return response
}

export const chatWorker = (rooms: Rooms, setup: ChannelSetup, request: Request): Response => {
  const response = built(rooms, '/chat/worker.js', request)
  response.headers.set('cache-control', 'no-cache')
  response.headers.set('service-worker-allowed', `${mountOf(rooms)}/chat/${setup.id}`)
  return response
}

/** A drawing may hold a script: nothing in it runs, whoever opens it by itself. */
const LOGO_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

export const chatLogo = (rooms: Rooms, { id }: ChannelSetup, request: Request): Response => {
  const logo = rooms.logos?.get(id)
  if (!logo) throw new RelaisError('not-found', new URL(request.url).pathname)
  const response = pageResponse(logo, request)
  response.headers.set('content-security-policy', LOGO_POLICY)
  return response
}

/** Two dots joined by an arc, on the brand's colour. */
export const chatIcon = (_: Rooms, { chat }: ChannelSetup): Response =>
  new Response(
    `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 64 64"><path fill="${chat?.look.accent ?? '#0B5C5E'}" d="M0 0h64v64H0z"/><g transform="translate(16 15)" fill="#fff" stroke="#14181c" stroke-width=".4"><circle cx="7" cy="22" r="4.5"/><circle cx="25" cy="22" r="4.5"/><path d="M8.5 13.5C11 7.5 21 7.5 23.5 13.5" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></g></svg>`,
    { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'no-cache', 'content-security-policy': LOGO_POLICY } },
  )

/** Addresses in it count from its own: `…/chat/<channel>/manifest.webmanifest`. */
export const chatManifest = (rooms: Rooms, { id, chat }: ChannelSetup): Response => {
  const { name, locale } = rooms.workspace
  const manifest = {
    name,
    short_name: name,
    lang: locale,
    start_url: `../${id}`,
    scope: `../${id}`,
    display: 'standalone',
    background_color: '#FAFAF7',
    theme_color: chat?.look.accent,
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any maskable' }],
  }
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' },
  })
}
