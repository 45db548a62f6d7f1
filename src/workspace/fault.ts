/** What can be wrong in a workspace's files: one sentence and one remedy each, in French and English. Never a value of a setting: it may be secret. */
import type { Words } from '../core/language.ts'
import type { Finding, Place } from '../core/ports.ts'

type Fault = { readonly words: Words; readonly remedy: Words; readonly level?: Finding['level'] }

const near = (name: string | null | undefined): Words =>
  name ? { fr: `Vouliez-vous dire « ${name} » ?`, en: `Did you mean “${name}”?` } : { fr: '', en: '' }
const orElse = (first: Words, then: Words): Words => (first.fr ? first : then)
const known = (names: readonly string[]): Words => ({
  fr: `Choisissez parmi : ${names.join(', ')}.`,
  en: `Choose one of: ${names.join(', ')}.`,
})

/** Faults of form: what a file may hold. */
const FORM = {
  'workspace-missing': (): Fault => ({
    words: { fr: 'ce fichier manque', en: 'this file is missing' },
    remedy: {
      fr: 'Créez un espace avec « relais init <dossier> », ou nommez le dossier du vôtre.',
      en: 'Make a workspace with “relais init <folder>”, or name the folder of yours.',
    },
  }),
  'not-utf8': (): Fault => ({
    words: { fr: 'ce fichier n’est pas du texte en UTF-8', en: 'this file is not text in UTF-8' },
    remedy: { fr: 'Enregistrez-le en UTF-8.', en: 'Save it as UTF-8.' },
  }),
  'file-too-large': (most: string): Fault => ({
    words: { fr: `ce fichier dépasse ${most}`, en: `this file is over ${most}` },
    remedy: { fr: 'Partagez-le en plusieurs.', en: 'Split it.' },
  }),
  'broken-yaml': (reason: Words): Fault => ({
    words: { fr: `YAML illisible : ${reason.fr}`, en: `YAML that cannot be read: ${reason.en}` },
    remedy: { fr: 'Corrigez ici.', en: 'Correct it here.' },
  }),
  'duplicate-key': (key: string): Fault => ({
    words: { fr: `la clé « ${key} » est là deux fois`, en: `the key “${key}” is there twice` },
    remedy: { fr: 'N’en gardez qu’une.', en: 'Keep one.' },
  }),
  'unknown-key': (key: string, right: string | null, keys: readonly string[]): Fault => ({
    words: { fr: `la clé « ${key} » est inconnue ici`, en: `the key “${key}” is unknown here` },
    remedy: orElse(near(right), known(keys)),
  }),
  'missing-key': (key: string): Fault => ({
    words: { fr: `la clé « ${key} » manque`, en: `the key “${key}” is missing` },
    remedy: { fr: 'Ajoutez-la.', en: 'Add it.' },
  }),
  'wrong-type': (key: string, expected: Words): Fault => ({
    words: { fr: `« ${key} » doit être ${expected.fr}`, en: `“${key}” must be ${expected.en}` },
    remedy: { fr: 'Corrigez la valeur.', en: 'Correct the value.' },
  }),
  'quote-number': (key: string): Fault => ({
    words: { fr: `« ${key} » doit être un texte, et YAML y lit un nombre`, en: `“${key}” must be a text, and YAML reads a number` },
    remedy: { fr: 'Mettez la valeur entre guillemets droits.', en: 'Put the value in quotes.' },
  }),
  'wrong-value': (key: string, values: readonly string[], right: string | null): Fault => ({
    words: { fr: `la valeur de « ${key} » ne convient pas`, en: `the value of “${key}” does not fit` },
    remedy: orElse(near(right), known(values)),
  }),
  'wrong-form': (key: string, form: Words): Fault => ({
    words: { fr: `la valeur de « ${key} » ne convient pas`, en: `the value of “${key}” does not fit` },
    remedy: { fr: `Il faut ${form.fr}.`, en: `It must be ${form.en}.` },
  }),
  'secret-missing': (name: string): Fault => ({
    words: { fr: `la variable d’environnement ${name} n’est pas définie`, en: `the environment variable ${name} is not set` },
    remedy: { fr: `Définissez ${name} avant de démarrer.`, en: `Set ${name} before starting.` },
  }),
  'secret-in-text': (name: string): Fault => ({
    words: {
      fr: `\${${name}} n’est pas remplacé ici : un secret n’a pas sa place dans un texte`,
      en: `\${${name}} is not filled in here: a secret has no place in a text`,
    },
    remedy: {
      fr: 'Écrivez le texte, ou {{…}} pour ce que dit la conversation.',
      en: 'Write the text, or {{…}} for what the conversation told.',
    },
  }),
  'unknown-kind': (kind: string, what: Words, kinds: readonly string[], right: string | null): Fault => ({
    words: { fr: `le genre « ${kind} » n’est pas celui d’${what.fr}`, en: `there is no kind “${kind}” of ${what.en}` },
    remedy: orElse(near(right), known(kinds)),
  }),
  'unknown-step': (keys: readonly string[], right: string | null, kinds: readonly string[]): Fault => ({
    words: { fr: `étape inconnue : ${keys.join(', ') || 'vide'}`, en: `unknown step: ${keys.join(', ') || 'empty'}` },
    remedy: orElse(near(right), {
      fr: `Une étape a une de ces clés : ${kinds.join(', ')}.`,
      en: `A step has one of these keys: ${kinds.join(', ')}.`,
    }),
  }),
  'not-acted-on': (name: string): Fault => ({
    level: 'notice',
    words: { fr: `« ${name} » est lu, mais rien n’en dépend encore`, en: `“${name}” is read, but nothing depends on it yet` },
    remedy: { fr: 'Vous pouvez le laisser.', en: 'You may leave it.' },
  }),
  'ignored-file': (): Fault => ({
    level: 'notice',
    words: { fr: 'ce fichier n’a pas de rôle ici et est ignoré', en: 'this file has no role here and is ignored' },
    remedy: {
      fr: 'Relais lit relais.yaml, rules/, prompts/, templates/, journeys/ et knowledge/.',
      en: 'Relais reads relais.yaml, rules/, prompts/, templates/, journeys/ and knowledge/.',
    },
  }),
  'bad-prompt-name': (tasks: readonly string[]): Fault => ({
    words: { fr: 'le nom de ce fichier ne dit pas de tâche', en: 'this file’s name tells no task' },
    remedy: {
      fr: `<tâche>.md ou <tâche>.<moteur>.md ; tâches : ${tasks.join(', ')}.`,
      en: `<task>.md or <task>.<engine>.md; tasks: ${tasks.join(', ')}.`,
    },
  }),
} as const

