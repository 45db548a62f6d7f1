/** The imitation of the platform, as a rehearsal plays it. */
import { makeCuts } from '../whatsapp/cut.ts'
import { createWhatsAppSimulator, type Template, type User } from '../whatsapp/index.ts'
import { textOf } from '../wire.ts'
import type { Customer, Provider, ProviderTools } from './provider.ts'

const SECRETS = { accessToken: 'rehearsal', appSecret: 'rehearsal-secret', verifyToken: 'rehearsal' }

export const openWhatsApp = async ({ clock, random, fetch, webhookUrl, config, templates }: ProviderTools): Promise<Provider> => {
  const simulator = createWhatsAppSimulator({
    clock,
    random,
    fetch,
    webhookUrl,
    ...SECRETS,
    businessAccountId: textOf(config.businessAccountId),
    phoneNumberId: textOf(config.phoneNumberId),
    displayNumber: textOf(config.number) || '+33465711000',
    templates: templates.map(({ name, language, category, text }) => ({
      name,
      language,
      category: category.toUpperCase() as Template['category'],
      status: 'APPROVED',
      components: [{ type: 'BODY', text }],
    })),
  })
  const cuts = makeCuts(simulator)
  const userOf = ({ phone, name }: Customer): User | null => {
    const known = phone === null ? null : simulator.findUser(phone)
    if (phone === null || known) return known ?? null
    const user = simulator.user({ phone, name })
    cuts.meet(user)
    return user
  }
  return {
    settings: { ...SECRETS, apiUrl: 'https://rehearsal.invalid' },
    fetch: (request) => simulator.fetch(request),
    admit: (customer) => void userOf(customer),
    write: (customer, text) => {
      const user = userOf(customer)
      if (!user || cuts.now === 'banned') return false
      user.sendText(text)
      user.read()
      return true
    },
    cut: (how) => cuts.turn(how),
    heal: () => cuts.turn(null),
    shown: () =>
      simulator.ledger.shown().map(({ at, shownAt, to, attempt, body }) => ({
        at: shownAt ?? 0,
        sentAt: at,
        to: to.replace(/\D/g, ''),
        attempt,
        words: JSON.stringify(body),
      })),
    sends: () => simulator.ledger.sends.filter(({ type }) => type !== 'read').length,
    stop: async () => simulator.stop(),
  }
}
