/**
 * Keeps the page's shell in the browser, so that it opens without a network: the document, what it loads from /assets, nothing of anybody's
 * conversation. Fresh where there is a network: the document is asked for first, and what it no longer names is dropped.
 */
type Waits = Event & { waitUntil(promise: Promise<unknown>): void }
type Asks = Waits & { readonly request: Request; respondWith(answer: Promise<Response>): void }
const self_ = self as unknown as {
  readonly registration: { readonly scope: string }
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
}

const PAGE = new URL(self_.registration.scope).href
const SHELF = `relais ${PAGE}`

const namedIn = (document: string): readonly string[] =>
  [...document.matchAll(/(?:src|href)="([^"]*\/assets\/[^"]+)"/g)].map(([, path = '']) => new URL(path, PAGE).href)

/** Keeps a fresh document, with all it names; leaves what was there where it cannot be read whole. */
const keep = async (fresh: Response): Promise<void> => {
  const shelf = await caches.open(SHELF)
  const named = namedIn(await fresh.clone().text())
  const missing = []
  for (const address of named) if (!(await shelf.match(address))) missing.push(address)
  await shelf.addAll(missing)
  await shelf.put(PAGE, fresh)
  for (const { url } of await shelf.keys()) if (url !== PAGE && !named.includes(url) && !url.endsWith('.woff2')) await shelf.delete(url)
}

const page = async (event: Asks): Promise<Response> => {
  try {
    const fresh = await fetch(event.request)
    if (fresh.ok) event.waitUntil(keep(fresh.clone()).catch(() => {}))
    return fresh
  } catch (error) {
    const kept = await caches.match(PAGE)
    if (kept) return kept
    throw error
  }
}
const asset = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request)
  if (kept) return kept
  const fresh = await fetch(request)
  if (fresh.ok) await (await caches.open(SHELF)).put(request, fresh.clone())
  return fresh
}

addEventListener('install', (event) =>
  (event as Waits).waitUntil(
    fetch(PAGE)
      .then(keep)
      .then(() => self_.skipWaiting()),
  ),
)
addEventListener('activate', (event) => (event as Waits).waitUntil(self_.clients.claim()))
addEventListener('fetch', (event) => {
  const asks = event as Asks
  const { method, mode, url } = asks.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return
  if (mode === 'navigate' && origin + pathname === PAGE) asks.respondWith(page(asks))
  else if (pathname.includes('/assets/')) asks.respondWith(asset(asks.request))
})
