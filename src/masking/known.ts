/** What is known of somebody, gathered from where it is kept, so that it can be taken out of what is shown. */
import { PHONE_KINDS } from '../core/address.ts'
import type { Content } from '../core/content.ts'
import type { KnownPerson } from '../core/evidence.ts'
import type { Known } from './mask.ts'

const isEmail = (text: string): boolean => /^\S+@\S+\.\S+$/u.test(text)
const isNumber = (text: string): boolean => /^\+?[\d\s().-]{6,}$/u.test(text)

/** Two to four words with capitals. Whoever they name, or wherever, each of them is looked for. */
const isName = (text: string): boolean =>
  /^\p{Lu}[\p{L}\p{M}'’-]*(?: (?:(?:de|du|van|von|le|la|el|ben) )?\p{Lu}[\p{L}\p{M}'’-]*){1,3}$/u.test(text)

/** `agents`: names of the business's own people. `contents`: what the text stands in or beside; it may tell more of the person than its words. */
export const knownOf = (person: KnownPerson | undefined, agents: readonly string[], contents: readonly (Content | null)[]): Known => {
  const addresses = person?.addresses ?? []
  const details = [...(person?.details ?? []), ...contents.flatMap(detailsIn)]
  const phoneKinds: readonly string[] = PHONE_KINDS
  const numbers = addresses.filter(({ kind }) => phoneKinds.includes(kind)).map(({ value }) => value)
  return {
    names: [...(person?.names ?? []), ...agents, ...details.filter(isName)],
    numbers: [...numbers, ...details.filter(isNumber)],
    emails: [...addresses.map(({ value }) => value), ...details].filter(isEmail),
    addresses: details.filter((detail) => detail.includes(',')),
    references: [...addresses.map(({ value }) => value), ...details],
    country: person?.country ?? '',
  }
}

/** What a message carries besides its words, which is about somebody: what a template was filled with, a form, a card, a place. */
const detailsIn = (content: Content | null): string[] => {
  switch (content?.type) {
    case 'template':
      return Object.values(content.parameters)
    case 'form':
      return Object.values(content.values).filter((value) => typeof value === 'string')
    case 'contacts':
      return content.contacts.flatMap(({ name, phones }) => [name, ...phones])
    case 'location':
      return [content.name ?? '', content.address ?? '']
    default:
      return []
  }
}
