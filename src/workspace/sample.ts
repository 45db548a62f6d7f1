/** What the tests of this room share: a folder in memory, and connectors that ask for little. */

import { z } from 'zod'
import { asks } from '../core/form.ts'
import { lineOf } from './fault.ts'
import { type Loaded, readWorkspace, type Setting } from './load.ts'

export const SETTING: Setting = {
  env: { TOKEN: 'very-secret-token', ORDERS_URL: 'https://orders.example.fr' },
  channels: {
    web: z.strictObject({ origins: z.array(z.url()).default([]) }),
    phone: z.strictObject({
      number: z.string().refine((text) => /^\+\d+$/.test(text), asks({ fr: 'un numéro international', en: 'an international number' })),
      accessToken: z.string().min(10),
      throughput: z.int().default(80),
    }),
  },
  engines: { extractive: z.strictObject({}), model: z.strictObject({ model: z.string(), apiKey: z.string().optional() }) },
}

export const MAIN = `workspace: { name: Voyages Lumière, country: FR }
channels:
  site: { kind: web }
engines:
  faq: { kind: extractive }
`

/** Loads a folder told as `{ 'relais.yaml': '…' }`. */
export const load = (files: Readonly<Record<string, string | Uint8Array>>, setting: Partial<Setting> = {}): Loaded =>
  readWorkspace(
    '/w',
    Object.entries(files).map(([file, content]) => ({
      file,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    })),
    { ...SETTING, ...setting },
  )

/** One line each, as a person reads them. */
export const lines = ({ findings }: Loaded): readonly string[] => findings.map((finding) => lineOf(finding, 'en'))
