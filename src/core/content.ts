/** What a message says, in the words every channel shares. A connector translates its platform's shapes to and from these. */
import type { Digest, VendorId } from './ids.ts'

export type MediaKind = 'image' | 'video' | 'document' | 'audio' | 'sticker'
/** A file: at the provider until it is fetched, then in RELAIS_DATA/media under its digest. */
export type MediaRef = {
  readonly vendorId?: VendorId | undefined
  readonly digest?: Digest | undefined
  readonly mime: string
  readonly bytes?: number | undefined
  readonly sha256?: string | undefined
  readonly filename?: string | undefined
}

export type Choice = { readonly id: string; readonly label: string; readonly description?: string | undefined }

export type Content =
  | {
      readonly type: 'text'
      readonly text: string
      /** Inbound: all of it as it came, where `text` leaves out what was quoted or signed. */
      readonly whole?: string | undefined
      /** Inbound: what it is headed, where the channel has subjects. */
      readonly subject?: string | undefined
    }
  | { readonly type: 'buttons'; readonly text: string; readonly buttons: readonly Choice[] }
  | { readonly type: 'list'; readonly text: string; readonly button: string; readonly rows: readonly Choice[] }
  /** Somebody is to be called; `text` says what about. A person does it. */
  | { readonly type: 'call'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly label: string; readonly url: string }
  | {
      readonly type: 'template'
      readonly name: string
      readonly language: string
      readonly parameters: Readonly<Record<string, string>>
      /** The template's text with its parameters filled in: what the customer sees. */
      readonly text: string
      /** What the customer may tap below it. */
      readonly buttons?: readonly Choice[] | undefined
    }
  | {
      readonly type: 'media'
      readonly kind: MediaKind
      readonly media: MediaRef
      readonly caption?: string | undefined
      readonly voice?: boolean | undefined
    }
  | {
      readonly type: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly name?: string | undefined
      readonly address?: string | undefined
    }
  | { readonly type: 'contacts'; readonly contacts: readonly { readonly name: string; readonly phones: readonly string[] }[] }
  | { readonly type: 'reaction'; readonly target: VendorId; readonly emoji: string | null }
  /** Inbound: a button or a list row was tapped. `target` is the message that offered it. */
  | {
      readonly type: 'choice'
      readonly id: string
      readonly label: string
      readonly target?: VendorId | undefined
      /** A message of the business offered it: the business's name of what that was about, empty where it has none. */
      readonly reference?: string | undefined
    }
  /** Inbound: a form came back (one that the platform shows in the chat, or a web form). */
  | { readonly type: 'form'; readonly name: string; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly type: 'order'
      readonly text?: string | undefined
      readonly items: readonly {
        readonly product: string
        readonly quantity: number
        readonly price?: number | undefined
        readonly currency?: string | undefined
      }[]
    }
  | { readonly type: 'unsupported'; readonly what: string }

/** The words of a message, whatever its shape: what keywords, engines and people read. Empty where it has none. */
export const wordsOf = (content: Content): string => {
  switch (content.type) {
    case 'text':
    case 'call':
    case 'buttons':
    case 'list':
    case 'link':
    case 'template':
      return content.text
    case 'media':
      return content.caption ?? ''
    case 'choice':
      return content.label
    case 'location':
      return [content.name, content.address].filter(Boolean).join(', ')
    case 'order':
      return content.text ?? ''
    case 'contacts':
      return content.contacts.map((contact) => contact.name).join(', ')
    case 'reaction':
      return content.emoji ?? ''
    case 'form':
    case 'unsupported':
      return ''
  }
}
