/**
 * Which document answers, where entries have examples: a choice between the documents that speak for themselves best and
 * "none of them" (conditional logit: McFadden 1974, "Conditional logit analysis of qualitative choice behavior"). Each rival's
 * chance falls as another one comes near, so what is behind needs no measure of its own. Weights: `tests/knowledge/calibrate.ts`.
 */

/** What speaks for a document: shares of the question 0..1, `worth` in words of full weight. */
export type Rival = {
  readonly document: string
  /** Share of the question that its text satisfies, by related words too. */
  readonly satisfies: number
  readonly worth: number
  /** How like the question its best example is, and all of them together. */
  readonly bestWords: number
  readonly bestLetters: number
  readonly allWords: number
  readonly allLetters: number
  /** Share of the question's words that its text or an example has; `usual`: that several examples have. */
  readonly covered: number
  readonly usual: number
  /** It has no examples: its text must do. */
  readonly bare: boolean
}
export type Choice = {
  readonly rivals: readonly Rival[]
  /** Share of the question in subjects that the knowledge does not have at all. */
  readonly foreign: number
  /** How much was asked, logarithmic. */
  readonly asked: number
}

/** More than these do not compete: the chance must not fall with the size of the knowledge. */
export const COMPETE = 8

export const featuresOf = (rival: Rival): readonly number[] => [
  rival.satisfies,
  rival.worth,
  rival.bestWords,
  rival.bestLetters,
  rival.allWords,
  rival.allLetters,
  rival.covered,
  rival.usual,
  ...(rival.bare ? [1, rival.satisfies, rival.worth] : [0, 0, 0]),
]
export const noneOf = (choice: Choice): readonly number[] => [1, choice.foreign, choice.asked]

export type Weights = { readonly rival: readonly number[]; readonly none: readonly number[] }
export const WEIGHTS: Weights = {
  rival: [1.81, 2.44, 1.38, 2.23, 2.81, 2.74, 1.98, 2.08, 0.97, 1.65, 1.04],
  none: [5.31, 3.39, 0.85],
}
/** Chance at the line. */
export const LINE = 0.62

const dot = (weights: readonly number[], values: readonly number[]): number =>
  values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0)

/** Document -> chance that it answers. */
export const chances = (choice: Choice, weights: Weights): ReadonlyMap<string, number> => {
  const spoken = choice.rivals
    .map((rival) => ({ document: rival.document, says: dot(weights.rival, featuresOf(rival)) }))
    .sort((a, b) => b.says - a.says)
  const none = dot(weights.none, noneOf(choice))
  const highest = Math.max(none, spoken[0]?.says ?? none)
  const whole = [none, ...spoken.slice(0, COMPETE).map((one) => one.says)].reduce((total, says) => total + Math.exp(says - highest), 0)
  return new Map(spoken.map((one) => [one.document, Math.exp(one.says - highest) / whole]))
}

/** Document -> 0..1, where 0.5 is the line at which the extractive engine answers. */
export const choose = (choice: Choice): ReadonlyMap<string, number> =>
  new Map([...chances(choice, WEIGHTS)].map(([document, chance]) => [document, scoreOf(chance)]))

const scoreOf = (chance: number): number => (chance * (1 - LINE)) / (chance * (1 - LINE) + (1 - chance) * LINE)
