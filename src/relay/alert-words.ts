/** What an alert says to who runs the house: what happened, to what, and what to do. Names of the set-up and codes, nothing of a person. */
import type { Words } from '../core/language.ts'

type Facts = Readonly<Record<string, unknown>>
/** What it is about, with what names it (a channel, an engine …). */
export type Matter = { readonly about: string; readonly subject: string }

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

export const matterOf = (data: Facts, channel: string | null): Matter => ({
  about: textOf(data.about),
  subject: textOf(data.engine) || textOf(data.webhook) || (channel ?? ''),
})

type Said = { readonly title: Words; readonly remedy: Words }
const said = (fr: string, en: string, remedyFr: string, remedyEn: string): Said => ({
  title: { fr, en },
  remedy: { fr: remedyFr, en: remedyEn },
})

const WHY: Readonly<Record<string, Words>> = {
  'provider-down': { fr: 'le fournisseur ne répond plus ou refuse tout', en: 'the provider is down or refuses everything' },
  'no-answer': { fr: 'les envois restent sans réponse', en: 'sends get no answer' },
  credentials: { fr: 'les accès sont refusés', en: 'the credentials are refused' },
  slow: { fr: 'les envois prennent plus de dix secondes', en: 'sends take more than ten seconds' },
  'receipts-missing': { fr: 'ce qui est accepté n’arrive pas', en: 'what is accepted does not arrive' },
  'not-listening': { fr: 'il n’est plus possible de l’écouter', en: 'it cannot be listened to' },
  'not-configured': { fr: 'relais.yaml ne le nomme plus', en: 'relais.yaml names it no more' },
}

const DOCTOR = ['«\u00a0relais doctor\u00a0» dit pourquoi.', '“relais doctor” tells why.'] as const

const healthSaid = (subject: string, data: Facts): Said => {
  const reason = textOf(data.reason)
  const rule = /^rule:(.+)$/u.exec(reason)?.[1]
  const byRule = rule && {
    fr: `la règle ${rule} ne laisse plus rien partir`,
    en: `the rule ${rule} lets nothing leave any more`,
  }
  const why = byRule || WHY[reason] || { fr: `motif\u00a0: ${reason || 'non dit'}`, en: `reason: ${reason || 'not told'}` }
  if (data.quality !== undefined)
    return said(
      `Le canal «\u00a0${subject}\u00a0» est mal noté par sa plateforme`,
      `Channel “${subject}” is rated badly by its platform`,
      'Écrivez moins, et seulement à qui l’attend, jusqu’à ce que la note remonte.',
      'Write less, and only to who expects it, until the rating is back.',
    )
  if (data.state === 'healthy')
    return said(
      `Le canal «\u00a0${subject}\u00a0» fonctionne de nouveau`,
      `Channel “${subject}” works again`,
      'Il n’y a rien à faire.',
      'There is nothing to do.',
    )
  if (data.state === 'cut')
    return said(
      `Le canal «\u00a0${subject}\u00a0» est coupé\u00a0: ${why.fr}`,
      `Channel “${subject}” is cut: ${why.en}`,
      `Plus rien n’y part\u00a0; les plans de relais prennent la suite. ${DOCTOR[0]}`,
      `Nothing leaves by it; reach plans take over. ${DOCTOR[1]}`,
    )
  return said(
    `Le canal «\u00a0${subject}\u00a0» fonctionne mal\u00a0: ${why.fr}`,
    `Channel “${subject}” works badly: ${why.en}`,
    `Les envois continuent. ${DOCTOR[0]}`,
    `Sends go on. ${DOCTOR[1]}`,
  )
}

