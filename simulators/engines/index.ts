/** The imitations of AI engines by vendor. Chat completions of whoever speaks them stand in `../openai`. */
import { anthropic } from './anthropic.ts'
import { createEngineSimulator, type Dialect, type EngineOptions, type EngineSimulator } from './engine.ts'
import { google } from './google.ts'
import { mistral } from './mistral.ts'
import { openai } from './openai.ts'

export type { Behaviour, EngineSimulator } from './engine.ts'

const DIALECTS = { anthropic, google, mistral, openai } as const satisfies Record<string, Dialect>
export type Vendor = keyof typeof DIALECTS
export const VENDORS = Object.keys(DIALECTS) as readonly Vendor[]
export const isVendor = (name: string): name is Vendor => Object.hasOwn(DIALECTS, name)

export const createVendorSimulator = (vendor: Vendor, options: EngineOptions): EngineSimulator =>
  createEngineSimulator(DIALECTS[vendor], options)
