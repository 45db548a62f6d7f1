/** A house with two pages of its own beside its number, and what people do between them. */
import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import type { User } from '../../simulators/whatsapp/index.ts'
import { type Browser, openBrowser } from '../support/visitor.ts'
import { type Business, openBusiness } from './business.ts'

const KEY = 'a secret that the site and this house share'
const SIGN_IN = `{ algorithm: HS256, key: "${KEY}", issuer: https://www.voyages-lumiere.example, audience: chat }`
// One for anything, beside one for the business's own matters.
const PAGES = `
  site: { kind: web, scope: general, signIn: ${SIGN_IN} }
  help: { kind: web, scope: service, signIn: ${SIGN_IN} }
`

export type Shown = { readonly status: number; readonly text: string; readonly location: string | null }
type Token = { readonly key?: string; readonly issuer?: string; readonly audience?: string; readonly minutes?: number }

export type Bridge = Business & {
  /** A general question on the number, and the link that answers it. */
  offered(user?: User, question?: string): Promise<{ readonly user: User; readonly path: string }>
  come(channel?: string): Browser
  /** Looks at what stands at an address, or with a form sends it. */
  open(browser: Browser, path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<Shown>
  /** A token of the business's site for one of its customers. */
  signed(claims?: Record<string, unknown>, token?: Token): Promise<string>
  signIn(browser: Browser, token: string, agreed?: unknown): Promise<Response>
  crossingsOf(user: User): Promise<readonly string[]>
  /** The crossings that the metrics tell of. */
  counted(): Promise<readonly (string | undefined)[]>
}

/** `settings`: what stands in relais.yaml beside. */
export const openBridge = async (settings = ''): Promise<Bridge> => {
  const house = await openBusiness({
    env: { PUBLIC_URL: 'https://chat.voyages-lumiere.example' },
    changed: { 'relais.yaml': (text) => `${text.replace('\n\nengines:', `${PAGES}\nengines:`)}\n${settings}` },
  })
  return {
    ...house,
    offered: async (user = house.newcomer(), question = 'écris-moi un poème sur la mer') => {
      const before = user.received.length
      user.sendText(question)
      await house.until('the link', () => user.received.length > before)
      const said = JSON.stringify(user.received.slice(before))
      const path = said.match(/\/l\/[\w-]{32}/)?.[0]
      if (!path) throw new Error(`There is no link in ${said}.`)
      return { user, path }
    },
    come: (channel) => openBrowser(house.url, channel),
    open: async (browser, path, form, headers = {}) => {
      const response = await fetch(`${house.url}${path}`, {
        redirect: 'manual',
        method: form ? 'POST' : 'GET',
        headers: {
          'accept-language': 'fr',
          'sec-fetch-site': 'same-origin',
          ...(browser.cookie ? { cookie: browser.cookie } : {}),
          ...headers,
        },
        ...(form ? { body: new URLSearchParams(form) } : {}),
      })
      const [given] = response.headers.getSetCookie()
      if (given) browser.cookie = given.split(';')[0] ?? null
      return { status: response.status, text: await response.text(), location: response.headers.get('location') }
    },
    signed: (claims = {}, token = {}) => {
      const now = Math.floor(house.stage.clock.now() / 1000)
      return new SignJWT({ jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(String(claims.sub ?? 'customer-1'))
        .setIssuer(token.issuer ?? 'https://www.voyages-lumiere.example')
        .setAudience(token.audience ?? 'chat')
        .setIssuedAt(now)
        .setExpirationTime(now + (token.minutes ?? 5) * 60)
        .sign(new TextEncoder().encode(token.key ?? KEY))
    },
    signIn: (browser, token, agreed = true) => browser.ask('/account', { method: 'POST', body: JSON.stringify({ token, agreed }) }),
    crossingsOf: async (user) => {
      const { id } = await house.contactOf(user)
      const rows = await house.connection.query<{ kind: string }>(
        "select kind from event where contact_id = $1 and kind like 'crossing.%' order by seq",
        [id],
      )
      return rows.map(({ kind }) => kind.slice('crossing.'.length))
    },
    counted: async () => {
      const metrics = await (await fetch(`${house.url}/metrics`)).text()
      return [...metrics.matchAll(/^relais_crossings_total\{channel="\w+",how="(\w+)"\} [1-9]/gm)].map(([, how]) => how)
    },
  }
}

export const textsOf = (user: User): readonly string[] => user.received.map(({ text }) => text ?? '')
