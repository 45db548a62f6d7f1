import { imitateVendor } from '../contract/imitation.ts'
import { engineContract, SECRET } from '../contract/index.ts'
import { google } from './index.ts'

engineContract({
  kind: 'google',
  tasks: google.tasks,
  make: () =>
    imitateVendor('google', (url, tools, stream) =>
      google.open(google.config.parse({ baseUrl: `${url}/v1beta`, model: 'm', apiKey: SECRET, stream }), tools),
    ),
})
