import type { OpenAISimulator } from '../openai/index.ts'
import type { CutKind } from '../phone-view.ts'
import type { StagedProvider } from './provider.ts'

const BEHAVIOUR = { refuses: { kind: 'quota' }, silent: { kind: 'silent' }, down: { kind: 'overloaded' } } as const

/** The engine `main`. `silent`: it takes the question and never answers. */
export const stageModel = (simulator: OpenAISimulator): StagedProvider => {
  let cut: keyof typeof BEHAVIOUR | null = null
  const known = (kind: CutKind | null) => (kind === 'refuses' || kind === 'silent' || kind === 'down' ? kind : null)
  return {
    id: 'main',
    cuts: ['down', 'silent', 'refuses'],
    get cut() {
      return cut
    },
    turn: (kind) => {
      cut = known(kind)
      simulator.always(cut ? BEHAVIOUR[cut] : { kind: 'answer' })
    },
    received: () =>
      simulator.ledger.map(({ n, at, model, status, said }) => ({
        n,
        at,
        to: model,
        kind: 'prompt',
        status,
        code: null,
        shownAt: said === null ? null : at,
      })),
  }
}
