/** How an arrival is named that the store refuses: by its own id, else by what it says, so that each is kept and a repeated one only once. */
import { createHash } from 'node:crypto'

type Aside = { readonly id: string; readonly channel: string | null; readonly kind: string }

export const nameAside = (noun: string, arrival: object): Aside => {
  const { id, channel, kind }: { id?: string; channel?: string | null; kind?: string } = arrival
  const digest = () => createHash('sha256').update(JSON.stringify(arrival)).digest('hex')
  return { id: id ?? `${noun}:${digest()}`, channel: channel ?? null, kind: kind ?? noun }
}
