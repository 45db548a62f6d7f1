/** One engine: may it be used, does it answer, does its answer reach its end. Asked with a sentence of our own, never with a customer's. */
import { barsOf } from '../../core/clearance.ts'
import type { EngineFailure, Prompt } from '../../core/engine.ts'
import type { Finding, Place } from '../../core/ports.ts'
import type { Link } from '../../engines/chain.ts'
import type { Examination } from './examination.ts'
import { type FoundId, found } from './findings.ts'

const PROBE: Prompt = {
  system: 'Relais checks that you answer. Be brief.',
  history: [],
  question: 'Does Relais work?',
  language: 'en',
  passages: [{ id: 'probe', document: 'probe', title: 'Relais', text: 'Relais works.', language: 'en', score: 1 }],
}

const FAILURES: Readonly<Record<EngineFailure['class'], FoundId>> = {
  timeout: 'engine-slow',
  overloaded: 'engine-overloaded',
  broken: 'engine-broken',
  cut: 'engine-cut',
  refused: 'engine-filtered',
  credentials: 'engine-key-refused',
  'too-long': 'engine-request-refused',
  invalid: 'engine-request-refused',
}

/** What the probe came to; null where it was answered whole (an abstention is a whole answer). */
const probe = async ({ open }: Link, signal: AbortSignal): Promise<{ readonly id: FoundId; readonly detail: string } | null> => {
  for await (const event of open.perform('answer', PROBE, signal)) {
    if (event.type !== 'failed') continue
    const { class: kind, detail } = event.failure
    // Without a status nothing came back at all.
    if (kind === 'broken' && !/^HTTP /.test(detail)) return { id: 'engine-unreachable', detail: '' }
    return { id: FAILURES[kind], detail: kind === 'timeout' ? '' : detail }
  }
  return null
}

const forbidden = ({ setup }: Link, place: Place): readonly Finding[] => {
  const { id, personalData, trainsOnData } = setup
  const said = { 'personal-data': `personalData: ${personalData}`, 'trains-on-data': `trainsOnData: ${trainsOnData ?? '?'}` }
  const reasons = barsOf(setup, false).map((bar) => said[bar])
  return reasons.length ? [found('engine-not-allowed', id, reasons.join(', '), place)] : []
}

/** `now` in ms; `entries`: files of knowledge the workspace has. */
export const examinationOfEngine = (link: Link, place: Place, entries: number, now: () => number): Examination => {
  const { id } = link.setup
  const base = { subject: id, title: { fr: `Moteur « ${id} »`, en: `Engine “${id}”` } }
  if (link.kind.inProcess)
    return {
      ...base,
      examine: async () => ({
        findings: entries === 0 ? [found('knowledge-none', id, '', place)] : [],
        says: { fr: `répond d’après ${entries} fichiers, sans modèle`, en: `answers from ${entries} files, without a model` },
      }),
    }
  return {
    ...base,
    examine: async (signal) => {
      const begun = now()
      const fault = await probe(link, signal)
      const ms = now() - begun
      return {
        findings: [...(fault ? [found(fault.id, id, fault.detail, place)] : []), ...forbidden(link, place)],
        says: { fr: `réponse entière en ${ms} ms`, en: `whole answer in ${ms} ms` },
      }
    },
  }
}
