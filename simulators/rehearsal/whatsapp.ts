/** The imitation of the platform, as a rehearsal plays it. */
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
  let cut: string | null = null
  const userOf = ({ phone, name }: Customer): User | null =>
    phone === null ? null : (simulator.findUser(phone) ?? simulator.user({ phone, name }))
  return {
    settings: { ...SECRETS, apiUrl: 'https://rehearsal.invalid' },
    fetch: (request) => simulator.fetch(request),
    admit: (customer) => void userOf(customer),
    write: (customer, text) => {
      const user = userOf(customer)
      if (!user || cut === 'refuses') return false
      user.sendText(text)
      user.read()
      return true
    },
    cut: (how) => {
      cut = how
      if (how === 'refuses') simulator.account.ban()
      if (how === 'down') simulator.faults.chance('503', 1, { on: 'any' })
      if (how === 'silent') for (const user of simulator.users()) user.goOffline()
    },
    heal: () => {
      if (cut === 'refuses') simulator.account.reinstate()
      simulator.faults.clear()
      if (cut === 'silent') for (const user of simulator.users()) user.goOnline()
      cut = null
    },
    shown: () =>
      simulator.ledger.shown().map(({ shownAt, to, attempt, body }) => ({
        at: shownAt ?? 0,
        to: to.replace(/\D/g, ''),
        attempt,
        words: JSON.stringify(body),
      })),
    sends: () => simulator.ledger.sends.filter(({ type }) => type !== 'read').length,
    stop: async () => simulator.stop(),
  }
}
