/** Google's Gemini API: `generateContent` and `streamGenerateContent`. */
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import type { Engine } from '../../core/engine.ts'
import { MODEL_TASKS, openModel } from '../model/perform.ts'
import { type Config, config } from './config.ts'
import { readRefusal } from './failures.ts'

export const google: Engine<Config> = {
  kind: 'google',
  config,
  tasks: MODEL_TASKS,
  open: (settings, tools) =>
    openModel(settings, tools, {
      model: (fetch) =>
        createGoogleGenerativeAI({ baseURL: settings.baseUrl.replace(/\/+$/, ''), apiKey: settings.apiKey, fetch })(settings.model),
      readRefusal,
    }),
}
