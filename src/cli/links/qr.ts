/** A QR code as SVG, as PNG, and as letters of a terminal. */
import { crc32, deflateSync } from 'node:zlib'
import qrcode from 'qrcode-generator'

/** Without it readers do not find the code. */
const QUIET = 4
const DOTS = 12

export type Qr = { readonly size: number; readonly isDark: (row: number, column: number) => boolean }

/** Level M: 15 % of it may be worn off. */
export const qrOf = (text: string): Qr => {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const size = code.getModuleCount()
  return { size, isDark: (row, column) => row >= 0 && column >= 0 && row < size && column < size && code.isDark(row, column) }
}

const rows = ({ size }: Qr): readonly number[] => Array.from({ length: size }, (_, n) => n)

export const svgOf = (qr: Qr): string => {
  const side = qr.size + 2 * QUIET
  const dark = rows(qr).flatMap((y) => rows(qr).flatMap((x) => (qr.isDark(y, x) ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${side}v${side}H0z"/><path d="${dark.join('')}"/></svg>\n`
}

const chunk = (name: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Grey of eight bits. */
export const pngOf = (qr: Qr): Uint8Array => {
  const side = (qr.size + 2 * QUIET) * DOTS
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head[8] = 8
  const pixels = Buffer.alloc(side * (side + 1), 0xff)
  for (let y = 0; y < side; y += 1) {
    pixels[y * (side + 1)] = 0
    for (let x = 0; x < side; x += 1)
      if (qr.isDark(Math.floor(y / DOTS) - QUIET, Math.floor(x / DOTS) - QUIET)) pixels[y * (side + 1) + 1 + x] = 0
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}

/** Two rows a line; light on dark, as most terminals are, and readable on both by its frame. */
export const terminalOf = (qr: Qr): string => {
  const lines: string[] = []
  for (let y = -2; y < qr.size + 2; y += 2) {
    let line = ''
    for (let x = -2; x < qr.size + 2; x += 1) line += ' ▀▄█'[(qr.isDark(y, x) ? 0 : 1) + (qr.isDark(y + 1, x) ? 0 : 2)]
    lines.push(line)
  }
  return `${lines.join('\n')}\n`
}
