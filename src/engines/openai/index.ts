/** OpenAI's Responses API. */
import { createOpenAI } from '@ai-sdk/openai'
import type { Engine } from '../../core/engine.ts'
import { MODEL_TASKS, openModel } from '../model/perform.ts'
import { type Config, config } from './config.ts'
import { readRefusal } from './failures.ts'

export const openai: Engine<Config> = {
  kind: 'openai',
  config,
  tasks: MODEL_TASKS,
  open: (settings, tools) =>
    openModel(settings, tools, {
      model: (fetch) =>
        createOpenAI({ baseURL: settings.baseUrl.replace(/\/+$/, ''), apiKey: settings.apiKey, fetch }).responses(settings.model),
      // Nothing is kept at the provider's for later: the thread is ours.
      options: { openai: { store: false } },
      readRefusal,
    }),
}
