/** The demo's stage: imitation providers on this machine, a clock that can be moved, and the controls of `/sim`. */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join as joinPath } from 'node:path'
import { parse } from 'yaml'
import { createBookingSimulator } from '../../simulators/booking/index.ts'
import { type Control, createControl } from '../../simulators/control.ts'
import { COUNTRIES, join } from '../../simulators/customers.ts'
import { type MailProvider, startMailProvider } from '../../simulators/email/index.ts'
import { answerCarefully, createOpenAISimulator } from '../../simulators/openai/index.ts'
import { serve } from '../../simulators/serve.ts'
import { createSmsSimulator } from '../../simulators/sms/index.ts'
import { stageMail } from '../../simulators/staged/mail.ts'
import { stageModel } from '../../simulators/staged/model.ts'
import { stageSms } from '../../simulators/staged/sms.ts'
import { stageWhatsApp } from '../../simulators/staged/whatsapp.ts'
import { createWhatsAppSimulator, type Template, type TemplateButton, type User } from '../../simulators/whatsapp/index.ts'
import type { Access } from '../core/access.ts'
import type { Clock } from '../core/ports.ts'
import { hashSecret, makeSecret } from '../http/caller.ts'
import { systemClock } from './clock.ts'
import { aheadIn, DEMO } from './demo-beside.ts'
import { withPassingKey } from './passing-key.ts'

const random = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48
const AGENT = { id: 'claire', name: 'Claire', role: 'agent', revokedAt: null } as const
const OFFICE = { id: 'agence', name: 'Agence', role: 'admin', revokedAt: null } as const
/** A short code of the kind kept for service messages in France. */
const SMS_SENDER = '38180'
const MAILBOX = 'bonjour@voyages-lumiere.example'
const secret = (): string => randomBytes(24).toString('base64url')

/**
 * The machine's clock, moved ahead at will: what waits for a time that is leapt over happens at once. `told` hears how far ahead it is, ms,
 * so that a restart goes on from there.
 */
export const createMovableClock = (
  clock: Clock,
  before = 0,
  told: (ahead: number) => void = () => {},
): Clock & { advance(ms: number): void } => {
  let ahead = before
  const waiting = new Map<object, { due: number; call: () => void; cancel: () => void }>()
  const now = () => clock.now() + ahead
  const plan = (key: object, due: number, call: () => void) => {
    const fire = () => {
      waiting.delete(key)
      call()
    }
    waiting.set(key, { due, call, cancel: clock.after(Math.max(0, due - now()), fire) })
  }
  return {
    now,
    after: (ms, call) => {
      const key = {}
      plan(key, now() + ms, call)
      return () => {
        waiting.get(key)?.cancel()
        waiting.delete(key)
      }
    },
    advance: (ms) => {
      ahead += ms
      told(ahead)
      for (const [key, { due, call, cancel }] of [...waiting]) {
        cancel()
        plan(key, due, call)
      }
    },
  }
}

/** The button of every approved authentication template: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/authentication-templates/authentication-templates (read 2026-11-22). */
const COPY_CODE: TemplateButton = {
  type: 'URL',
  text: 'Copy code',
  url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}',
}

/** The workspace's templates as the platform would hold them, approved. */
const templatesOf = async (): Promise<Template[]> => {
  const folder = joinPath(DEMO, 'templates')
  const templates: Template[] = []
  for (const file of await readdir(folder)) {
    const source = parse(await readFile(joinPath(folder, file), 'utf8'))
    for (const { name, category, text, buttons = [] } of [source].flat()) {
      for (const [language, words] of Object.entries<string>(text)) {
        const replies: TemplateButton[] = buttons.map((one: { label: Record<string, string> }) => ({
          type: 'QUICK_REPLY',
          text: one.label[language] ?? '',
        }))
        const below = category === 'authentication' ? [COPY_CODE] : replies
        templates.push({
          name,
          language,
          category: String(category).toUpperCase() as Template['category'],
          status: 'APPROVED',
          components: [{ type: 'BODY', text: words }, ...(below.length ? [{ type: 'BUTTONS' as const, buttons: below }] : [])],
        })
      }
    }
  }
  return templates
}

export type Stage = {
  readonly env: Readonly<Record<string, string>>
  readonly clock: ReturnType<typeof createMovableClock>
  readonly whatsapp: ReturnType<typeof createWhatsAppSimulator>
  readonly sms: ReturnType<typeof createSmsSimulator>
  readonly mail: MailProvider
  readonly engine: ReturnType<typeof createOpenAISimulator>
  readonly booking: ReturnType<typeof createBookingSimulator>
  /** Lets the demo's agent and the agency's back office in, who have no key of their own. */
  readonly access: (stored: Access) => Access
  /** Somebody new of a country; known by a user id alone where the imitation has no numbers of that country. */
  newcomer(country: string): User
  /** What the house's API says to its agent. */
  ask(house: (request: Request) => Promise<Response>): <T>(path: string) => Promise<T>
  /** `/sim/api`, over the running house. */
  control(house: (request: Request) => Promise<Response>): Control
  close(): Promise<void>
}

