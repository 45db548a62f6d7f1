/** A page's settings: one Zod schema validates them, documents them and draws the form. */
import { z } from 'zod'
import { asks } from '../../core/form.ts'
import type { ChatSetup } from '../../core/visitor.ts'

const colour = z
  .string()
  .refine((text) => /^#[0-9A-Fa-f]{6}$/.test(text), asks({ fr: 'une couleur comme #0B5C5E', en: 'a colour such as #0B5C5E' }))
  .meta({ pattern: '^#[0-9A-Fa-f]{6}$' })

/** What a browser calls an origin: no path, nothing behind it. */
const isOrigin = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text
const origin = z.string().refine(
  isOrigin,
  asks({
    fr: 'l’adresse d’un site, sans rien derrière, comme https://www.example.fr',
    en: 'the address of a site with nothing behind it, such as https://www.example.fr',
  }),
)

export const config = z.strictObject({
  origins: z.array(origin).default([]).describe('Sites that may show the page in a frame; none where unset.'),
  look: z
    .strictObject({
      accent: colour.default('#0B5C5E').describe('The brand’s colour, for buttons and links.'),
      accentDark: colour.optional().describe('The same on a dark ground; made of `accent` where unset.'),
      logo: z.string().min(1).optional().describe('A file of the workspace: SVG, PNG or WebP.'),
    })
    .prefault({})
    .describe('What the page looks like.'),
  welcome: z
    .strictObject({ fr: z.string().min(1), en: z.string().min(1) })
    .optional()
    .describe('What stands above the first message, in both languages.'),
  signIn: z
    .strictObject({
      algorithm: z.enum(['EdDSA', 'RS256', 'ES256', 'HS256']).describe('How the site signs; a token signed in another way is refused.'),
      key: z
        .string()
        .min(32)
        .describe('The site’s public key (PEM, SPKI), or for HS256 the secret that both have, of 32 characters or more.')
        .meta({ secret: true }),
      issuer: z.string().min(1).describe('The token’s `iss`: the site.'),
      audience: z.string().min(1).describe('The token’s `aud`: this page.'),
    })
    .optional()
    .describe('Customers who are signed in on the business’s site are known here by a token that the site signs (docs/bridge.md).'),
})
export type WebConfig = z.output<typeof config>

export const chatOf = ({ origins, look, welcome, signIn }: WebConfig): ChatSetup => ({
  origins,
  look: { accent: look.accent, accentDark: look.accentDark ?? null, logo: look.logo ?? null },
  welcome: welcome ?? null,
  signIn: signIn ?? null,
})
