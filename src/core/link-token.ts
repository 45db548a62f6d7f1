/** The token of a link: its id with the house's seal on it, so that what was made up is known as such before anybody looks it up. */
import { Buffer } from 'node:buffer'
import { timingSafeEqual } from 'node:crypto'
import { asId, type LinkId } from './ids.ts'
import type { Tokens } from './link.ts'

const PREFIX = 'lnk_'
const ID_BYTES = 16
const SEAL_BYTES = 8
const TOKEN = /^[\w-]{32}$/

/** `seal`: an HMAC by the house's secret, base64url. 64 bits of it: each guess costs a request, and a hit still needs a link that lives. */
export const tokensOf = (seal: (text: string) => string): Tokens => {
  const token = (id: LinkId): string => {
    const bytes = Buffer.from(id.slice(PREFIX.length).replaceAll('-', ''), 'hex')
    return Buffer.concat([bytes, Buffer.from(seal(id), 'base64url').subarray(0, SEAL_BYTES)]).toString('base64url')
  }
  return {
    token,
    read: (given) => {
      if (!TOKEN.test(given)) return null
      const hex = Buffer.from(given, 'base64url').subarray(0, ID_BYTES).toString('hex')
      const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
      const id = asId<LinkId>(PREFIX + uuid)
      return timingSafeEqual(Buffer.from(token(id)), Buffer.from(given)) ? id : null
    },
  }
}
