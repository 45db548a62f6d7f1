/** The imitation providers by kind of channel, as rehearsals play them. */
import { openEmail } from './email.ts'
import type { Provider, ProviderTools } from './provider.ts'
import { openOvhcloud, openTwilio } from './sms.ts'
import { openWhatsApp } from './whatsapp.ts'

export { type ImitatedEngine, openEngine } from './engine.ts'
export { CUTS, type Customer, type Cut, type Provider, type ProviderTools, type Shown } from './provider.ts'

const KINDS: Readonly<Record<string, (tools: ProviderTools) => Promise<Provider>>> = {
  email: openEmail,
  ovhcloud: openOvhcloud,
  twilio: openTwilio,
  whatsapp: openWhatsApp,
}

/** null where nobody imitates that kind: such a channel takes part in no rehearsal. */
export const openProvider = async (kind: string, tools: ProviderTools): Promise<Provider | null> => (await KINDS[kind]?.(tools)) ?? null
export const isImitated = (kind: string): boolean => Object.hasOwn(KINDS, kind)
