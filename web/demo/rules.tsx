/** @jsxImportSource preact */
/** What the rulebook says on the chosen day, in the chosen country; and what was decided of the last message. */
import { countryName, plainDay } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { Bones, State } from '../shared/parts.tsx'
import { PriceTold, type RuleNames, RulingTold, WhyTold } from '../shared/why.tsx'
import { WHY } from '../shared/why-words.ts'
import type { SceneThread, Told } from './story.ts'
import { DEMO } from './words.ts'

const TONE = { allow: 'flows', amend: 'flows', postpone: 'waits', reroute: 'cut', hold: 'waits', refuse: 'cut' } as const

export const Rules = ({ told, rules }: { readonly told: Told | null; readonly rules: RuleNames }) => {
  const words = useWords(DEMO)
  const why = useWords(WHY)
  const language = useLanguage()
  if (!told) return <Bones lines={4} />
  const { general, service, scope, date, country } = told
  return (
    <section class="rules" aria-labelledby="rules-title">
      <h3 id="rules-title">{words.rules.title(plainDay(date, language), countryName(country, language))}</h3>
      <p class="verdict">
        {words.rules.general} <State tone={TONE[general.outcome]}>{words.rules.outcome[general.outcome]}</State>
      </p>
      {general.rulings.length > 0 ? (
        <ul class="rulings">
          {general.rulings.map((ruling) => (
            <RulingTold key={`${ruling.rule} ${ruling.place}`} ruling={ruling} about={rules.get(ruling.rule)?.[language]} done={true} />
          ))}
        </ul>
      ) : (
        <p class="small quiet">{words.rules.nothing}</p>
      )}
      <dl class="facts-list">
        <dt>{words.rules.business}</dt>
        <dd>{words.rules.scope[scope]}</dd>
        <dt>{words.rules.price}</dt>
        <dd>
          <PriceTold price={service.price} seen={null} words={why} language={language} />
        </dd>
      </dl>
    </section>
  )
}

export const Decided = ({ thread, rules }: { readonly thread: SceneThread | null; readonly rules: RuleNames }) => {
  const words = useWords(DEMO)
  const last = thread?.messages.findLast(({ why }) => why !== null)
  return (
    <section class="decided" aria-labelledby="decided-title">
      <h3 id="decided-title">{words.decided}</h3>
      {last?.why ? <WhyTold data={last.why} rules={rules} /> : <p class="small quiet">{words.decidedNone}</p>}
    </section>
  )
}
