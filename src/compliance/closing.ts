/** Channels on which the rules let nothing leave, now or from a day on: told ahead, while there is time to bring customers elsewhere. */
import type { Ruling } from '../core/decision.ts'
import type { Words } from '../core/language.ts'
import { localTime } from '../core/local-time.ts'
import type { Finding } from '../core/ports.ts'
import { type ChannelSetup, mediumOf } from '../core/workspace.ts'
import { closingRule, judge, type Rulebook, turningPoints } from '../policy/index.ts'
import { findingOf } from './finding.ts'
import type { SetUp } from './speech.ts'

const SAYS: Words = { fr: 'ne laisse plus rien partir, à personne', en: 'lets nothing leave any more, to anybody' }
const REMEDY: Words = {
  fr: 'Recueillez une seconde adresse de vos clients (étape «\u00a0collect\u00a0»), et donnez à vos plans de relais un autre canal.',
  en: 'Collect a second address of your customers (step “collect”), and give your reach plans another channel.',
}

/** Since when, where it closes at `at`; else from when on. */
const spellOf = (rulebook: Rulebook, { workspace }: SetUp, setup: ChannelSetup, at: number): { ruling: Ruling; from: number } | null => {
  const { assistant, country } = workspace
  const given = {
    channel: { kind: mediumOf(setup), id: setup.id, scope: setup.scope, ...(setup.sender ? { sender: setup.sender } : {}) },
    account: { country, aiIs: assistant.aiIs, aiSince: assistant.since },
  }
  const closes = (instant: number) => closingRule((situation, when) => judge(rulebook, situation, when), given, instant)
  const points = turningPoints(rulebook)
  const now = closes(at)
  if (!now) {
    const from = points.find((point) => point > at && closes(point) !== null)
    const ruling = from === undefined ? null : closes(from)
    return from !== undefined && ruling ? { ruling, from } : null
  }
  let from = at
  for (const point of points.filter((one) => one <= at).toReversed()) {
    if (closes(point)?.rule !== now.rule) break
    from = point
  }
  return { ruling: now, from }
}

export const examineClosing = (setUp: SetUp, rulebook: Rulebook, at: number): readonly Finding[] =>
  setUp.workspace.channels.flatMap((setup) => {
    const spell = spellOf(rulebook, setUp, setup, at)
    if (!spell) return []
    const { ruling, from } = spell
    const zone = rulebook.rules.find(({ id }) => id === ruling.rule)?.zone ?? 'UTC'
    const begun = from <= at
    return [
      findingOf(
        { ruling, firstDay: localTime(from, zone).date, begun },
        {
          id: 'channel-closed-by-rule',
          // What the business decided itself it knows.
          level: begun && ruling.by !== 'business' ? 'error' : 'warning',
          place: setUp.place('relais.yaml', ['channels'], setup.id),
          channels: [setup.id],
          countries: [setUp.workspace.country],
          home: setUp.workspace.country,
          clause: SAYS,
          remedy: REMEDY,
        },
      ),
    ]
  })
