/** What the invented agency's own systems send by themselves. The templates are the demo workspace's. */

type Notice = {
  readonly category: 'utility' | 'authentication'
  readonly template: { readonly name: string; readonly language: string; readonly parameters: Readonly<Record<string, string>> }
}

const DAY = 86_400_000
const dayOf = (at: number, language: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { day: 'numeric', month: 'long', timeZone: 'Europe/Paris' }).format(at)

const FRENCH = new Set(['FR', 'BE', 'CH', 'LU', 'MC'])

/** null where there is none of that kind. */
export const noticeOf = (kind: string, name: string, country: string, now: number): Notice | null => {
  const language = FRENCH.has(country) ? 'fr' : 'en'
  const first = name.split(' ')[0] ?? name
  const [leaves, balance] = [dayOf(now + 62 * DAY, language), dayOf(now + 32 * DAY, language)]
  const utility = (template: string, ...values: readonly string[]): Notice => ({
    category: 'utility',
    template: { name: template, language, parameters: Object.fromEntries(values.map((value, at) => [String(at + 1), value])) },
  })
  const there = language === 'fr' ? 'Lisbonne' : 'Lisbon'
  switch (kind) {
    case 'order':
      return utility('booking_confirmation', first, 'VL204518', there, leaves, balance)
    case 'reminder':
      return utility('departure_reminder', first, there, leaves, 'VL204518')
    default:
      return null
  }
}
