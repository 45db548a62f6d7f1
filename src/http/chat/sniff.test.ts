import { describe, expect, it } from 'vitest'
import { safeName, sniff } from './sniff.ts'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const JPEG = Buffer.concat([
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  Buffer.from('JFIF\0'),
  Buffer.alloc(9),
  Buffer.from([0xff, 0xd9]),
])
const WEBP = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64')
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const ZIP = Buffer.concat([Buffer.from('PK'), Buffer.from([5, 6]), Buffer.alloc(18)])
const mimeOf = async (bytes: Uint8Array | string) => (await sniff(Buffer.from(bytes)))?.mime ?? null

describe('what a file is', () => {
  it('is told by its bytes: pictures, PDF and plain text', async () => {
    expect(await Promise.all([PNG, GIF, JPEG, WEBP, PDF, Buffer.from('Bonjour, été 2026\r\n')].map(mimeOf))).toEqual([
      'image/png',
      'image/gif',
      'image/jpeg',
      'image/webp',
      'application/pdf',
      'text/plain',
    ])
  })

  it('is nothing we take where a browser or a program would run it', async () => {
    const hostile = [
      '',
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '<?xml version="1.0"?><svg/>',
      '  <!DOCTYPE html><script>alert(1)</script>',
      '\uFEFF<html>',
      'MZ\x90\0',
      'PK\x03\x04abcdefghijklmnop',
      'a\0b',
      Buffer.from([0xff, 0xfe, 0x41]),
      Buffer.from('%!PS-Adobe-3.0\n'),
    ]
    expect(await Promise.all(hostile.map(mimeOf))).toEqual(hostile.map(() => null))
  })

  it('is nothing we take where it is two things at once', async () => {
    const both = [
      Buffer.concat([PNG, ZIP]),
      Buffer.concat([PNG, Buffer.from('<script>alert(1)</script>')]),
      Buffer.concat([GIF, Buffer.from('/*<script>alert(1)</script>;')]),
      Buffer.from('GIF89a/*<svg onload=alert(1)>*/=1;'),
      Buffer.concat([JPEG.subarray(0, -2), Buffer.from('<script>alert(1)</script>'), JPEG.subarray(-2)]),
      Buffer.concat([JPEG, Buffer.from('MZ rest')]),
      Buffer.concat([WEBP, Buffer.from('more')]),
      Buffer.concat([PDF, ZIP]),
      Buffer.concat([Buffer.from('MZ\n'), PDF]),
      PNG.subarray(0, -4),
    ]
    expect(await Promise.all(both.map(mimeOf))).toEqual(both.map(() => null))
  })
})

it('a name is shown without folders and turns, and ends as what it is', async () => {
  const png = await sniff(PNG)
  if (!png) throw new Error('a picture')
  const names = [
    'plage.png',
    'plage.JPG',
    '../../etc/passwd',
    'C:\\x\\virus.exe',
    'photo\u202Egnp.exe',
    '.htaccess',
    '',
    `${'a'.repeat(300)}.png`,
    'a\nb".png',
  ]
  expect(names.map((name) => safeName(name, png))).toEqual([
    'plage.png',
    'plage.JPG.png',
    'passwd.png',
    'virus.exe.png',
    'photognp.exe.png',
    'htaccess.png',
    'file.png',
    `${'a'.repeat(110)}….png`,
    'ab_.png',
  ])
})