/** Faults of sense: what the files say together. */
const SENSE = {
  'duplicate-name': (what: Words, name: string): Fault => ({
    words: { fr: `${what.fr} « ${name} » existe déjà`, en: `there is another ${what.en} “${name}”` },
    remedy: { fr: 'Donnez un autre nom.', en: 'Give it another name.' },
  }),
  'reserved-name': (name: string): Fault => ({
    words: { fr: `le nom « ${name} » est réservé`, en: `the name “${name}” is reserved` },
    remedy: { fr: 'Choisissez-en un autre.', en: 'Choose another one.' },
  }),
  'unknown-go': (label: string, right: string | null, labels: readonly string[]): Fault => ({
    words: { fr: `aucune étape ne porte l’étiquette « ${label} »`, en: `no step has the label “${label}”` },
    remedy: orElse(near(right), known([...labels, 'end'])),
  }),
  'unreachable-step': (): Fault => ({
    words: { fr: 'aucun chemin ne mène à cette étape', en: 'no way leads to this step' },
    remedy: { fr: 'Donnez-lui une étiquette (at:) où aller, ou retirez-la.', en: 'Give it a label (at:) to go to, or remove it.' },
  }),
  'dead-end': (): Fault => ({
    words: { fr: 'après cette étape, le parcours s’arrête sans un mot', en: 'after this step the journey stops without a word' },
    remedy: {
      fr: 'Ajoutez une étape après elle, ou « go: end » si c’est voulu.',
      en: 'Add a step after it, or “go: end” where it is meant.',
    },
  }),
  'no-way-out': (): Fault => ({
    words: { fr: 'de cette étape, le parcours tourne en rond sans fin', en: 'from this step the journey goes round without end' },
    remedy: {
      fr: 'Ajoutez une issue : une option, un « if », « hand » ou « end ».',
      en: 'Add a way out: an option, an “if”, “hand” or “end”.',
    },
  }),
  'endless-loop': (): Fault => ({
    words: { fr: 'cette étape revient à elle-même sans jamais attendre', en: 'this step comes back to itself without ever waiting' },
    remedy: {
      fr: 'Mettez dans la boucle une étape qui attend (ask, choose, wait).',
      en: 'Put a step that waits (ask, choose, wait) into the loop.',
    },
  }),
  'unknown-variable': (name: string, right: string | null, names: readonly string[]): Fault => ({
    words: { fr: `{{${name}}} ne sera jamais connu`, en: `{{${name}}} will never be known` },
    remedy: orElse(near(right), known(names)),
  }),
  'bad-pattern': (reason: Words): Fault => ({
    words: { fr: `ce motif est illisible : ${reason.fr}`, en: `this pattern cannot be read: ${reason.en}` },
    remedy: {
      fr: 'Écrivez un motif RE2 : https://github.com/google/re2/wiki/Syntax.',
      en: 'Write an RE2 pattern: https://github.com/google/re2/wiki/Syntax.',
    },
  }),
  'bad-condition': (reason: Words): Fault => ({
    words: { fr: `cette condition est illisible : ${reason.fr}`, en: `this condition cannot be read: ${reason.en}` },
    remedy: { fr: 'Corrigez l’expression CEL.', en: 'Correct the CEL expression.' },
  }),
  'label-too-long': (channel: string, length: number, most: number): Fault => ({
    words: {
      fr: `${length} caractères : le canal « ${channel} » en montre ${most}`,
      en: `${length} characters: the channel “${channel}” shows ${most}`,
    },
    remedy: { fr: 'Raccourcissez.', en: 'Shorten it.' },
  }),
  'unknown-template': (name: string, right: string | null, names: readonly string[]): Fault => ({
    words: { fr: `il n’y a pas de modèle « ${name} » dans templates/`, en: `there is no template “${name}” in templates/` },
    remedy: names.length === 0 ? { fr: 'Créez-le.', en: 'Make it.' } : orElse(near(right), known(names)),
  }),
  'no-channel-for': (kind: string): Fault => ({
    words: {
      fr: `aucun canal de relais.yaml n’écrit à une adresse « ${kind} »`,
      en: `no channel of relais.yaml writes to an address of kind “${kind}”`,
    },
    remedy: {
      fr: 'Ajoutez un canal qui y écrit, ou retirez l’étape : sans lui, aucun code ne part et personne n’est inscrit.',
      en: 'Add a channel that does, or take the step away: without one no code leaves, and nobody is signed up.',
    },
  }),
  'template-parameter': (name: string, parameter: string): Fault => ({
    words: { fr: `le modèle « ${name} » attend « ${parameter} »`, en: `the template “${name}” needs “${parameter}”` },
    remedy: { fr: `Ajoutez « ${parameter} » sous parameters.`, en: `Add “${parameter}” under parameters.` },
  }),
  'extra-parameter': (name: string, parameter: string): Fault => ({
    words: { fr: `le modèle « ${name} » n’a pas de « ${parameter} »`, en: `the template “${name}” has no “${parameter}”` },
    remedy: { fr: 'Retirez-le.', en: 'Remove it.' },
  }),
  'unknown-id': (what: Words, id: string, right: string | null, ids: readonly string[]): Fault => ({
    words: { fr: `il n’y a pas de ${what.fr} « ${id} » dans relais.yaml`, en: `there is no ${what.en} “${id}” in relais.yaml` },
    remedy: ids.length === 0 ? { fr: 'Ajoutez-en.', en: 'Add it.' } : orElse(near(right), known(ids)),
  }),
  'id-taken': (id: string): Fault => ({
    words: {
      fr: `« ${id} » nomme déjà un canal ou un moteur`,
      en: `“${id}” is the name of a channel or engine already`,
    },
    remedy: {
      fr: 'Donnez-lui un autre nom : « relais pause » doit savoir de quoi l’on parle.',
      en: 'Give it another name: “relais pause” must know which is meant.',
    },
  }),
  'alerts-need-mail': (id: string): Fault => ({
    words: { fr: `« ${id} » n’écrit pas à des adresses e-mail`, en: `“${id}” does not write to e-mail addresses` },
    remedy: { fr: 'Nommez sous « via » un canal e-mail.', en: 'Name an e-mail channel under “via”.' },
  }),
  'engine-needs-model': (plan: string): Fault => ({
    level: 'warning',
    words: {
      fr: `le plan « ${plan} » finit par un moteur qui a besoin d’un modèle`,
      en: `the plan “${plan}” ends with an engine that needs a model`,
    },
    remedy: {
      fr: 'Terminez-le par un moteur de genre « extractive », qui marche sans.',
      en: 'End it with an engine of kind “extractive”, which works without.',
    },
  }),
  'one-engine-plan': (plan: string, engine: string): Fault => ({
    level: 'warning',
    words: {
      fr: `le plan « ${plan} » n’a que le moteur « ${engine} » : s’il tombe, plus rien ne répond`,
      en: `the plan “${plan}” has only the engine “${engine}”: where it fails, nothing answers`,
    },
    remedy: {
      fr: 'Ajoutez un moteur d’un autre fournisseur ; pour les réponses, terminez par un moteur de genre « extractive ».',
      en: 'Add an engine of another provider; for answers, end with one of kind “extractive”.',
    },
  }),
  'reach-round': (plan: string, channel: string): Fault => ({
    words: {
      fr: `le plan « ${plan} » revient au canal « ${channel} » : qui n’y a pas été joint le serait deux fois`,
      en: `the plan “${plan}” comes back to the channel “${channel}”: whoever was not reached there would be written to twice`,
    },
    remedy: { fr: 'Nommez chaque canal une fois.', en: 'Name each channel once.' },
  }),
  'reach-last-wait': (plan: string): Fault => ({
    level: 'warning',
    words: {
      fr: `l’attente de la dernière étape du plan « ${plan} » ne mène nulle part`,
      en: `the wait of the last step of the plan “${plan}” leads nowhere`,
    },
    remedy: { fr: 'Ajoutez une étape après elle, ou retirez l’attente (wait).', en: 'Add a step after it, or leave the wait out.' },
  }),
  'reach-untold': (channel: string, success: string): Fault => ({
    words: {
      fr: `le canal « ${channel} » n’annonce jamais « ${success} » : le plan passerait toujours à l’étape suivante`,
      en: `the channel “${channel}” never tells “${success}”: the plan would always go on to the next step`,
    },
    remedy: {
      fr: 'Écrivez « success: accepted », ou retirez l’attente (wait) : alors seul un échec certain mène plus loin.',
      en: 'Write “success: accepted”, or leave the wait out: then only a certain failure goes on.',
    },
  }),
  'reach-unasked': (channel: string): Fault => ({
    level: 'notice',
    words: {
      fr: `aucun parcours ne demande aux clients s’ils veulent être joints par « ${channel} » : cette étape ne sert qu’à ceux qui y ont écrit, ou dont l’accord est importé`,
      en: `no journey asks customers whether they want to be reached by “${channel}”: this step only serves those who wrote there, or whose consent is imported`,
    },
    remedy: {
      fr: 'Ajoutez une étape « collect » à un parcours, ou importez les contacts avec leur accord.',
      en: 'Add a step “collect” to a journey, or import contacts with their consent.',
    },
  }),
  'one-channel-plan': (plan: string, channel: string): Fault => ({
    level: 'warning',
    words: {
      fr: `le plan « ${plan} » n’a que le canal « ${channel} » : s’il est coupé, plus personne n’est joint`,
      en: `the plan “${plan}” has only the channel “${channel}”: where it is cut, nobody is reached`,
    },
    remedy: { fr: 'Ajoutez-lui un second canal.', en: 'Give it a second channel.' },
  }),
  'personal-data-abroad': (engine: string, region: string | null): Fault => ({
    level: 'warning',
    words: {
      fr: `le moteur « ${engine} » reçoit des données personnelles, et sa région ${region === null ? 'n’est pas dite' : `est « ${region} »`}`,
      en: `the engine “${engine}” gets personal data, and its region is ${region === null ? 'not told' : `“${region}”`}`,
    },
    remedy: {
      fr: 'Prenez un moteur dont la région est eu ou self, ou restreignez « personalData » ; un transfert hors d’Europe demande une base légale (RGPD, chapitre V).',
      en: 'Take an engine whose region is eu or self, or restrict “personalData”; a transfer out of Europe needs a legal basis (GDPR, chapter V).',
    },
  }),
  'engine-never-asked': (engine: string, key: string, planned: boolean): Fault => ({
    level: planned ? 'warning' : 'notice',
    words: {
      fr: `le moteur « ${engine} » ne sera jamais interrogé : sans « ${key} », il n’a pas droit à ce que les clients écrivent`,
      en: `the engine “${engine}” will never be asked: without “${key}” it may not have what customers write`,
    },
    remedy: {
      fr: `Si le contrat avec son fournisseur le permet, mettez « ${key} ».`,
      en: `If the contract with its provider permits it, set “${key}”.`,
    },
  }),
  'call-host': (host: string): Fault => ({
    words: { fr: `l’hôte ${host} n’est pas permis`, en: `the host ${host} is not allowed` },
    remedy: { fr: 'Ajoutez-le à calls.hosts dans relais.yaml.', en: 'Add it to calls.hosts in relais.yaml.' },
  }),
  'call-address': (): Fault => ({
    words: {
      fr: 'cette adresse n’est pas une adresse http(s) dont l’hôte est fixe',
      en: 'this address is not an http(s) address with a fixed host',
    },
    remedy: { fr: 'Mettez {{…}} seulement après l’hôte.', en: 'Use {{…}} only after the host.' },
  }),
  'late-reminder': (): Fault => ({
    words: { fr: 'ce rappel viendrait après l’expiration de la question', en: 'this reminder would come after its question has expired' },
    remedy: { fr: 'Raccourcissez « after » ou allongez « expires ».', en: 'Shorten “after” or lengthen “expires”.' },
  }),
  'second-reminder': (): Fault => ({
    words: { fr: 'une question n’a qu’un rappel', en: 'a question has one reminder' },
    remedy: { fr: 'Utilisez « times » pour le répéter.', en: 'Use “times” to repeat it.' },
  }),
  'no-way-to-a-person': (): Fault => ({
    level: 'warning',
    words: { fr: 'aucun parcours ne mène à une personne', en: 'no journey leads to a person' },
    remedy: { fr: 'Ajoutez une étape « hand: agents ».', en: 'Add a step “hand: agents”.' },
  }),
  'language-missing': (language: string): Fault => ({
    level: 'warning',
    words: {
      fr: `ce texte manque en « ${language} », la langue de l’espace`,
      en: `this text is missing in “${language}”, the workspace’s language`,
    },
    remedy: { fr: 'Ajoutez-le.', en: 'Add it.' },
  }),
} as const

