/**
 * In how many parts a text leaves as SMS. GSM 03.38's basic alphabet packs 160 characters into a message, or 153 into each of several; a
 * character of its extension table counts twice. Anything else takes UCS-2: 70, or 67 each. No national shift table is assumed.
 * 3GPP TS 23.038 § 6.2.1; operators count alike: https://help.ovhcloud.com/csm/en-ie-sms-faq?id=kb_article_view&sysparm_article=KB0075339
 * (read 2026-11-22)
 */
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
