/** The demo's control routes, and the phones' state looked at several times a second: a connection kept open would be one too few. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CutKind, PersonView, ReceivedView, SimState } from '../../simulators/phone-view.ts'
import { setHouseTime } from '../shared/api.ts'

export type {
  CutKind,
  InboxLine,
  InboxView,
  LineView,
  PersonView,
  PhoneView,
  ProviderView,
  ReceivedView,
  SimState,
} from '../../simulators/phone-view.ts'

const LOOK_MS = 400
const HIDDEN_MS = 3_000

/** Where the controls of a house's stage are: the demo's own, or those of one of its scenes. */
const HERE = '/sim/api'

const post = async <T>(path: string, body: object | Blob, base = HERE): Promise<T> => {
  const isFile = body instanceof Blob
  const answer = await fetch(`${base}/${path}`, {
    method: 'POST',
    headers: { 'content-type': isFile ? body.type : 'application/json' },
    body: isFile ? body : JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json() as Promise<T>
}

/** What the hand on the phone may do. */
export const handOf = (who: string, base = HERE) => {
  const act = (path: string, body: object | Blob) => post(path, body, base)
  const to = (act: string) => `people/${encodeURIComponent(who)}/${act}`
  return {
    text: (text: string) => act(to('text'), { text }),
    button: (id: string, message: string) => act(to('button'), { id, message }),
    row: (id: string, message: string) => act(to('row'), { id, message }),
    place: () => act(to('place'), {}),
    picture: (picture: Blob) => act(to('picture'), picture),
    react: (message: string, emoji: string) => act(to('reaction'), { message, emoji }),
    read: () => act(to('read'), {}),
  }
}
export type Hand = ReturnType<typeof handOf>

/** What the customer does in one of the other apps. */
export const inboxHandOf = (inbox: string, who: string, base = HERE) => {
  const to = (act: string, body: object = {}) => post(`inboxes/${inbox}/${act}`, { who, ...body }, base)
  return {
    write: (text: string, answers: { readonly line?: string; readonly subject?: string } = {}) => to('write', { text, ...answers }),
    read: () => to('read'),
    leave: (line: string) => to('leave', { line }),
  }
}
export type InboxHand = ReturnType<typeof inboxHandOf>

export const NOTICES = ['order', 'reminder', 'code'] as const
/** What happens to providers, and what the agency's own systems do. */
export const officeOf = (base = HERE) => ({
  /** null heals. */
  cut: (provider: string, kind: CutKind | null) => post(`providers/${provider}/cut`, { kind }, base),
  /** Every provider works, and nothing stands still. */
  heal: () => post('providers', {}, base),
  pause: (id: string, paused: boolean) => post(`providers/${id}/pause`, { paused }, base),
  notice: (kind: (typeof NOTICES)[number], who: string) => post(`notices/${kind}`, { who }, base),
  /** `inbox`: of that app alone. */
  leaveAddresses: (who: string, inbox?: string) => post(`people/${encodeURIComponent(who)}/addresses`, { inbox }, base),
  received: async (): Promise<readonly ReceivedView[]> => {
    const answer = await fetch(`${base}/received`)
    if (!answer.ok) throw new Error(String(answer.status))
    return ((await answer.json()) as { items: ReceivedView[] }).items
  },
})
export const office = officeOf()

export const enterDesk = () => post('session', {})
export const addPerson = (person: { country: string; phone: boolean; name: string }) => post<PersonView>('people', person)
export const passTime = async (ms: number): Promise<void> => setHouseTime((await post<{ now: number }>('clock', { ms })).now)

export type Phones = { readonly state: SimState | null; readonly cut: boolean; readonly look: () => void }

export const usePhones = (who: string | null, base = HERE): Phones => {
  const [state, setState] = useState<SimState | null>(null)
  const [cut, setCut] = useState(false)
  const seen = useRef('')
  const hurry = useRef(() => {})
  const look = useCallback(() => hurry.current(), [])

  useEffect(() => {
    let timer = 0
    let over = false
    seen.current = ''
    const once = async () => {
      const query = new URLSearchParams({ seen: seen.current, ...(who ? { who } : {}) })
      const answer = await fetch(`${base}/state?${query}`)
      if (over || answer.status === 204) return
      if (!answer.ok) throw new Error(String(answer.status))
      const next = (await answer.json()) as SimState
      if (over) return
      seen.current = next.version
      setHouseTime(next.now)
      setState(next)
    }
    const beat = async () => {
      clearTimeout(timer)
      await once().then(
        () => over || setCut(false),
        () => over || setCut(true),
      )
      if (!over) timer = window.setTimeout(beat, document.hidden ? HIDDEN_MS : LOOK_MS)
    }
    hurry.current = () => void beat()
    document.addEventListener('visibilitychange', hurry.current)
    void beat()
    return () => {
      over = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', hurry.current)
    }
  }, [who, base])

  return { state, cut, look }
}

/** A picture without a camera: a sun over the sea. */
export const samplePicture = (): Promise<Blob | null> => {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 420
  const brush = canvas.getContext('2d')
  if (brush) {
    const sky = brush.createLinearGradient(0, 0, 0, 270)
    sky.addColorStop(0, '#28456b')
    sky.addColorStop(0.6, '#d98b5f')
    sky.addColorStop(1, '#f7d08a')
    brush.fillStyle = sky
    brush.fillRect(0, 0, 640, 270)
    brush.fillStyle = '#fff1cf'
    brush.beginPath()
    brush.arc(410, 236, 44, 0, 7)
    brush.fill()
    brush.fillStyle = '#0b5c5e'
    brush.fillRect(0, 270, 640, 150)
    brush.fillStyle = 'rgb(255 241 207 / 35%)'
    for (let wave = 0; wave < 9; wave += 1) brush.fillRect(410 - 60 + wave * 5, 280 + wave * 15, 120 - wave * 10, 4)
  }
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
}
