/** Each connector's question against its imitation provider: answered truly under every cut, and nothing sent by it. */
import { afterEach, describe, expect, it } from 'vitest'
import { openProvider, type Provider } from '../../simulators/rehearsal/index.ts'
import { toolsWith } from '../../src/channels/contract/tools.ts'
import { channelOf } from '../../src/channels/index.ts'
import type { Abilities, OpenChannel } from '../../src/core/channel.ts'
import { realClock } from '../support/real-clock.ts'

const SETTINGS: Readonly<Record<string, Record<string, unknown>>> = {
  whatsapp: { phoneNumberId: '106540352242922', businessAccountId: '102290129340398', number: '+33465711000', apiVersion: 'v26.0' },
  twilio: { accountSid: `AC${'0'.repeat(32)}`, from: '38180' },
  ovhcloud: { serviceName: 'sms-ab12345-1', sender: 'LUMIERE' },
  email: { address: 'bonjour@rehearsal.example', name: 'Voyages Lumière' },
}

let provider: Provider | null = null
afterEach(() => provider?.stop())

const openOn = async (kind: string) => {
  const { seal, webhookUrl = '' } = toolsWith()
  const config = SETTINGS[kind] ?? {}
  const opened = await openProvider(kind, {
    clock: realClock,
    random: () => 0.5,
    fetch: async () => new Response(null),
    webhookUrl,
    seal,
    config,
    templates: [],
  })
  const channel = channelOf(kind)
  if (!opened || !channel) throw new Error(`Nobody imitates ${kind}.`)
  provider = opened
  const open: OpenChannel & Abilities = channel.open(
    channel.config.parse({ ...config, ...opened.settings }),
    toolsWith({ now: realClock.now, fetch: opened.fetch }),
  )
  return {
    provider: opened,
    answers: () =>
      open.probe
        ? open.probe(AbortSignal.timeout(5_000)).then(
            () => true,
            () => false,
          )
        : Promise.resolve(null),
  }
}

describe.each(Object.keys(SETTINGS))('whoever asks %s whether it answers', (kind) => {
  it('hears no while it is down or the account is closed, yes while sends alone are refused or never arrive, and sends nothing', async () => {
    const { provider, answers } = await openOn(kind)
    expect(await answers()).toBe(true)
    const told: Record<string, boolean | null> = {}
    for (const cut of ['refuses', 'silent', 'down', 'banned'] as const) {
      provider.cut(cut)
      told[cut] = await answers()
      provider.heal()
    }
    expect(told).toEqual({ refuses: true, silent: true, down: false, banned: false })
    expect([await answers(), provider.sends()]).toEqual([true, 0])
  })
})
