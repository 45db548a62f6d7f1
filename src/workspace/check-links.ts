/** Entry links that lead nowhere. */
import { nearestName } from '../core/nearest.ts'
import type { Finding } from '../core/ports.ts'
import type { Workspace } from '../core/workspace.ts'
import { type CheckOptions, MAIN } from './check.ts'
import { fault } from './fault.ts'

const DOOR = { fr: 'canal où l’on commence par une adresse', en: 'channel that an address leads to' }

export const checkLinks = ({ links = [], channels }: Workspace, { place }: CheckOptions): readonly Finding[] => {
  const doors: readonly string[] = channels.flatMap(({ id, entry, chat }) => (entry || chat ? [id] : []))
  return links.flatMap(({ name, channel }) =>
    doors.includes(channel)
      ? []
      : [fault('unknown-id', place(MAIN, ['links', name, 'channel']), DOOR, channel, nearestName(channel, doors), doors)],
  )
}
