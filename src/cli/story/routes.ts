/** `/demo/api` and the houses below `/demo/<scene>`: mounted by `relais start --demo` alone. Whatever changes something comes from our own page. */
import { z } from 'zod'
import type { Language } from '../../core/language.ts'
import { readBody } from '../../http/body.ts'
import { listRules, type Rulebook } from '../../policy/index.ts'
import type { Cutting } from './cut.ts'
import { OWN_GROUND_SINCE } from './folder.ts'
import { countriesOf, FIRST_DAY, isStoryDay, LAST_DAY, tellRules } from './rules.ts'
import type { Scenes } from './scenes.ts'
import type { StoryFacts } from './views.ts'

const ROOT = '/demo/'
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' }
/** Reports are one file: nothing in them runs or is fetched. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'"
const MOST_BYTES = 1_000

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { ...SAFE, 'content-type': 'application/json; charset=utf-8' } })

class Refused extends Error {
  readonly status: number
  constructor(status: number, says: string) {
    super(says)
    this.status = status
  }
}

const requireOwnPage = (request: Request): void => {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  const own = site === 'same-origin' || (site === null && origin !== null && URL.canParse(origin) && new URL(origin).host === host)
  if (!own) throw new Refused(403, 'The request comes from another site.')
}

const day = z.string().refine(isStoryDay)
const Opening = z.strictObject({ date: day, country: z.string().regex(/^[A-Z]{2}$/u) })
const CutAsked = z.strictObject({ date: day, language: z.enum(['fr', 'en']) })

const bodyOf = async <T>(request: Request, shape: z.ZodType<T>): Promise<T> => {
  const body = await readBody(request, MOST_BYTES).catch(() => {
    throw new Refused(413, `At most ${MOST_BYTES} bytes.`)
  })
  const parsed = shape.safeParse(parse(new TextDecoder().decode(body)))
  if (!parsed.success) throw new Refused(400, parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  return parsed.data
}
const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const framedHere = ({ headers }: Response): void => {
  const policy = headers.get('content-security-policy')
  if (policy) headers.set('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
}

export type Story = {
  /** null: the path is none of the story's. */
  handle(request: Request): Promise<Response> | null
}

export type StoryOptions = {
  readonly scenes: () => Promise<Scenes>
  readonly cutting: Cutting
  readonly rulebook: Rulebook
  readonly business: string
  readonly zone: string
}

export const createStory = ({ scenes, cutting, rulebook, business, zone }: StoryOptions): Story => {
  const countries = countriesOf(rulebook)
  const facts: StoryFacts = {
    from: FIRST_DAY,
    to: LAST_DAY,
    countries,
    ownGroundSince: OWN_GROUND_SINCE,
    business,
    zone,
    rules: listRules(rulebook).map(({ id, about }) => ({ id, about })),
  }
  const countryNamed = (country: string): string => {
    if (countries.includes(country)) return country
    throw new Refused(400, `country: ${countries.join(', ')}`)
  }

  const get = (path: string, query: URLSearchParams): Response => {
    if (path === 'facts') return json(facts)
    if (path === 'cut') return json(cutting.view())
    if (path === 'rules') {
      const date = query.get('date') ?? ''
      if (!isStoryDay(date)) throw new Refused(400, `date: ${FIRST_DAY} to ${LAST_DAY}`)
      return json(tellRules(rulebook, date, countryNamed(query.get('country') ?? '')))
    }
    const page = path === 'cut/report' ? cutting.report() : null
    if (page === null) throw new Refused(404, 'There is nothing here.')
    return new Response(page, {
      headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': REPORT_POLICY },
    })
  }

  const post = async (path: string, request: Request): Promise<Response> => {
    requireOwnPage(request)
    if (path === 'scenes') {
      const { date, country } = await bodyOf(request, Opening)
      const view = await (await scenes()).open(date, countryNamed(country))
      // Whoever begins the story comes to the cut.
      cutting.prepare()
      return json(view, 201)
    }
    if (path === 'cut') {
      const { date, language } = await bodyOf<{ date: string; language: Language }>(request, CutAsked)
      return json(await cutting.begin(date, language), 201)
    }
    throw new Refused(404, 'There is nothing here.')
  }

  const own = async (path: string, request: Request): Promise<Response> => {
    if (request.method === 'GET') return get(path, new URL(request.url).searchParams)
    if (request.method === 'POST') return post(path, request)
    throw new Refused(405, 'GET or POST.')
  }

  /** A scene's house sees its own paths alone. */
  const inScene = async (id: string, request: Request): Promise<Response> => {
    const scene = (await scenes()).find(id)
    if (!scene) throw new Refused(404, 'This scene is over: start it again on /demo.')
    const url = new URL(request.url)
    url.pathname = url.pathname.slice(ROOT.length + id.length) || '/'
    if (url.pathname === '/story') return json(await scene.thread())
    const { method, headers, body, signal } = request
    const answer = await scene.handle(
      new Request(url, { method, headers, body, signal, ...(body ? { duplex: 'half' } : {}) } as RequestInit),
    )
    // The demo's phone opens links where it is, as the browser of an app does. No other page may show one in a frame.
    if (url.pathname.startsWith('/l/')) framedHere(answer)
    return answer
  }

  return {
    handle: (request) => {
      const { pathname } = new URL(request.url)
      if (!pathname.startsWith(ROOT)) return null
      const [place = '', ...rest] = pathname.slice(ROOT.length).split('/')
      const answer = place === 'api' ? own(rest.join('/'), request) : /^[0-9a-f]{8}$/u.test(place) ? inScene(place, request) : null
      return (
        answer?.catch((error: unknown) => {
          if (error instanceof Refused) return json({ error: error.message }, error.status)
          throw error
        }) ?? null
      )
    },
  }
}
