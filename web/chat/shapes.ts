/** What the page and the house say to each other below `/chat/<channel>`. */
import type { Content } from '../../src/core/content.ts'
import type { Language } from '../../src/core/language.ts'

export type Citation = { readonly n: number; readonly title: string; readonly passage: string; readonly url?: string }
export type Message = {
  readonly id: string
  readonly at: number
  readonly by: 'me' | 'assistant' | 'business' | 'person'
  readonly name?: string
  readonly channel: string
  readonly medium: string
  readonly status: string
  readonly content: Content | null
  readonly citations?: readonly Citation[]
  readonly clientId?: string
  readonly ai: boolean
}
export type Owner = 'assistant' | 'waiting' | 'person'
export type Look = { readonly accent: string; readonly accentDark: string | null; readonly logo: string | null }
export type Back = { readonly channel: string; readonly medium: string; readonly label: string }
export type Start = {
  readonly channel: string
  readonly name: string
  readonly assistant: string
  readonly language: Language
  readonly look: Look | null
  readonly welcome: string | null
  readonly disclosure: string | null
  readonly scope: string
  readonly files: { readonly bytes: number; readonly types: readonly string[] } | null
  readonly back: readonly Back[]
  readonly signIn: boolean
  /** What somebody agrees to who links their account, as it is kept. */
  readonly agree: string | null
  readonly visitor: {
    readonly shows: 'own' | 'thread'
    readonly since: number
    readonly carried: number
    readonly account?: boolean
  } | null
  readonly owner: Owner
  readonly messages: readonly Message[]
  readonly more: string | null
  readonly last: string
}
export type Page = { readonly messages: readonly Message[]; readonly more: string | null }
export type Source = {
  readonly title: string
  readonly document: string
  readonly url?: string
  readonly before: string
  readonly passage: string
  readonly after: string
}
export type Says =
  | { readonly text: string }
  | { readonly choice: { readonly id: string; readonly label: string; readonly target: string } }
  | { readonly person: true }
