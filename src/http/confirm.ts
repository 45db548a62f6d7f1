/**
 * `/confirm/<contact>/<code>`: the link in the message that proves an address. Opening it does nothing: mail programs and scanners open links
 * by themselves. Its button confirms.
 */
import type { Context, Hono } from 'hono'
import { asId, type ContactId } from '../core/ids.ts'
import type { Language, Words } from '../core/language.ts'
import { joinedBy } from '../relay/event.ts'
import { append, ownArrival } from './api/act.ts'
import { languageOf } from './problem.ts'
import type { Rooms } from './rooms.ts'
import { html, sheetResponse } from './sheet.ts'

const PATH = '/confirm/:contact{con_[0-9a-f-]{1,40}}/:code{[0-9]{10}}'
const SAYS = {
  title: { fr: 'Confirmer votre adresse', en: 'Confirm your address' },
  ask: {
    fr: 'Vous l’avez donnée dans une conversation avec nous. Un appui sur ce bouton confirme qu’elle est à vous.',
    en: 'You gave it in a conversation with us. A tap on this button confirms that it is yours.',
  },
  button: { fr: 'Confirmer', en: 'Confirm' },
  done: { fr: 'C’est confirmé. Vous pouvez fermer cette page.', en: 'Confirmed. You may close this page.' },
  over: {
    fr: 'Ce lien ne vaut plus : il a plus de 15 minutes, a déjà servi, ou un autre code l’a remplacé. Demandez-en un dans la conversation.',
    en: 'This link no longer counts: it is more than 15 minutes old, was used, or another code took its place. Ask for one in the conversation.',
  },
} as const satisfies Record<string, Words>

const sheet = (rooms: Rooms, language: Language, text: string, form: boolean, status = 200): Response => {
  const button = form ? `<form method="post"><button>${html(SAYS.button[language])}</button></form>` : ''
  const body = `<h1>${html(rooms.workspace.name)}</h1><h2>${html(SAYS.title[language])}</h2><p>${html(text)}</p>${button}`
  return sheetResponse(SAYS.title[language], body, language, status)
}

export const addConfirm = (app: Hono, rooms: Rooms): void => {
  const language = (context: Context) => languageOf(context.req.header('accept-language'), rooms.workspace.locale)
  app.get(PATH, (context) => sheet(rooms, language(context), SAYS.ask[language(context)], true))
  app.post(PATH, async (context) => {
    const [id, code] = [asId<ContactId>(context.req.param('contact')), context.req.param('code')]
    const said = language(context)
    const contact = await rooms.reading.contact(id)
    if (!contact) return sheet(rooms, said, SAYS.over[said], false, 410)
    const event = rooms.ids('evt')
    const place = { id: event, contact: contact.id, channel: null, at: rooms.clock.now() }
    await append(rooms, { own: [ownArrival('code.tapped', { code }, place)] }, event)
    await rooms.settled(joinedBy(event))
    const after = await rooms.reading.contact(contact.id)
    const confirmed = after?.consents.some(({ proof }) => (proof as { event?: unknown } | null)?.event === event) === true
    return sheet(rooms, said, SAYS[confirmed ? 'done' : 'over'][said], false, confirmed ? 200 : 410)
  })
}
