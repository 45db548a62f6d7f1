/** The imitations of SMS operators, as a rehearsal plays them. */
import { createSmsSimulator, type SmsOptions, type SmsSimulator } from '../sms/index.ts'
import { textOf } from '../wire.ts'
import type { Customer, Provider, ProviderTools } from './provider.ts'

const played = (simulator: SmsSimulator, settings: Provider['settings']): Provider => {
  const phoneOf = ({ phone }: Customer) => (phone === null ? null : simulator.phone(phone))
  return {
    settings,
    fetch: simulator.fetch,
    admit: (customer) => void phoneOf(customer),
    write(customer, text) {
      const phone = phoneOf(customer)
      if (!phone || simulator.cuts.now === 'banned') return false
      phone.write(text)
      return true
    },
    cut: (how) => simulator.cuts.turn(how),
    heal: () => simulator.cuts.turn(null),
    shown: () =>
      simulator.ledger.shown().map(({ at, shownAt, to, attempt, text }) => ({
        at: shownAt ?? 0,
        sentAt: at,
        to: to.replace(/\D/g, ''),
        attempt,
        words: text,
      })),
    sends: () => simulator.ledger.sends.length,
    stop: async () => simulator.stop(),
  }
}

type Common = Pick<SmsOptions, 'clock' | 'random' | 'fetch'>
const commonOf = ({ clock, random, fetch }: ProviderTools): Common => ({ clock, random, fetch })

export const openTwilio = async (tools: ProviderTools): Promise<Provider> => {
  const { config, webhookUrl } = tools
  const secrets = { accountSid: textOf(config.accountSid), authToken: 'rehearsal' }
  // A Messaging Service chooses among numbers: the rehearsal plays with one.
  const from = textOf(config.from) || '+33644630000'
  const simulator = createSmsSimulator({ ...commonOf(tools), operator: 'twilio', ...secrets, from, webhookUrl })
  return played(simulator, { ...secrets, from, messagingServiceSid: undefined, apiUrl: 'https://rehearsal.invalid' })
}

export const openOvhcloud = async (tools: ProviderTools): Promise<Provider> => {
  const { config, webhookUrl, seal } = tools
  const secrets = { applicationKey: 'rehearsal', applicationSecret: 'rehearsal-secret', consumerKey: 'rehearsal' }
  const events = `${webhookUrl}/${seal('events')}`
  const simulator = createSmsSimulator({
    ...commonOf(tools),
    operator: 'ovhcloud',
    ...secrets,
    serviceName: textOf(config.serviceName),
    callBack: events,
    cgiUrl: events,
    stopCallBack: `${webhookUrl}/${seal('stop')}`,
    ...(textOf(config.sender) ? { sender: textOf(config.sender) } : {}),
  })
  return played(simulator, { ...secrets, apiUrl: 'https://rehearsal.invalid/1.0' })
}
