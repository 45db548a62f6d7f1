/** The page itself, its worker, and what a phone asks before it is put on its screen. */
import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'
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

/** Two dots joined by an arc, as a PNG, which every phone takes; its sixteen shades go from the ground to the drawing. */
const ICON = readFileSync(new URL('icon.png', import.meta.url))
const PALETTE = ICON.indexOf('PLTE')
const SHADES = 16

/** The same on the brand's colour: white, or ink where white could hardly be seen. */
export const chatIcon = (_: Rooms, { chat }: ChannelSetup): Response => {
  const [red, green, blue] = Buffer.from((chat?.look.accent ?? '#0B5C5E').slice(1), 'hex') as Iterable<number> as [number, number, number]
  const drawing = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 160 ? [0x14, 0x18, 0x1c] : [255, 255, 255]
  const icon = Buffer.from(ICON)
  const end = PALETTE + 4 + 3 * SHADES
  for (let shade = 0; shade < SHADES; shade++)
    for (const [at, ground] of [red, green, blue].entries())
      icon[PALETTE + 4 + 3 * shade + at] = ground + (((drawing[at] ?? 0) - ground) * shade) / (SHADES - 1)
  icon.writeUInt32BE(crc32(icon.subarray(PALETTE, end)), end)
  return new Response(icon, { headers: { 'content-type': 'image/png', 'cache-control': 'no-cache' } })
}

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
    icons: [{ src: 'icon.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' }],
  }
  return new Response(JSON.stringify(manifest), {
    headers: { 'content-type': 'application/manifest+json', 'cache-control': 'no-cache' },
  })
}
