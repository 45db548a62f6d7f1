/** Groups of countries: written as countries and as other groups, each from a day on; read as the countries they come to. */
import { isCountry } from '../core/country.ts'
import type { Words } from '../core/language.ts'
import { addDays, dayStart } from '../core/local-time.ts'
import type { PlacesFile } from './format.ts'
import { LAST_BEFORE_FIRST, type Member } from './timeline.ts'

type Path = readonly (string | number)[]
type Complaints = {
  /** A name that is neither a country nor a group. */
  readonly unknown: (path: Path, name: string) => void
  readonly complain: (path: Path, words: Words) => void
}

/** The countries of every group, with the instants they belong: a group within a group lends its members for as long as both say so. */
export const resolveGroups = ({ groups }: PlacesFile, { unknown, complain }: Complaints): Map<string, readonly Member[]> => {
  const done = new Map<string, readonly Member[]>()
  const open: string[] = []
  for (const name of Object.keys(groups).filter(isCountry)) complain(['groups', name], countryNamed(name))
  const membersOf = (name: string): readonly Member[] => {
    const found = done.get(name)
    if (found) return found
    open.push(name)
    const members = (groups[name]?.members ?? []).flatMap((member, index): readonly Member[] => {
      const path = ['groups', name, 'members', index]
      const fromMs = dayStart(member.from, 'UTC')
      const endMs = member.to === undefined ? Number.POSITIVE_INFINITY : dayStart(addDays(member.to, 1), 'UTC')
      if (endMs <= fromMs) complain([...path, 'to'], LAST_BEFORE_FIRST)
      if (member.country !== undefined) {
        if (!isCountry(member.country)) unknown([...path, 'country'], member.country)
        return [{ country: member.country, fromMs, endMs }]
      }
      const group = member.group ?? ''
      if (groups[group] === undefined) {
        unknown([...path, 'group'], group)
        return []
      }
      if (open.includes(group)) {
        complain([...path, 'group'], circle([...open.slice(open.indexOf(group)), group]))
        return []
      }
      return membersOf(group)
        .map((one) => ({ ...one, fromMs: Math.max(one.fromMs, fromMs), endMs: Math.min(one.endMs, endMs) }))
        .filter((one) => one.fromMs < one.endMs)
    })
    open.pop()
    done.set(name, members)
    return members
  }
  for (const name of Object.keys(groups)) membersOf(name)
  return done
}

const countryNamed = (name: string): Words => ({
  fr: `« ${name} » est un pays : donnez un autre nom au groupe.`,
  en: `“${name}” is a country: name the group otherwise.`,
})

const circle = (names: readonly string[]): Words => ({
  fr: `ce groupe se contient lui-même\u00a0: ${names.join(' → ')}. Enlevez-le ici.`,
  en: `this group contains itself: ${names.join(' → ')}. Remove it here.`,
})
