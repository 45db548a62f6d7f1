import { expect, it } from 'vitest'
import { asId } from '../../core/ids.ts'
import { examinationOfChannel } from './channels.ts'

it('says of a channel with the starter’s values that it has none of its own, and asks nobody', async () => {
  let asked = 0
  const config = { number: '+33600000000', accessToken: 'simulated' }
  const channel = examinationOfChannel({
    setup: { id: asId('whatsapp'), kind: 'whatsapp', scope: 'service', throughput: null, config },
    open: {
      receive: () => Promise.reject(new Error('not asked')),
      send: () => Promise.reject(new Error('not sent')),
      examine: async () => {
        asked += 1
        return []
      },
    },
    place: { file: 'relais.yaml', line: 10, column: 3 },
    templates: [],
    publicUrl: undefined,
    stored: Promise.resolve([]),
  })
  const { findings } = await channel.examine(new AbortController().signal)
  expect(findings).toMatchObject([{ id: 'channel-placeholder', level: 'error', place: { line: 10 } }])
  expect(findings[0]?.words.en).toContain('still has the placeholder values')
  expect(asked).toBe(0)
})
