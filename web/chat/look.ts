/** The brand's colours, where text on them can be read; else ink. Contrast as WCAG 2.2 counts it. */
import type { Look } from './shapes.ts'

type Ground = { readonly paper: string; readonly ink: string }
const LIGHT: Ground = { paper: '#fafaf7', ink: '#14181c' }
const DARK: Ground = { paper: '#101416', ink: '#eceeea' }
const READABLE = 4.5

const luminanceOf = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
export const contrastOf = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].sort((one, other) => one - other)
  return (light + 0.05) / (dark + 0.05)
}
const isColour = (value: string | null | undefined): value is string => /^#[0-9a-f]{6}$/i.test(value ?? '')

/** White, else ink, else black: one of them can always be read. */
export const textOn = (accent: string): string =>
  ['#ffffff', LIGHT.ink, '#000000'].find((text) => contrastOf(text, accent) >= READABLE) ?? '#000000'
/** The accent as the colour of words, else ink. */
export const asText = (accent: string, ground: Ground): string => (contrastOf(accent, ground.paper) >= READABLE ? accent : ground.ink)

/** The page's tokens in the brand's colours; none where it has none. */
export const tokensOf = (look: Look | null): Readonly<Record<string, string>> => {
  if (!isColour(look?.accent)) return {}
  const light = look.accent
  const dark = isColour(look.accentDark) ? look.accentDark : light
  return {
    '--accent': `light-dark(${light}, ${dark})`,
    '--on-accent': `light-dark(${textOn(light)}, ${textOn(dark)})`,
    '--accent-text': `light-dark(${asText(light, LIGHT)}, ${asText(dark, DARK)})`,
    '--accent-soft': `color-mix(in srgb, light-dark(${light}, ${dark}) 10%, var(--sheet))`,
  }
}
