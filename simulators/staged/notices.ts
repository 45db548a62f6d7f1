/** What the invented agency's own systems send by themselves. The templates are the demo workspace's. */

import { balanceDay, shown } from '../booking/bookings.ts'
import type { BookingSimulator } from '../booking/index.ts'

/** A call of the business's own API, but for whom it is to. */
type Notice = { readonly path: '/messages' | '/codes'; readonly body: object }

const DAY = 86_400_000
const dayOf = (at: number, language: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/Paris' }).format(at)

const FRENCH = new Set(['FR', 'BE', 'CH', 'LU', 'MC'])

/** What the agency knows of who is written to. */
type Addressee = { readonly name: string; readonly country: string; readonly language: string }

/** In the language that they write, else in their country's. null where there is none of that kind. */
export const noticeOf = (
  kind: string,
  { name, country, language: spoken }: Addressee,
  now: number,
  bookings: BookingSimulator,
): Notice | null => {
  const language = spoken === 'fr' || spoken === 'en' ? spoken : FRENCH.has(country) ? 'fr' : 'en'
  const first = name.split(' ')[0] ?? name
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
  switch (kind) {
    case 'order': {
      // What the journey “booking” will read of it.
      const booking = bookings.confirm(name)
      const { reference, destination, departureLabel } = shown(booking)
      const due = balanceDay(booking)[language]
      return utility('booking_confirmation', reference, first, reference, destination, departureLabel[language], due)
    }
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
