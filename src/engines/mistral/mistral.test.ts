import { imitateVendor } from '../contract/imitation.ts'
import { engineContract, SECRET } from '../contract/index.ts'
import { mistral } from './index.ts'

engineContract({
  kind: 'mistral',
  tasks: mistral.tasks,
  make: () =>
    imitateVendor('mistral', (url, tools, stream) =>
      mistral.open(mistral.config.parse({ baseUrl: `${url}/v1`, model: 'm', apiKey: SECRET, stream }), tools),
    ),
  skip: (['filtered', 'refuses', 'refuses-the-question'] as const).map((name) => ({
    case: name,
    reason: 'Mistral has no sign for it: the words say so, cite nothing, and count as an abstention',
  })),
})
