/**
 * What stands between a prompt and an engine outside this process: the one way by which a customer's words leave for a model, and the model's
 * come back. The chain of engines asks for it before every call; the shield room is it.
 */
import type { Prompt } from './engine.ts'
import type { EngineSetup } from './workspace.ts'

export type PersonalKind = 'name' | 'phone' | 'email' | 'address' | 'reference' | 'iban' | 'card' | 'nir' | 'siren'
/** What an engine was given of people: of each kind how often, never what. */
export type Left = { readonly as: 'pseudonyms' | 'clear'; readonly kinds: Readonly<Partial<Record<PersonalKind, number>>> }

/** `canary`: it gave away words of ours that nobody may see. `pseudonym`: it named somebody whom nobody named to it. */
export type Breach = 'canary' | 'pseudonym'

/** Takes an answer as it comes and gives what may be shown of it: what may still become something else is held back. */
export type Hearing = {
  push(text: string): string
  end(): string
  /** Why nothing of the answer may be used; null: nothing against it so far. */
  readonly breach: Breach | null
}
/** `left`: what leaves this process; null where nothing does. */
export type Guarded = { readonly prompt: Prompt; readonly left: Left | null; readonly hearing: Hearing }

/** Once for every call. null: what must not leave cannot be taken out. `inProcess`: nothing leaves; what is said is still looked through. */
export type Guard = (prompt: Prompt, setup: Pick<EngineSetup, 'personalData'>, inProcess?: boolean) => Guarded | null
