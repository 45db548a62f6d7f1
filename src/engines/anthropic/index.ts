/** Anthropic's Messages API. */
import { createAnthropic } from '@ai-sdk/anthropic'
import type { Engine } from '../../core/engine.ts'
import { MODEL_TASKS, openModel } from '../model/perform.ts'
import { type Config, config } from './config.ts'
import { readRefusal } from './failures.ts'

export const anthropic: Engine<Config> = {
  kind: 'anthropic',
  config,
  tasks: MODEL_TASKS,
  open: (settings, tools) =>
    openModel(settings, tools, {
      model: (fetch) => createAnthropic({ baseURL: settings.baseUrl.replace(/\/+$/, ''), apiKey: settings.apiKey, fetch })(settings.model),
      readRefusal,
    }),
}