type StageOptions = {
  /** Where the house listens, as this machine reaches it. */
  readonly origin: string
  /** Below which path it stands there; at the root where unset. */
  readonly below?: string
  /** The instant it is there, ms; the machine's own where unset. */
  readonly at?: number
  readonly throughput?: number
  /** Keeps how far the clock was moved ahead; without it a restart forgets it. */
  readonly clockFile?: string
}

export const openStage = async ({ origin, below = '', at, throughput, clockFile }: StageOptions): Promise<Stage> => {
  const clock = clockFile
    ? createMovableClock(systemClock, await aheadIn(clockFile), (ahead) => writeFileSync(clockFile, String(ahead)))
    : createMovableClock(systemClock, at === undefined ? 0 : at - systemClock.now())
  const house = `${origin}${below}`
  const [appSecret, accessToken, verifyToken] = [secret(), secret(), secret()]
  const whatsapp = createWhatsAppSimulator({
    clock,
    random,
    fetch: (url, init) => fetch(url, init),
    appSecret,
    accessToken,
    verifyToken,
    businessAccountId: '102290129340398',
    phoneNumberId: '106540352242922',
    displayNumber: '+33465711000',
    verifiedName: 'Voyages Lumière',
    webhookUrl: `${house}/webhooks/whatsapp`,
    templates: await templatesOf(),
    ...(throughput ? { throughput } : {}),
  })
  const engine = createOpenAISimulator({ clock, models: ['demo'], answer: answerCarefully })
  const smsAccount = { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken: secret() }
  const sms = createSmsSimulator({
    operator: 'twilio',
    ...smsAccount,
    clock,
    random,
    fetch: (url, init) => fetch(url, init),
    from: SMS_SENDER,
    webhookUrl: `${house}/webhooks/sms`,
  })
  const mail = await startMailProvider({ address: MAILBOX, clock, password: secret() })
  const booking = createBookingSimulator({ clock })
  const [graph, model, bookings, operator] = await Promise.all([serve(whatsapp), serve(engine), serve(booking), serve(sms)])
  whatsapp.publicUrl = graph.url
  const [key, office] = [makeSecret(randomBytes(32)), makeSecret(randomBytes(32))]
  const messenger = stageWhatsApp(whatsapp)
  const providers = [messenger, stageSms(sms), stageMail(mail, (url, init) => fetch(url, init)), stageModel(engine)]
  const business = { name: 'Voyages Lumière', phone: '+33465711000', timezone: 'Europe/Paris' }
  return {
    access: (stored) => {
      const createdAt = clock.now()
      const withAgent = withPassingKey(stored, { ...AGENT, createdAt }, hashSecret(key))
      return withPassingKey(withAgent, { ...OFFICE, createdAt }, hashSecret(office))
    },
    newcomer: (country) => {
      const user = join(whatsapp, random, country, COUNTRIES.includes(country))
      messenger.meet(user)
      return user
    },
    ask:
      (house) =>
      async <T>(path: string) => {
        const answer = await house(new Request(`http://demo/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } }))
        if (!answer.ok) throw new Error(`The house answers ${answer.status}.`)
        return (await answer.json()) as T
      },
    control: (house) =>
      createControl({ whatsapp, bookings: booking, providers, meet: messenger.meet, clock, random, business, house, key, office }),
    clock,
    whatsapp,
    sms,
    mail,
    engine,
    booking,
    env: {
      // Where the imitations call the house.
      PUBLIC_URL: house,
      WHATSAPP_API_URL: graph.url,
      WHATSAPP_TOKEN: accessToken,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: verifyToken,
      SMS_API_URL: operator.url,
      SMS_ACCOUNT: smsAccount.accountSid,
      SMS_TOKEN: smsAccount.authToken,
      MAIL_SMTP_PORT: String(mail.smtpPort),
      MAIL_IMAP_PORT: String(mail.imapPort),
      MAIL_PASSWORD: mail.password,
      ENGINE_URL: model.url,
      BOOKING_URL: bookings.url,
    },
    close: async () => {
      whatsapp.stop()
      sms.stop()
      await mail.close()
      await Promise.all([graph, model, bookings, operator].map((one) => one.close()))
    },
  }
}
