import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import type { ChannelSetup } from '../../core/workspace.ts'
import type { Rooms } from '../rooms.ts'
import { chatIcon } from './page.ts'

it.each([
  ['#0b5c5e', 'ffffff'],
  ['#ffd000', '14181c'],
])('draws the icon on %s', async (accent, drawing) => {
  const icon = chatIcon({} as Rooms, { chat: { look: { accent } } } as ChannelSetup)
  const png = Buffer.from(await icon.arrayBuffer())
  const palette = png.indexOf('PLTE')
  const shades = png.subarray(palette + 4, palette + 52)
  expect([`#${shades.subarray(0, 3).toString('hex')}`, shades.subarray(-3).toString('hex')]).toEqual([accent, drawing])
  expect(png.readUInt32BE(palette + 52)).toBe(crc32(png.subarray(palette, palette + 52)))
})
