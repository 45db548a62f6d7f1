/**
 * Ed25519 keys and signatures (RFC 8032, https://www.rfc-editor.org/rfc/rfc8032). A public key reads `ed25519:` and its 32 bytes as base64url;
 * a signature is its 64 bytes as base64url. Both are taken in exactly one spelling, so that no changed character goes unseen.
 */
import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

const PUBLIC = /^ed25519:([A-Za-z0-9_-]{43})$/u
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/u

/** The 32 bytes of a public key, from either half of a pair. */
export const publicKeyOf = (key: KeyObject): string => {
  const half = key.type === 'private' ? createPublicKey(key) : key
  return `ed25519:${half.export({ format: 'jwk' }).x ?? ''}`
}

const decoded = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}

const keyIn = (text: string): KeyObject | null => {
  const x = PUBLIC.exec(text)?.[1]
  if (x === undefined || decoded(x) === null) return null
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  } catch {
    return null
  }
}

export const isPublicKey = (text: string): boolean => keyIn(text) !== null

export const signatureOf = (bytes: Uint8Array, privateKey: KeyObject): string => sign(null, bytes, privateKey).toString('base64url')

/** False for whatever is no key, no signature, or does not fit. */
export const isSignedBy = (publicKey: string, bytes: Uint8Array, signature: string): boolean => {
  const key = keyIn(publicKey)
  const signed = SIGNATURE.test(signature) ? decoded(signature) : null
  return key !== null && signed !== null && verify(null, bytes, key, signed)
}
