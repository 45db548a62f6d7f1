/** From the address of the chat page until somebody can write in it, in a Chromium that never was there, at 400 kB/s. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { createApp } from '../src/http/app.ts'
import { loadPages } from '../src/http/pages.ts'
import { buildPages } from '../tests/browser/chat-house.ts'
import { openBrowser } from '../tests/browser/demo.ts'
import { memoryRooms } from '../tests/support/rooms.ts'
import { median } from './median.ts'

const BYTES_PER_SECOND = 400_000
const LATENCY_MS = 40
/** A phone of some years ago against this machine. */
const SLOWER = 4

type Figures = { readonly ms: number; readonly slowMs: number; readonly bytes: number }

const openServer = async (folder: string) => {
  const chat = { origins: [], look: { accent: '#0B5C5E', accentDark: null, logo: null }, welcome: null, signIn: null }
  const { rooms } = await memoryRooms({ pages: await loadPages(folder) })
  const site = { id: 'site', kind: 'web', scope: 'general', chat } as unknown as (typeof rooms.workspace.channels)[number]
  const { app } = createApp({ ...rooms, workspace: { ...rooms.workspace, channels: [site] } })
  const server = createServer(getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false }))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/site`,
    close: () => new Promise<void>((closed) => void server.close(() => closed()).closeAllConnections()),
  }
}

/** Milliseconds from the navigation to the page's own mark, and the bytes that came over the line until then. */
const visitOnce = async (address: string, profile: string, slower: number): Promise<{ ms: number; bytes: number }> => {
  const { page, close } = await openBrowser(profile, { width: 360, height: 740 })
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Network.enable')
    const line = { offline: false, latency: LATENCY_MS, downloadThroughput: BYTES_PER_SECOND, uploadThroughput: BYTES_PER_SECOND }
    await session.send('Network.emulateNetworkConditions', line)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.goto(address)
    await page.getByRole('textbox').waitFor()
    return (await page.evaluate(`(() => {
      const { startTime } = performance.getEntriesByName('interactive')[0]
      const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      return { ms: startTime, bytes: loaded.filter((one) => one.responseEnd <= startTime).reduce((sum, one) => sum + one.transferSize, 0) }
    })()`)) as { ms: number; bytes: number }
  } finally {
    await close()
  }
}

export const measurePage = async ({ rounds = 5 } = {}): Promise<Figures> => {
  const pages = await buildPages()
  const profiles = await mkdtemp(join(tmpdir(), 'relais-bench-page-'))
  const server = await openServer(pages.folder)
  try {
    const [plain, slow] = [[] as { ms: number; bytes: number }[], [] as { ms: number; bytes: number }[]]
    for (let round = 0; round < rounds; round += 1) {
      plain.push(await visitOnce(server.address, join(profiles, `plain-${round}`), 1))
      slow.push(await visitOnce(server.address, join(profiles, `slow-${round}`), SLOWER))
    }
    const of = (list: typeof plain) => median(list.map(({ ms }) => ms))
    return { ms: of(plain), slowMs: of(slow), bytes: median(plain.map(({ bytes }) => bytes)) }
  } finally {
    await server.close()
    await pages.drop()
    await rm(profiles, { recursive: true, force: true })
  }
}

if (import.meta.main) console.log(await measurePage())
