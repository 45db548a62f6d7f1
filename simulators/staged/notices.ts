/** What the invented agency's own systems send by themselves. The templates are the demo workspace's. */

/** A call of the business's own API, but for whom it is to. */
type Notice = { readonly path: '/messages' | '/codes'; readonly body: object }

const DAY = 86_400_000
const dayOf = (at: number, language: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/Paris' }).format(at)

const FRENCH = new Set(['FR', 'BE', 'CH', 'LU', 'MC'])

/** null where there is none of that kind. */
export const noticeOf = (kind: string, name: string, country: string, now: number): Notice | null => {
  const language = FRENCH.has(country) ? 'fr' : 'en'
  const first = name.split(' ')[0] ?? name
  const [leaves, balance] = [dayOf(now + 62 * DAY, language), dayOf(now + 32 * DAY, language)]
  // The agency begins where most of its customers are, whatever this one wrote by last.
  const utility = (template: string, reference: string, ...values: readonly string[]): Notice => {
    const parameters = Object.fromEntries(values.map((value, at) => [String(at + 1), value]))
    const body = {
      category: 'utility',
      template: { name: template, language, parameters },
      reference,
      channel: 'whatsapp',
      plan: 'default',
    }
    return { path: '/messages', body }
  }
  const there = language === 'fr' ? 'Lisbonne' : 'Lisbon'
  switch (kind) {
    case 'order':
      return utility('booking_confirmation', 'VL204518', first, 'VL204518', there, leaves, balance)
    case 'reminder':
      return utility(
        'appointment_reminder',
        'appointment',
        first,
        dayOf(now + DAY, language),
        language === 'fr' ? '10\u00a0h\u00a030' : '10:30',
        'Lyon Bellecour',
      )
    case 'code':
      return { path: '/codes', body: { purpose: 'login', language } }
    default:
      return null
  }
}
