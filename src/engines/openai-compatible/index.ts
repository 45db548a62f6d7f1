/**
 * Any endpoint that speaks chat completions: a provider's, or a local server (Ollama, vLLM, llama.cpp).
 * config.ts what relais.yaml says · messages.ts what the model reads · sieve.ts what may leave while it writes ·
 * failures.ts what its refusals mean · perform.ts one call.
 */
import type { Engine } from '../../core/engine.ts'
import { type Config, config } from './config.ts'
import { openEngine } from './perform.ts'

export const openaiCompatible: Engine<Config> = {
  kind: 'openai-compatible',
  config,
  tasks: ['answer', 'classify', 'summarise'],
  open: openEngine,
}
