/** @jsxImportSource preact */
/** What to try: each button says what is asked and what will be seen. */
import { useWords } from '../shared/language.tsx'
import { Icon, Mark } from '../shared/mark.tsx'
import { OUTAGE } from './outage-words.ts'
import type { PhoneView } from './phones.ts'
import { SIM } from './words.ts'

const DAY = 86_400_000
/** Asked for a reference, the visitor is handed one. */
const ASKS_REFERENCE = /(?:exemple|example|such as)\s+[A-Z]{2}\d{6}/

type TriesProps = {
  readonly phone: PhoneView | null
  readonly say: (text: string) => void
  readonly pass: (ms: number) => void
  /** Plays the story of an outage; null where this customer has no other channel. */
  readonly play: (() => void) | null
}

export const Tries = ({ phone, say, pass, play }: TriesProps) => {
  const { story } = useWords(OUTAGE)
  const words = useWords(SIM)
  const last = phone?.thread.at(-1)
  const wantsReference = last?.from === 'business' && ASKS_REFERENCE.test(last.text)
  const { booking, reference, question, unknown, general, person, wait } = words.tries
  const said = [wantsReference ? reference : booking, question, unknown, general, person]
  return (
    <section class="tries" aria-label={words.tryIt}>
      <h2 class="hidden">{words.tryIt}</h2>
      <ul>
        <li>
          <button type="button" class="try try-story" disabled={play === null} onClick={() => play?.()}>
            <span>
              <Mark size={18} /> {story.play}
            </span>
            <span class="small">{story.shows}</span>
          </button>
        </li>
        {said.map((one) => (
          <li key={one.say}>
            <button type="button" class={`try ${one === reference ? 'next' : ''}`} disabled={!phone} onClick={() => say(one.say)}>
              <span>{one.say}</span>
              <span class="small quiet">{one.shows}</span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" class="try" disabled={!phone} onClick={() => pass(DAY)}>
            <span>
              <Icon name="waits" /> {wait.say}
            </span>
            <span class="small quiet">{wait.shows}</span>
          </button>
        </li>
      </ul>
    </section>
  )
}
