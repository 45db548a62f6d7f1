/**
 * Where no entry has examples (`choice.ts` is for those that have): evidence -> the chance that the best document answers the
 * question, moved so that 0.5 is the line at which the extractive engine answers. A logistic regression with few features,
 * fitted to all questions of tests/knowledge that are for development. The thesaurus was widened while looking at them, so they
 * were also read with half to four fifths of its words left out: what the ranking sees of questions it never met.
 */
import type { Evidence } from './rank.ts'

/** A lead of three tenths decides; more says little. */
const LEAD = 0.3
const features = (evidence: Evidence): readonly number[] => {
  const lead = Math.min(1, evidence.margin / LEAD)
  return [
    1,
    evidence.coverage,
    evidence.titled,
    lead,
    Math.min(3, evidence.ahead) / 2,
    Math.log(1 + evidence.strength),
    evidence.foreign,
    evidence.strange,
    evidence.focus,
    evidence.own,
    evidence.coverage * lead,
  ]
}
const WEIGHTS: readonly number[] = [-2.92, 0.9, -0.31, -1.02, 1.44, 0.81, -4.09, -0.94, 1.52, 1.66, 2.26]
/** Log-odds at the line: a chance of three in four. */
const LINE = Math.log(0.75 / 0.25)

/** 0..1; 0.5 is the line. */
export const calibrate = (evidence: Evidence): number => {
  const odds = features(evidence).reduce((total, value, at) => total + value * (WEIGHTS[at] ?? 0), 0)
  return 1 / (1 + Math.exp(LINE - odds))
}
