/** Every kind of engine, one line each. */
import { anthropic } from './anthropic/index.ts'
import { extractive } from './extractive/index.ts'
import { google } from './google/index.ts'
import { mistral } from './mistral/index.ts'
import { openai } from './openai/index.ts'
import { openaiCompatible } from './openai-compatible/index.ts'

export const engines = {
  anthropic,
  extractive,
  google,
  mistral,
  openai,
  'openai-compatible': openaiCompatible,
}
