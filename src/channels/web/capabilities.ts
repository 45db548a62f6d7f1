/** What the house's own page can show. Nothing here is a provider's number. */
import type { Capabilities } from '../../core/capability.ts'

const BODY = 8_000
/** The page takes files up to this size; the house keeps them. */
const FILE = 10 * 1024 * 1024

export const capabilities: Capabilities = {
  identities: ['web'],
  text: BODY,
  buttons: { count: 10, label: 60, body: BODY },
  list: { rows: 30, label: 80, description: 200, button: 40, body: BODY },
  link: { label: 60, body: BODY },
  caption: 2_000,
  media: {
    image: { bytes: FILE, types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] },
    document: { bytes: FILE, types: ['application/pdf', 'text/plain'] },
  },
  templates: false,
  standing: false,
  reactions: false,
  receipts: 'read',
  typing: false,
  streams: true,
  cites: true,
  // A message's id there is its attempt's.
  echoesAttempt: true,
  idempotent: true,
  windowHours: null,
  rates: { perSecond: 1_000, pair: null },
}
