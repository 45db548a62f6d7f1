/** @jsxImportSource preact */
/** Any day of the story, and any country that the rulebook speaks of. */
import { countryName, plainDay } from '../shared/format.ts'
import { useLanguage, useWords } from '../shared/language.tsx'
import { DAYS, STEPS, type StoryFacts } from './story.ts'
import { DEMO } from './words.ts'

const DAY = 86_400_000
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`)
const dayAt = (from: string, n: number): string => new Date(noon(from) + n * DAY).toISOString().slice(0, 10)
const daysTo = (from: string, day: string): number => Math.round((noon(day) - noon(from)) / DAY)

type TimelineProps = {
  readonly facts: StoryFacts
  readonly date: string
  readonly country: string
  readonly choose: (date: string, country: string) => void
}

export const Timeline = ({ facts, date, country, choose }: TimelineProps) => {
  const words = useWords(DEMO)
  const language = useLanguage()
  const { from, to, countries } = facts
  const names = new Intl.Collator(language)
  const marks = [...new Set(STEPS.map((step) => DAYS[step]))]
  return (
    <div class="timeline">
      <label class="timeline-day">
        <span class="small quiet">{words.date}</span>
        <input
          type="range"
          min={0}
          max={daysTo(from, to)}
          step={1}
          list="story-days"
          value={daysTo(from, date)}
          aria-valuetext={plainDay(date, language)}
          onInput={(event) => choose(dayAt(from, Number(event.currentTarget.value)), country)}
        />
        <output class="figures">{plainDay(date, language)}</output>
      </label>
      <datalist id="story-days">
        {marks.map((mark) => (
          <option key={mark} value={daysTo(from, mark)} />
        ))}
      </datalist>
      <label class="timeline-country">
        <span class="small quiet">{words.country}</span>
        <select class="field" value={country} onChange={(event) => choose(date, event.currentTarget.value)}>
          {countries
            .map((code) => ({ code, name: countryName(code, language) }))
            .sort((a, b) => names.compare(a.name, b.name))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </select>
      </label>
    </div>
  )
}