const FORMS = { ...FORM, ...SENSE }
export type FaultId = keyof typeof FORMS
type Facts = { readonly [Id in FaultId]: Parameters<(typeof FORMS)[Id]> }
const FAULTS: { readonly [Id in FaultId]: (...facts: Facts[Id]) => Fault } = FORMS

/** One finding: `fault('unknown-key', place, 'chanels', 'channels', […])`. */
export const fault = <Id extends FaultId>(id: Id, place: Place, ...facts: Facts[Id]): Finding => {
  const { words, remedy, level = 'error' } = FAULTS[id](...facts)
  return { id, level, subject: `${place.file}:${place.line}:${place.column}`, place, words, remedy }
}

/** `file:line:column what — what to do (source)`, in one line. */
export const lineOf = ({ subject, words, remedy, source }: Finding, language: 'fr' | 'en'): string =>
  `${subject} ${words[language]} — ${remedy[language]}${source ? ` (${source})` : ''}`.replace(/\s*\n\s*/gu, ' ')

const comparable = ({ place, subject, id }: Finding): readonly [string, number, number, string] => [
  place?.file ?? subject,
  place?.line ?? 0,
  place?.column ?? 0,
  id,
]

/** By file, line and column; the same finding once. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] => {
  const once = new Map(findings.map((finding) => [JSON.stringify([finding.subject, finding.id, finding.words.en]), finding]))
  return [...once.values()].sort((a, b) => {
    const [left, right] = [comparable(a), comparable(b)]
    const at = left.findIndex((part, index) => part !== right[index])
    return at === -1 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
  })
}
