/** Mistral's chat completions. */
import { createMistral } from '@ai-sdk/mistral'
import type { Engine } from '../../core/engine.ts'
import { MODEL_TASKS, openModel } from '../model/perform.ts'
import { type Config, config } from './config.ts'
import { readRefusal } from './failures.ts'

export const mistral: Engine<Config> = {
  kind: 'mistral',
  config,
  tasks: MODEL_TASKS,
  open: (settings, tools) =>
    openModel(settings, tools, {
      model: (fetch) => createMistral({ baseURL: settings.baseUrl.replace(/\/+$/, ''), apiKey: settings.apiKey, fetch })(settings.model),
      readRefusal,
    }),
}
