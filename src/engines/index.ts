/** Every kind of engine, one line each. */
import { extractive } from './extractive/index.ts'
import { openaiCompatible } from './openai-compatible/index.ts'

export const engines = {
  extractive,
  'openai-compatible': openaiCompatible,
}
