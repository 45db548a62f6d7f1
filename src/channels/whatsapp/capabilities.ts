/** What a WhatsApp number can do. https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and …/cloud-api/reference/media (read 2026-11-22) */
import type { Capabilities } from '../../core/capability.ts'

const MB = 1024 * 1024

export const capabilities: Capabilities = {
  identities: ['whatsapp', 'whatsapp_user'],
  text: 4096,
  buttons: { count: 3, label: 20, body: 1024 },
  list: { rows: 10, label: 24, description: 72, button: 20, body: 4096 },
  link: { label: 20, body: 1024 },
  caption: 1024,
  media: {
    image: { bytes: 5 * MB, types: ['image/jpeg', 'image/png'] },
    video: { bytes: 16 * MB, types: ['video/mp4', 'video/3gpp'] },
    audio: { bytes: 16 * MB, types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'] },
    document: {
      bytes: 100 * MB,
      types: [
        'application/pdf',
        'text/plain',
        'application/msword',
        'application/vnd.ms-excel',
        'application/vnd.ms-powerpoint',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      ],
    },
    sticker: { bytes: 500 * 1024, types: ['image/webp'] },
  },
  templates: true,
  standing: true,
  probes: true,
  reactions: true,
  receipts: 'read',
  typing: true,
  echoesAttempt: true,
  idempotent: false,
  windowHours: 24,
  rates: { perSecond: 80, pair: { seconds: 6, burst: 45 } },
}
