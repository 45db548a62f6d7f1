/**
 * A file whose last line signs every byte before it: `<!-- relais-signature ed25519:<public key> <signature> -->`. Who has the public key can
 * check it with any program that knows Ed25519.
 */
import type { KeyObject } from 'node:crypto'
import { isSignedBy, publicKeyOf, signatureOf } from '../core/signing.ts'

const OPENING = '<!-- relais-signature '
const LAST = /^<!-- relais-signature (ed25519:\S+) (\S+) -->\n$/u

/** `page` ends with a line's end. */
export const sealPage = (page: string, privateKey: KeyObject): string => {
  if (!page.endsWith('\n')) throw new Error('the page does not end with a line’s end')
  return `${page}${OPENING}${publicKeyOf(privateKey)} ${signatureOf(Buffer.from(page), privateKey)} -->\n`
}

/** The key that signed exactly these bytes; null where none did. Whose key it is, only a comparison with the printed one tells. */
export const signerOf = (bytes: Uint8Array): string | null => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = file.lastIndexOf(OPENING)
  if (at < 1) return null
  const [, key = '', signature = ''] = LAST.exec(file.subarray(at).toString('latin1')) ?? []
  return isSignedBy(key, file.subarray(0, at), signature) ? key : null
}