/** Everything that alerts. */
const CATALOGUE: Readonly<Record<string, (subject: string, data: Facts) => Said>> = {
  'channel.health-changed': healthSaid,
  'engine.health-changed': (subject, data) =>
    data.state === 'closed'
      ? said(
          `Le moteur «\u00a0${subject}\u00a0» répond de nouveau`,
          `Engine “${subject}” answers again`,
          'Il n’y a rien à faire.',
          'There is nothing to do.',
        )
      : said(
          `Le moteur «\u00a0${subject}\u00a0» ne répond plus (${textOf(data.reason)})`,
          `Engine “${subject}” answers no more (${textOf(data.reason)})`,
          `Les suivants de son plan répondent. ${DOCTOR[0]}`,
          `The next of its plan answer. ${DOCTOR[1]}`,
        ),
  'automation.changed': (_, data) =>
    data.paused === false
      ? said('L’automatisme est remis en marche', 'Automation goes on', 'Il n’y a rien à faire.', 'There is nothing to do.')
      : said(
          'Tout l’automatisme est en pause',
          'All automation is paused',
          'Les messages des clients attendent un conseiller. «\u00a0relais resume ai\u00a0» le remet en marche.',
          'What customers write waits for agents. “relais resume ai” starts it again.',
        ),
  'webhook.changed': (subject, data) =>
    said(
      `Le webhook «\u00a0${subject}\u00a0» est éteint (${textOf(data.reason)})`,
      `Webhook “${subject}” is switched off (${textOf(data.reason)})`,
      `Réparez son adresse, puis «\u00a0relais resume ${subject}\u00a0»\u00a0: il reprend où il en était.`,
      `Mend its address, then “relais resume ${subject}”: it goes on where it was.`,
    ),
  'template.changed': (subject, data) =>
    said(
      `Un modèle de message a changé d’état sur «\u00a0${subject}\u00a0»\u00a0: ${textOf(data.name)}`,
      `A message template changed on “${subject}”: ${textOf(data.name)}`,
      'Voyez ce que dit la plateforme\u00a0: il peut ne plus partir, ou coûter autrement.',
      'See what the platform says: it may leave no more, or cost otherwise.',
    ),
  'send-refused': (subject, data) =>
    said(
      `Un envoi est refusé sur «\u00a0${subject}\u00a0» (${textOf(data.code)})`,
      `A send is refused on “${subject}” (${textOf(data.code)})`,
      `D’autres subiront le même refus. ${DOCTOR[0]}`,
      `Others will meet the same. ${DOCTOR[1]}`,
    ),
  'send-failed': (subject, data) =>
    said(
      `Un envoi a échoué après tous les essais sur «\u00a0${subject}\u00a0» (${textOf(data.code)})`,
      `A send failed after all tries on “${subject}” (${textOf(data.code)})`,
      'La conversation attend un conseiller.',
      'The conversation waits for an agent.',
    ),
  'send-unknown': (subject, data) =>
    said(
      `Personne ne sait si un envoi est parti sur «\u00a0${subject}\u00a0»`,
      `Nobody knows whether a send left on “${subject}”`,
      `«\u00a0relais explain ${textOf(data.message)}\u00a0» dit lequel\u00a0; il n’est pas répété.`,
      `“relais explain ${textOf(data.message)}” tells which; it is not repeated.`,
    ),
  stranded: (subject) =>
    said(
      `Des messages attendent sur «\u00a0${subject}\u00a0», faute d’un autre canal`,
      `Messages wait for “${subject}”, for want of another channel`,
      '«\u00a0relais reach report\u00a0» dit qui reste joignable, et par quoi.',
      '“relais reach report” tells who stays reachable, and by what.',
    ),
  unreached: (_, data) =>
    said(
      'Quelqu’un n’a été joint par aucun canal de son plan',
      'Somebody was reached by no channel of their plan',
      `«\u00a0relais explain ${textOf(data.message)}\u00a0» dit ce qui fut essayé.`,
      `“relais explain ${textOf(data.message)}” tells what was tried.`,
    ),
  'address-taken': () =>
    said(
      'Une adresse donnée est déjà celle d’un autre contact',
      'An address that was given is another contact’s already',
      'Rien n’y est écrit\u00a0; dans la conversation, un conseiller voit de qui elle est, et vérifie avec la personne.',
      'Nothing is written there; in the conversation an agent sees whose it is, and asks the person.',
    ),
  poison: (subject, { kind }) =>
    kind === 'unreadable'
      ? said(
          `Un message arrivé sur «\u00a0${subject}\u00a0» n’a pas pu être lu et a été mis de côté`,
          `A message that came in on “${subject}” could not be read and was set aside`,
          'GET /api/v1/poison dit où il se trouve\u00a0: ouvrez-le là, et répondez à la main.',
          'GET /api/v1/poison tells where it lies: open it there, and answer by hand.',
        )
      : said(
          'Un événement a été mis de côté après trois échecs',
          'An event was set aside after three failures',
          'GET /api/v1/poison le montre\u00a0; dites-le à qui maintient Relais.',
          'GET /api/v1/poison shows it; tell whoever maintains Relais.',
        ),
  'codes-limit': (_, data) =>
    said(
      `Aucun code à usage unique ne part plus ${data.limit === 'abroad' ? 'vers l’étranger ' : ''}pour l’instant\u00a0: la limite par heure (${textOf(data.most)}) est atteinte`,
      `No more one-time codes leave ${data.limit === 'abroad' ? 'for other countries ' : ''}for now: the hour’s limit (${textOf(data.most)}) is reached`,
      'Voyez qui en demande\u00a0: un robot, peut-être. Si tous sont voulus, relevez «\u00a0codes\u00a0» dans relais.yaml.',
      'See who asks for them: a robot, perhaps. If all are wanted, raise “codes” in relais.yaml.',
    ),
  'drill-failed': () =>
    said(
      'Un exercice de coupure a échoué',
      'A drill failed',
      'Lisez son rapport\u00a0: il dit quoi faire.',
      'Read its report: it says what to do.',
    ),
}

const OTHER = (about: string): Said =>
  said(`À regarder\u00a0: ${about}`, `To look at: ${about}`, 'Voyez le flux des événements.', 'See the stream of events.')

export const alertWords = ({ about, subject }: Matter, data: Facts): Said => CATALOGUE[about]?.(subject, data) ?? OTHER(about)
