/** A running relay takes its rules and budgets anew, or keeps the last good ones and says so. */
import { RelaisError } from '../core/errors.ts'
import type { Log } from '../core/ports.ts'
import type { Io } from './command.ts'
import type { RunningHouse } from './compose.ts'
import { type Anew, readAnew } from './house.ts'

type Options = {
  readonly folder: string
  readonly io: Pick<Io, 'stderr' | 'language'>
  readonly env: Io['env']
  readonly log: Log
}

/**
 * Takes the folder's rules and budgets as they are now; where something is wrong with them, the last good ones go on, and that is said with
 * every mistake's place. `judging`: the digest in use. Gives the digest in use afterwards; never throws.
 */
export const reload = async (
  house: Pick<RunningHouse, 'takeRules' | 'keptRules' | 'takeBudgets'>,
  judging: string,
  options: Options,
): Promise<string> => {
  const { folder, env, io, log } = options
  try {
    const { rulebook, ...anew } = await readAnew(folder, env, io.language)
    takeBudgets(house, anew, options)
    if (rulebook.digest !== judging) await house.takeRules(rulebook)
    house.keptRules(false)
    if (rulebook.digest === judging) return judging
    log.info('rules.taken', { rulebook: rulebook.digest, former: judging })
    return rulebook.digest
  } catch (error) {
    house.keptRules(true)
    const problems = error instanceof RelaisError ? error.detail : ''
    log.error('rules.kept', { rulebook: judging, code: error instanceof RelaisError ? error.code : 'unknown', problems })
    io.stderr(`${KEPT[io.language]}\n${problems === '' ? '' : `${problems}\n`}`)
    return judging
  }
}

const takeBudgets = (house: Pick<RunningHouse, 'takeBudgets'>, { budgets, wrong }: Omit<Anew, 'rulebook'>, { io, log }: Options): void => {
  if (budgets === null) {
    log.error('budgets.kept', { problems: wrong })
    io.stderr(`${KEPT_BUDGETS[io.language]}\n${wrong}\n`)
  } else if (house.takeBudgets(budgets)) log.info('budgets.taken', { budgets: Object.keys(budgets).join(' ') })
}

const KEPT_BUDGETS = {
  fr: 'relais.yaml ne convient pas ; les budgets restent ce qu’ils étaient.',
  en: 'relais.yaml does not fit; budgets stay as they were.',
} as const

const KEPT = {
  fr: 'Les nouvelles règles ne conviennent pas ; les dernières bonnes continuent de valoir.',
  en: 'The new rules do not fit; the last good ones go on.',
} as const

/**
 * SIGHUP means “read the rules anew” where nobody sits at a terminal; at one it means that the terminal is gone, and ends the process as ever.
 * One reading after the other. Gives what ends the listening.
 */
export const listenForReload = (watched: boolean, reload: () => Promise<void>): (() => void) => {
  if (watched) return () => {}
  let last: Promise<void> = Promise.resolve()
  const take = () => {
    last = last.then(reload)
  }
  process.on('SIGHUP', take)
  return () => process.off('SIGHUP', take)
}
