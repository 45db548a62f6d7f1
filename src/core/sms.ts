/**
 * In how many parts a text leaves as SMS. GSM 03.38's basic alphabet packs 160 characters into a message, or 153 into each of several; a
 * character of its extension table counts twice. Anything else takes UCS-2: 70, or 67 each. No national shift table is assumed.
 * 3GPP TS 23.038 § 6.2.1; operators count alike: https://help.ovhcloud.com/csm/en-ie-sms-faq?id=kb_article_view&sysparm_article=KB0075339
 * (read 2026-11-22)
 */
import { type Capabilities, WITHOUT_CHOICES } from './capability.ts'
import type { Words } from './language.ts'

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENSION = new Set('\f^{}\\[~]|€')

type Plan = { readonly encoding: 'gsm-7' | 'ucs-2'; readonly units: readonly number[]; readonly alone: number; readonly joined: number }

/** What each character takes: an escape and its character, or the two halves of a surrogate pair, are never torn. */
const planOf = (text: string): Plan => {
  const characters = [...text]
  const gsm = characters.every((one) => BASIC.has(one) || EXTENSION.has(one))
  return gsm
    ? { encoding: 'gsm-7', units: characters.map((one) => (EXTENSION.has(one) ? 2 : 1)), alone: 160, joined: 153 }
    : { encoding: 'ucs-2', units: characters.map((one) => one.length), alone: 70, joined: 67 }
}

const sum = (units: readonly number[]): number => units.reduce((all, one) => all + one, 0)

export type Segments = { readonly encoding: 'gsm-7' | 'ucs-2'; readonly units: number; readonly parts: number }

export const segmentsOf = (text: string): Segments => {
  const { encoding, units, alone, joined } = planOf(text)
  const all = sum(units)
  if (all <= alone) return { encoding, units: all, parts: 1 }
  let parts = 1
  let used = 0
  for (const unit of units) {
    if (used + unit > joined) {
      parts += 1
      used = 0
    }
    used += unit
  }
  return { encoding, units: all, parts }
}

/** How many are sent, and charged, for this text. */
export const partsOf = (text: string): number => segmentsOf(text).parts

/**
 * French typography in what SMS can carry for one part instead of two: its spaces and apostrophes are not of the basic alphabet, and one of
 * them alone more than halves what fits. Words stay as they are written.
 */
export const plainTypography = (text: string): string =>
  text
    .replace(/[\u00a0\u2009\u202f]/g, ' ')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/ ?[«»] ?/g, (mark) => (mark.includes('«') ? `${mark.startsWith(' ') ? ' ' : ''}"` : `"${mark.endsWith(' ') ? ' ' : ''}`))
    .replace(/[–—]/g, '-')
    .replaceAll('…', '...')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'OE')

/** What SMS can do, whoever operates it. An operator tells beside it where it keeps to it, and whether a receipt names the attempt. */
export const SMS_CAPABILITIES = {
  identities: ['sms'],
  // Ten parts of plain text.
  text: 1530,
  ...WITHOUT_CHOICES,
  link: null,
  media: {},
  templates: false,
  standing: false,
  probes: true,
  reactions: false,
  parts: (text) => partsOf(plainTypography(text)),
  receipts: 'delivered',
  typing: false,
  idempotent: false,
  windowHours: null,
  rates: { perSecond: 10, pair: null },
} as const satisfies Partial<Capabilities>

/** What to do about a number or a network, whichever operator told of it. */
export const SMS_REMEDIES = {
  number: {
    fr: 'Ce numéro ne reçoit pas de SMS : demandez-en un autre à cette personne, ou écrivez-lui par un autre canal.',
    en: 'This number takes no SMS: ask the person for another, or write on another channel.',
  },
  undelivered: {
    fr: 'Le réseau du destinataire n’a pas remis le SMS : écrivez par un autre canal, ou plus tard.',
    en: 'The receiver’s network did not deliver the SMS: write on another channel, or later.',
  },
} as const satisfies Record<string, Words>
