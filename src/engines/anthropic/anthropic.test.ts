import { imitateVendor } from '../contract/imitation.ts'
import { engineContract, SECRET } from '../contract/index.ts'
import { anthropic } from './index.ts'

engineContract({
  kind: 'anthropic',
  tasks: anthropic.tasks,
  make: () =>
    imitateVendor('anthropic', (url, tools, stream) =>
      anthropic.open(anthropic.config.parse({ baseUrl: `${url}/v1`, model: 'm', apiKey: SECRET, stream }), tools),
    ),
})
