/** The built pages, read once at the start: what is not among them does not exist, so no path can lead anywhere else. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PAGE_POLICY } from './headers.ts'

export type Page = { readonly body: Uint8Array<ArrayBuffer>; readonly type: string; readonly etag: string; readonly lasting: boolean }
/** By path, `/` first. */
export type Pages = ReadonlyMap<string, Page>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}

/** By its ending; undefined where pages have no such file. */
export const typeOf = (file: string): string | undefined => TYPES[extname(file)]

/** `index.html` is `/`, `sim.html` and `sim/index.html` are `/sim`. */
const pathOf = (file: string): string =>
  `/${file.split(sep).join('/')}`
    .replace(/\/index\.html$/, '/')
    .replace(/\.html$/, '')
    .replace(/(.)\/$/, '$1')

/** Reads a folder of built pages; empty where there is none. `hidden` names pages of the demo that a real workspace does not show. */
export const loadPages = async (folder: string, hidden: readonly string[] = []): Promise<Pages> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const pages = new Map<string, Page>()
  for (const entry of entries) {
    const type = typeOf(entry.name)
    if (!entry.isFile() || !type) continue
    const full = join(entry.parentPath, entry.name)
    const path = pathOf(relative(folder, full))
    if (hidden.includes(path)) continue
    const body = new Uint8Array(await readFile(full))
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
    // Built assets carry their content's hash in their name.
    pages.set(path, { body, type, etag, lasting: path.startsWith('/assets/') })
  }
  return pages
}

/** Made when first asked for: a start does not wait for it. Pictures and fonts are packed already. */
const packed = new WeakMap<Page, Uint8Array<ArrayBuffer>>()
const pack = (page: Page): Uint8Array<ArrayBuffer> => {
  const known = packed.get(page) ?? new Uint8Array(gzipSync(page.body))
  packed.set(page, known)
  return known
}
const PACKED = /^(?:text\/|application\/(?:json|manifest)|image\/svg)/

export const pageResponse = (page: Page, request: Request): Response => {
  const packs = PACKED.test(page.type)
  const gzip = packs && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  const etag = gzip ? page.etag.replace(/"$/, '-gz"') : page.etag
  const headers = {
    'content-type': page.type,
    ...(packs ? { vary: 'accept-encoding' } : {}),
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    etag,
    'cache-control': page.lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': PAGE_POLICY,
  }
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(gzip ? pack(page) : page.body, { headers })
}
