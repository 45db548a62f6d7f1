/** What the API tells of itself and of the house. */
import { describe, expect, it } from 'vitest'
import { open, reading, template } from '../../tests/support/api.ts'
import { NOON } from '../../tests/support/rooms.ts'
import { RelaisError } from '../core/errors.ts'

describe('operations', () => {
  it('are ready only with a store, its schema and somebody who sends', async () => {
    expect((await (await open()).app.request('/readyz')).status).toBe(200)
    const starting = await open({ readiness: () => ({ migrated: true, dispatch: 'starting' }) })
    expect((await starting.app.request('/readyz')).status).toBe(503)
    const away = await open({ reading: { ...reading, ping: () => Promise.reject(new RelaisError('store-unavailable')) } })
    const response = await away.app.request('/readyz')
    expect([response.status, await response.json()]).toMatchObject([503, { store: false, migrated: true }])
    expect((await away.app.request('/healthz')).status).toBe(200)
  })

  it('pause a channel under the caller’s name', async () => {
    const { call, turned } = await open()
    await call('admin', 'POST', '/channels/whatsapp/pause', {})
    expect(turned).toMatchObject([{ what: 'whatsapp', kind: 'channel', paused: true, reason: 'key:admin' }])
    expect((await call('admin', 'POST', '/channels/none/pause', {})).status).toBe(404)
  })
})

describe('the event stream', () => {
  it('has no listener after somebody only asked whether it is there', async () => {
    const { call, stream } = await open()
    const response = await call('read', 'HEAD', '/events')
    expect([response.status, response.headers.get('content-type'), response.body]).toEqual([200, 'text/event-stream; charset=utf-8', null])
    await new Promise((resolve) => setImmediate(resolve))
    expect(stream.listeners()).toBe(0)
  })
})

describe('what the desk goes by', () => {
  it('tells the house’s time, the templates with their text, and what each rule is about', async () => {
    const rule = { id: 'platform/window', by: 'platform', about: { fr: 'La fenêtre.', en: 'The window.' } } as const
    const { rooms } = await open()
    const { call } = await open({ workspace: { ...rooms.workspace, templates: [template] }, rules: () => [rule] })
    const templates = await call('read', 'GET', '/templates')
    expect(templates.headers.get('relais-time')).toBe(String(NOON))
    const { file: _, ...told } = template
    expect(await templates.json()).toEqual({ items: [told] })
    expect(await (await call('read', 'GET', '/rules')).json()).toEqual({ items: [rule] })
  })
})

describe('where nothing is', () => {
  it('a browser gets a page in its language, and a program a problem', async () => {
    const { app } = await open()
    const visit = (accept: string) => app.request('/nowhere/<b>', { headers: { accept, 'accept-language': 'fr' } })
    const page = await visit('text/html,application/xhtml+xml,*/*;q=0.8')
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const text = await page.text()
    expect(text).toContain('Il n’y a rien à cette adresse.')
    expect(text).not.toContain('<b>')
    for (const accept of ['*/*', 'application/json'])
      expect((await visit(accept)).headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  })
})

describe('openapi.json', () => {
  it('is OpenAPI 3.1, names every route there is, and is readable as a page that loads nothing', async () => {
    const { app } = await open()
    const document = (await (await app.request('/api/v1/openapi.json')).json()) as { openapi: string; paths: Record<string, object> }
    expect(document.openapi).toBe('3.1.0')
    const routes = app.routes
      .filter((route) => route.method !== 'ALL' && route.path.startsWith('/api/v1/') && !/openapi\.json$|docs$/.test(route.path))
      .map((route) => `${route.method.toLowerCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const named = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
    expect([...new Set(routes)].sort()).toEqual(named.sort())
    const page = await app.request('/api/v1/docs')
    const html = await page.text()
    expect(html).toContain('/api/v1/conversations/{id}/give-back')
    expect(html).toContain('id="error-no-effect"')
    expect(html).not.toMatch(/<script|src=|href="http|`/)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  })
})
