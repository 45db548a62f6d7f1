/** The demo as a visitor has it: `npm start` on a fresh data folder, and a Chromium on the one address it prints. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const START_MS = 120_000

export type Demo = {
  /** What `npm start` printed: the story's page. */
  readonly story: string
  /** The phone to hold: `/sim`. */
  readonly address: string
  /** A page of a browser that was never here before. */
  visit(view?: View): Promise<Visit>
  stop(): Promise<void>
}
export type View = { readonly width?: number; readonly height?: number; readonly dark?: boolean; readonly language?: 'fr-FR' | 'en-GB' }
/** `faults`: what the page's console complained of. */
export type Visit = { readonly page: Page; readonly faults: readonly string[]; close(): Promise<void> }

export const startDemo = async (): Promise<Demo> => {
  const folder = await mkdtemp(join(tmpdir(), 'relais-browser-'))
  const house = spawn('npm', ['start', '--silent'], {
    cwd: ROOT,
    // What a business keeps is none of the demo's: it would not start if it asked there.
    env: { ...process.env, PORT: '0', RELAIS_DATA: join(folder, 'data'), DATABASE_URL: 'postgresql://127.0.0.1:1/none', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that npm and what it started end together.
    detached: true,
  })
  const story = await addressOf(house)
  const visits: Visit[] = []
  return {
    story,
    address: new URL('/sim', story).href,
    visit: async (view = {}) => {
      const visit = await openBrowser(join(folder, `profile-${visits.length}`), view)
      visits.push(visit)
      return visit
    },
    stop: async () => {
      await Promise.all(visits.map((visit) => visit.close()))
      await end(house)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Rejects where the house ends, or takes too long, before it says where it is. */
const addressOf = (house: ChildProcess): Promise<string> =>
  new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error(`no address after ${START_MS / 1000} s`)), START_MS)
    let said = ''
    house.stdout?.on('data', (bytes: Buffer) => {
      said += bytes
      const address = /https?:\/\/\S+/.exec(said)?.[0]
      if (!address) return
      clearTimeout(late)
      found(address)
    })
    house.once('exit', (code) => {
      clearTimeout(late)
      failed(new Error(`npm start ended with ${code} and said: ${said}`))
    })
  })

const end = (house: ChildProcess): Promise<void> =>
  new Promise((done) => {
    if (house.exitCode !== null || house.pid === undefined) return done()
    house.once('exit', () => done())
    process.kill(-house.pid, 'SIGTERM')
  })

/** A Chromium with a profile of its own. */
export const openBrowser = async (profile: string, view: View): Promise<Visit> => {
  const found = findChromium(process.env)
  if ('missing' in found) throw new Error(found.missing)
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: found.path,
    headless: true,
    args: FLAGS,
    viewport: { width: view.width ?? 1280, height: view.height ?? 800 },
    colorScheme: view.dark ? 'dark' : 'light',
    locale: view.language ?? 'fr-FR',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults, close: () => context.close() }
}
