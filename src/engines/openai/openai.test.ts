import { expect, it } from 'vitest'
import { createVendorSimulator } from '../../../simulators/engines/index.ts'
import { asId } from '../../core/ids.ts'
import { silentLog } from '../../core/ports.ts'
import { imitateVendor } from '../contract/imitation.ts'
import { engineContract, PROMPT, readEvents, SECRET } from '../contract/index.ts'
import { openai } from './index.ts'

engineContract({
  kind: 'openai',
  tasks: openai.tasks,
  make: () =>
    imitateVendor('openai', (url, tools, stream) =>
      openai.open(openai.config.parse({ baseUrl: `${url}/v1`, model: 'm', apiKey: SECRET, stream }), tools),
    ),
})

it('forbids OpenAI to keep what it is asked', async () => {
  const simulator = createVendorSimulator('openai', { clock: { now: () => 0, after: () => () => {} } })
  const fetch: typeof globalThis.fetch = (input, init) => simulator.fetch(new Request(input, init))
  const engine = openai.open(openai.config.parse({ model: 'm', apiKey: SECRET }), {
    fetch,
    now: () => 0,
    log: silentLog,
    engine: asId('main'),
  })
  await readEvents(engine.perform('answer', PROMPT, new AbortController().signal))
  expect(simulator.ledger[0]?.body).toMatchObject({ store: false, model: 'm', max_output_tokens: 500 })
})
