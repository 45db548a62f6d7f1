import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isPublicKey, isSignedBy, publicKeyOf, signatureOf } from './signing.ts'

const bytesOf = (hex: string): Buffer => Buffer.from(hex, 'hex')

describe('signatures', () => {
  it('are those of RFC 8032 (7.1, test 2)', () => {
    const seed = bytesOf('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    const key = createPrivateKey({ key: Buffer.concat([bytesOf('302e020100300506032b657004220420'), seed]), format: 'der', type: 'pkcs8' })
    const x = bytesOf('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c').toString('base64url')
    expect(publicKeyOf(key)).toBe(`ed25519:${x}`)
    expect(Buffer.from(signatureOf(bytesOf('72'), key), 'base64url').toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
  })

  it('fit one key and one text, in one spelling', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const text = Buffer.from('the text')
    const [mine, signature] = [publicKeyOf(privateKey), signatureOf(text, privateKey)]
    expect(isSignedBy(mine, text, signature)).toBe(true)
    expect(isSignedBy(mine, Buffer.from('the texT'), signature)).toBe(false)
    expect(isSignedBy(publicKeyOf(generateKeyPairSync('ed25519').publicKey), text, signature)).toBe(false)
    for (const other of ['', `${signature}=`, ` ${signature}`, `${signature.slice(0, -1)}`])
      expect(isSignedBy(mine, text, other)).toBe(false)
    // The last character of either carries bits that decoding drops: another one there would say the same bytes.
    const neighbours = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    expect(neighbours.filter((last) => isSignedBy(mine, text, signature.slice(0, -1) + last))).toHaveLength(1)
    expect(neighbours.filter((last) => isSignedBy(mine.slice(0, -1) + last, text, signature))).toHaveLength(1)
  })

  it('take nothing else for a key', () => {
    for (const text of ['', 'ed25519:', 'ed25519:abc', `rsa:${'A'.repeat(43)}`]) expect(isPublicKey(text)).toBe(false)
  })
})
