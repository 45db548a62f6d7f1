/** @jsxImportSource preact */
/** What stands still or works badly, above the list: whoever answers customers has to know it first. Nothing where all is well. */
import { api } from '../shared/api.ts'
import { useWords } from '../shared/language.tsx'
import { useLive, useLoaded } from '../shared/live.tsx'
import { Notice } from '../shared/parts.tsx'
import { mediumName, SHARED } from '../shared/words.ts'

const fr = {
  automation: 'Tout l’automatisme est en pause\u00a0: ce que les clients écrivent vous attend.',
  paused: (channel: string) => `Le canal ${channel} est en pause\u00a0: rien n’en part.`,
  cut: (channel: string) => `Le canal ${channel} est coupé\u00a0: rien n’en part.`,
  degraded: (channel: string) => `Le canal ${channel} fonctionne mal\u00a0: des envois peuvent tarder.`,
}
const en: typeof fr = {
  automation: 'All automation is paused: what customers write waits for you.',
  paused: (channel) => `Channel ${channel} is paused: nothing leaves by it.`,
  cut: (channel) => `Channel ${channel} is cut: nothing leaves by it.`,
  degraded: (channel) => `Channel ${channel} works badly: sends may be late.`,
}
const STANDING = { fr, en }

export const Standing = () => {
  const words = useWords(STANDING)
  const shared = useWords(SHARED)
  const { beat } = useLive()
  const channels = useLoaded('channels', beat, api.channels)
  const automation = useLoaded('automation', beat, api.automation)
  const unwell = (channels.value?.items ?? []).filter(({ paused, health }) => paused || health !== 'healthy')
  if (!automation.value?.paused && unwell.length === 0) return null
  return (
    <div role="status">
      {automation.value?.paused && (
        <Notice tone="waits" icon="waits">
          {words.automation}
        </Notice>
      )}
      {unwell.map(({ id, paused, health }) => (
        <Notice key={id} tone={health === 'cut' && !paused ? 'cut' : 'waits'} icon={health === 'cut' && !paused ? 'cut' : 'waits'}>
          {paused
            ? words.paused(mediumName(id, shared))
            : health === 'cut'
              ? words.cut(mediumName(id, shared))
              : words.degraded(mediumName(id, shared))}
        </Notice>
      ))}
    </div>
  )
}
