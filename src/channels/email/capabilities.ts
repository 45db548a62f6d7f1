/** What a mailbox can do. Sizes: what the large providers take (25 MB a mail, a third of it lost to base64), read 2026-11-22: https://support.google.com/a/answer/1366776 */
import { type Capabilities, WITHOUT_CHOICES } from '../../core/capability.ts'

const MB = 1024 * 1024
/** Of one attachment that is taken in; larger ones are named, and left where they are. */
export const LARGEST_FILE = 25 * MB
const file = (...types: string[]) => ({ bytes: 18 * MB, types })

export const capabilities: Capabilities = {
  identities: ['email'],
  text: 20_000,
  ...WITHOUT_CHOICES,
  link: { label: 80, body: 19_000 },
  caption: 20_000,
  media: {
    image: file('image/jpeg', 'image/png', 'image/gif', 'image/webp'),
    video: file('video/mp4'),
    audio: file('audio/mpeg', 'audio/mp4', 'audio/ogg'),
    document: file('application/pdf', 'text/plain', 'text/csv', 'application/zip', 'application/octet-stream'),
  },
  templates: false,
  standing: false,
  probes: true,
  reactions: false,
  listens: true,
  forgeable: true,
  unsubscribe: 'one-click',
  receipts: 'delivered',
  typing: false,
  echoesAttempt: true,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 5, pair: null },
}
