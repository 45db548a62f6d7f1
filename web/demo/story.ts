/** What the story's page asks of the demo, and the acts that its steps are made of. */
import type { CutView, SceneThread, SceneView, StoryFacts, Told } from '../../src/cli/story/views.ts'
import type { Language } from '../shared/language.tsx'
import { handOf, inboxHandOf, officeOf, type SimState } from '../sim/phones.ts'

export type { CutView, Reach, SceneThread, SceneView, StoryFacts, Told } from '../../src/cli/story/views.ts'

const read = async <T>(answer: Response): Promise<T> => {
  if (answer.ok) return (await answer.json()) as T
  const said = (await answer.json().catch(() => null)) as { error?: string } | null
  throw new Error(said?.error ?? String(answer.status))
}
const get = async <T>(path: string): Promise<T> => read<T>(await fetch(`/demo/${path}`))
const post = async <T>(path: string, body: object): Promise<T> =>
  read<T>(await fetch(`/demo/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }))

export const demo = {
  facts: () => get<StoryFacts>('api/facts'),
  rules: (date: string, country: string) => get<Told>(`api/rules?${new URLSearchParams({ date, country })}`),
  open: (date: string, country: string) => post<SceneView>('api/scenes', { date, country }),
  cut: () => get<CutView>('api/cut'),
  begin: (date: string, language: Language) => post<CutView>('api/cut', { date, language }),
  thread: (scene: string) => get<SceneThread>(`${scene}/story`),
  report: '/demo/api/cut/report',
}

export const controlsOf = (scene: string): string => `/demo/${scene}/sim/api`

export const STEPS = ['answered', 'barred', 'link', 'kept', 'price', 'cut', 'mail', 'engine', 'report'] as const
export type Step = (typeof STEPS)[number]
export const DAYS: Readonly<Record<Step, string>> = {
  answered: '2026-01-14',
  barred: '2026-01-15',
  link: '2026-01-15',
  kept: '2026-06-15',
  price: '2026-10-15',
  cut: '2026-10-15',
  mail: '2026-10-15',
  engine: '2026-10-15',
  report: '2026-10-15',
}
/** Where most of the agency's customers are. */
export const HOME = 'FR'

export const ASKS = {
  fr: { general: 'Qui a peint la Joconde ?', service: 'Combien coûte une annulation ?', reply: 'Merci. Combien coûte une annulation ?' },
  en: {
    general: 'Who painted the Mona Lisa?',
    service: 'How much does cancelling cost?',
    reply: 'Thank you. How much does cancelling cost?',
  },
} as const

/** What was done in a scene already: a step that needs it does not do it again. */
export type Played = { readonly view: SceneView; readonly done: Set<string> }

const LOOK_MS = 300
const PATIENCE_MS = 20_000
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
/** Null where it did not come in time. */
const until = async <T>(look: () => Promise<T | null | undefined | false>): Promise<T | null> => {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(LOOK_MS)) {
    const found = await look()
    if (found) return found
  }
  return null
}

const stateOf = async ({ view }: Played): Promise<SimState> =>
  read<SimState>(await fetch(`${controlsOf(view.id)}/state?${new URLSearchParams({ who: view.who })}`))

/** Once in a scene; what failed may be tried again. */
const once = async (scene: Played, act: string, work: () => Promise<unknown>): Promise<void> => {
  if (scene.done.has(act)) return
  scene.done.add(act)
  try {
    await work()
  } catch (error) {
    scene.done.delete(act)
    throw error
  }
}

/** What the business said last, once it has left or was stopped. */
const saidAfter = async ({ view }: Played, before: number) =>
  until(async () => {
    const said = (await demo.thread(view.id)).messages.filter(({ direction }) => direction === 'out')
    const last = said.at(-1)
    return said.length > before && last && !['queued', 'draft'].includes(last.status) ? last : null
  })
const countSaid = async ({ view }: Played) => (await demo.thread(view.id)).messages.filter(({ direction }) => direction === 'out').length

export const ask = (scene: Played, text: string): Promise<void> =>
  once(scene, `ask ${text}`, async () => {
    const before = await countSaid(scene)
    await handOf(scene.view.who, controlsOf(scene.view.id)).text(text)
    await saidAfter(scene, before)
  })

/** The link that the business sent last, as a path of this page's own origin. */
export const linkIn = (thread: SceneThread): string | null => {
  const sent = thread.messages.findLast(({ content }) => content?.type === 'link')?.content
  if (sent?.type !== 'link' || !URL.canParse(sent.url)) return null
  const { pathname, search } = new URL(sent.url)
  return pathname + search
}

export const cutWhatsApp = (scene: Played): Promise<void> =>
  once(scene, 'cut', () => officeOf(controlsOf(scene.view.id)).cut('whatsapp', 'banned'))

const mailsIn = async (scene: Played): Promise<number> =>
  (await stateOf(scene)).inboxes.find(({ id }) => id === 'mail')?.lines.filter(({ from }) => from === 'business').length ?? 0
const mailAfter = (scene: Played, before: number) => until(async () => (await mailsIn(scene)) > before)

/** The agency's own system confirms the open booking; the customer had left their mailbox. False where no mail came. */
export const confirmBooking = async (scene: Played): Promise<void> => {
  const office = officeOf(controlsOf(scene.view.id))
  await once(scene, 'mailbox', () => office.leaveAddresses(scene.view.who, 'mail'))
  await once(scene, 'booking', async () => {
    const before = await mailsIn(scene)
    await office.notice('order', scene.view.who)
    await mailAfter(scene, before)
  })
}

/** The model goes down too, and the customer asks by mail. */
export const askWithoutModel = (scene: Played, text: string): Promise<void> =>
  once(scene, 'model', async () => {
    const { view } = scene
    await officeOf(controlsOf(view.id)).cut('main', 'down')
    const lines = (await stateOf(scene)).inboxes.find(({ id }) => id === 'mail')?.lines ?? []
    const last = lines.findLast(({ from }) => from === 'business')
    const before = await mailsIn(scene)
    await inboxHandOf('mail', view.who, controlsOf(view.id)).write(text, last ? { line: last.id } : {})
    await mailAfter(scene, before)
  })

/** On the brand's own page, as the visitor whose cookie this browser has. */
export const askOnPage = (scene: Played, text: string): Promise<void> =>
  once(scene, 'page', async () => {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const before = await countSaid(scene)
    await post(`${scene.view.id}/chat/site/messages`, { id, text })
    await saidAfter(scene, before)
  })

/** Presses the button of the page behind a link, as the visitor would: once. False where the page behind it did not come. */
export const pressOpen = async (frame: HTMLIFrameElement): Promise<boolean> => {
  let pressed = false
  const came = await until(async () => {
    const page = frame.contentDocument
    const path = page?.location.pathname ?? ''
    const button = pressed || page?.readyState !== 'complete' || !path.includes('/l/') ? null : page.querySelector('form button')
    if (button instanceof (frame.contentWindow as Window & typeof globalThis).HTMLElement) {
      pressed = true
      button.click()
    }
    return path.includes('/chat/') && page?.readyState === 'complete'
  })
  return came === true
}
