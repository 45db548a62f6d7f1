/** @jsxImportSource preact */
/** What a cut comes to for five hundred customers: at once by what they left and agreed to, then by a real drill with its signed report. */
import { useLanguage, useWords } from '../shared/language.tsx'
import { Icon } from '../shared/mark.tsx'
import { Notice, State } from '../shared/parts.tsx'
import { type CutView, demo, type Reach } from './story.ts'
import { DEMO, type DemoWords } from './words.ts'
import './cut.css'

export const Cut = ({ cut }: { readonly cut: CutView }) => {
  const words = useWords(DEMO)
  if (cut.state === 'none') return <p class="small quiet">{words.drillNone}</p>
  if (cut.state === 'failed')
    return (
      <Notice tone="cut">
        {words.drillFailed} {cut.reason}
      </Notice>
    )
  return (
    <section class="cut" aria-labelledby="cut-title">
      <h3 id="cut-title">{words.cutTitle(cut.contacts)}</h3>
      <Reached reach={cut.reach} words={words} />
      {cut.state === 'running' ? (
        <p class="drilling small" role="status">
          <progress value={cut.share} max={1} aria-label={words.drilling(Math.round(cut.ms / 1000))} />
          {words.drilling(Math.round(cut.ms / 1000))}
        </p>
      ) : (
        <Done cut={cut} words={words} />
      )}
    </section>
  )
}

const Reached = ({ reach, words }: { readonly reach: Reach; readonly words: DemoWords }) => {
  const still = reach.still.reduce((sum, { count }) => sum + count, 0)
  const wide = (count: number) => ({ width: `${(100 * count) / Math.max(1, reach.all)}%` })
  const nameOf = (channel: string) => words.stillBy[channel as keyof DemoWords['stillBy']] ?? channel
  return (
    <>
      <p class="big figures">{words.still(still, reach.all)}</p>
      <ul class="bars">
        {reach.still.map(({ channel, count }) => (
          <li key={channel}>
            <span class="bar flows" style={wide(count)} aria-hidden="true" />
            <strong class="figures">{count}</strong> {nameOf(channel)}
          </li>
        ))}
        {reach.nobody.map(({ why, count }) => (
          <li key={why}>
            <span class="bar lost" style={wide(count)} aria-hidden="true" />
            <strong class="figures">{count}</strong> {words.lostWhy[why]}
          </li>
        ))}
      </ul>
    </>
  )
}

const Done = ({ cut, words }: { readonly cut: Extract<CutView, { state: 'done' }>; readonly words: DemoWords }) => {
  const language = useLanguage()
  const number = new Intl.NumberFormat(language)
  const rows = [
    [number.format(cut.affected), words.result.affected],
    [number.format(cut.switched), words.result.switched],
    [cut.median === null ? '–' : `${number.format(cut.median / 1000)} s`, words.result.median],
    [number.format(cut.questions.answered), `${words.result.answered} (${number.format(cut.questions.asked)} ${words.result.asked})`],
    [number.format(cut.lost), words.result.lost],
    [number.format(cut.doubled), words.result.doubled],
  ] as const
  return (
    <>
      <p class="small quiet" role="status">
        {words.drilled(Math.round(cut.ms / 1000))}
      </p>
      <table class="drill-table small">
        <tbody>
          {rows.map(([value, name]) => (
            <tr key={name}>
              <td class="figures">{value}</td>
              <th scope="row">{name}</th>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {cut.ok ? (
          <State tone="flows">{words.held}</State>
        ) : (
          <State tone="waits">
            {words.notHeld}{' '}
            {cut.failures.map(({ what, count }) => `${words.failures[what as keyof DemoWords['failures']] ?? what} ${count}`).join(', ')}
          </State>
        )}
      </p>
      <p>
        <a class="button" href={demo.report} target="_blank" rel="noreferrer">
          {words.openReport} <Icon name="source" />
        </a>
      </p>
      <p class="small">
        <State tone={cut.verified ? 'flows' : 'cut'}>{cut.verified ? words.verified : words.unverified}</State>{' '}
        <code class="key">{cut.key}</code>
      </p>
    </>
  )
}
