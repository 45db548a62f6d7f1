/** Any endpoint that speaks chat completions: a provider's, or a local server (Ollama, vLLM, llama.cpp). */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Engine } from '../../core/engine.ts'
import { EXHAUSTED } from '../model/failures.ts'
import { MODEL_TASKS, openModel } from '../model/perform.ts'
import { type Config, config } from './config.ts'

export const openaiCompatible: Engine<Config> = {
  kind: 'openai-compatible',
  config,
  tasks: MODEL_TASKS,
  open: (settings, tools) =>
    openModel(settings, tools, {
      model: (fetch) =>
        createOpenAICompatible({
          name: 'openai-compatible',
          baseURL: settings.baseUrl.replace(/\/+$/, ''),
          ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
          fetch,
          includeUsage: true,
        }).chatModel(settings.model),
      readRefusal: ({ status, body }) => (status === 402 || (status === 429 && body.includes('"insufficient_quota"')) ? EXHAUSTED : {}),
    }),
}
