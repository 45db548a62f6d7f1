/** People who come from a file: what each line says, and what became of it. */
import type { Address } from './address.ts'
import type { Agreed } from './journey.ts'

export type ImportedConsent = {
  readonly category: Agreed
  readonly at: number
  readonly words: string
  /** Where it was given, as the file says; null where it does not. */
  readonly from: string | null
}
export type ImportedAddress = Address & { readonly consents: readonly ImportedConsent[] }
export type ImportedContact = {
  /** Of the file. */
  readonly line: number
  readonly name: string | null
  readonly language: 'fr' | 'en' | null
  /** ISO 3166-1 alpha-2; "" where nobody told. */
  readonly country: string
  /** At least one. */
  readonly addresses: readonly ImportedAddress[]
}

/**
 * `new`: a contact was made. `completed`: a known one got an address or a consent. `known`: the file says nothing new. `several`: its addresses
 * are those of different contacts, which nobody makes one by a file. `withdrawn`: known, and they took back since what the file says; nothing
 * of that is written.
 */
export type ImportOutcome = 'new' | 'completed' | 'known' | 'several' | 'withdrawn'
export type Imported = { readonly line: number; readonly outcome: ImportOutcome; readonly addresses: number; readonly consents: number }

export interface ContactImport {
  /** What each line would come to, in their order; nothing is written. */
  look(contacts: readonly ImportedContact[]): Promise<readonly Imported[]>
  /** Writes them whole, in one transaction. The same lines again change nothing. `file`: its name, kept as proof. */
  write(contacts: readonly ImportedContact[], file: string, at: number): Promise<readonly Imported[]>
}
