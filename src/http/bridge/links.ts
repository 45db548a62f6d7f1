/**
 * `/l/<token>`: from another channel to the house's own page. Opening the address does nothing and shows nothing of the thread: chat programs and
 * scanners fetch links by themselves. Its button opens.
 */
import type { Context, Hono } from 'hono'
import { MEDIA } from '../../core/address.ts'
import { asId, type CodeId } from '../../core/ids.ts'
import type { Language, Words } from '../../core/language.ts'
import { CROSSING, crossingOf, type Link } from '../../core/link.ts'
import { digitsIn } from '../../core/one-time-code.ts'
import type { Visitor } from '../../core/visitor.ts'
import { mediumOf } from '../../core/workspace.ts'
import { append, ownArrival } from '../api/act.ts'
import { isSame } from '../api/codes.ts'
import { readBody } from '../body.ts'
import { requireOwnOrigin } from '../caller.ts'
import { findVisit } from '../chat/visit.ts'
import { secureHeaders } from '../headers.ts'
import { languageOf } from '../problem.ts'
import type { Rooms } from '../rooms.ts'
import { html, sheetResponse } from '../sheet.ts'
import { arrive, isAnonymous, tellCrossed } from './crossing.ts'

const SAYS = {
  title: { fr: 'Continuer sur notre page', en: 'Continue on our page' },
  joins: {
    fr: 'Ce que vous avez écrit sur notre page depuis ce navigateur rejoint cette conversation.',
    en: 'What you wrote on our page in this browser becomes part of this conversation.',
  },
  open: { fr: 'Ouvrir la page', en: 'Open the page' },
  send: { fr: 'M’envoyer un code', en: 'Send me a code' },
  check: { fr: 'Continuer', en: 'Go on' },
  code: { fr: 'Code à six chiffres', en: 'Six-digit code' },
  again: { fr: 'Recevoir un autre code', en: 'Get another code' },
  over: {
    fr: 'Ce lien n’ouvre rien, ou plus rien : il est incomplet, il a expiré, ou vous avez demandé qu’il ne vaille plus. Écrivez-nous là où vous l’avez reçu pour en avoir un autre.',
    en: 'This link opens nothing, or no longer: it is not whole, it has expired, or you asked that it no longer count. Write to us where you got it to have another one.',
  },
  enough: {
    fr: 'Aucun autre code ne peut partir pour ce lien. Écrivez-nous là où vous l’avez reçu pour en avoir un nouveau.',
    en: 'No further code can be sent for this link. Write to us where you got it to have a new one.',
  },
  unsent: {
    fr: 'Nous ne pouvons pas y envoyer de code pour le moment. Écrivez-nous là où vous avez reçu le lien pour en avoir un nouveau.',
    en: 'We cannot send a code there at the moment. Write to us where you got the link to have a new one.',
  },
  wait: {
    fr: 'Un code vient de partir. Patientez un instant avant d’en demander un autre.',
    en: 'A code has just been sent. Wait a moment before you ask for another one.',
  },
  wrong: {
    fr: 'Ce n’est pas le bon code, ou il ne vaut plus. Lisez le dernier reçu, ou demandez-en un autre.',
    en: 'That is not the right code, or it no longer counts. Read the latest one, or ask for another.',
  },
} as const satisfies Record<string, Words>

const began = (medium: string): Words => ({
  fr: `Notre conversation a commencé par ${medium}.`,
  en: `Our conversation began by ${medium}.`,
})
const carry = (count: number): Words => ({
  fr: `Reprendre ici notre conversation (${count} ${count > 1 ? 'messages' : 'message'})`,
  en: `Carry our conversation over (${count} ${count > 1 ? 'messages' : 'message'})`,
})
const elsewhere = (medium: string): Words => ({
  fr: `Ce lien a déjà été ouvert ailleurs, ou il date de plus de 15 minutes. Pour être sûrs que c’est vous, nous envoyons un code dans la conversation par ${medium}.`,
  en: `This link was opened elsewhere already, or is more than 15 minutes old. To be sure that it is you, we send a code into the conversation by ${medium}.`,
})
const sent = (medium: string): Words => ({
  fr: `Un code est parti dans la conversation par ${medium}. Il vaut 10 minutes.`,
  en: `A code is on its way into the conversation by ${medium}. It is valid for 10 minutes.`,
})

type Asking = { readonly rooms: Rooms; readonly language: Language; readonly link: Link; readonly carried: boolean }

const page = (rooms: Rooms, language: Language, body: string, status = 200): Response => {
  const title = SAYS.title[language]
  const response = sheetResponse(
    title,
    `<main><h1>${html(rooms.workspace.name)}</h1><h2>${html(title)}</h2>${body}</main>`,
    language,
    status,
  )
  secureHeaders(response, rooms.secure)
  // Else a browser without sec-fetch-site would not say whose form it sends.
  response.headers.set('referrer-policy', 'same-origin')
  response.headers.set('x-robots-tag', 'noindex')
  return response
}
const line = (text: string): string => `<p>${html(text)}</p>`
const over = (rooms: Rooms, language: Language): Response => page(rooms, language, line(SAYS.over[language]), 410)

const mediumFrom = ({ rooms, link, language }: Asking): string => {
  const setup = rooms.workspace.channels.find(({ id }) => id === link.from)
  return (setup && MEDIA[mediumOf(setup)]?.[language]) ?? link.from
}

const form = ({ carried }: Asking, inside: string, button: string, keep = true): string =>
  `<form method="post">${keep && carried ? '<input type="hidden" name="carry" value="1">' : ''}${inside}<button>${html(button)}</button></form>`

const ask = async (asking: Asking, needsCode: boolean, before: Visitor | null): Promise<Response> => {
  const { rooms, language, link } = asking
  const medium = mediumFrom(asking)
  const count = await countOf(rooms, link)
  const tick = `<p><label><input type="checkbox" name="carry" value="1" checked> ${html(carry(count)[language])}</label></p>`
  // The link may be somebody else's, who would read it then.
  const joins = before?.contact && before.contact !== link.contact && (await isAnonymous(rooms, before.contact))
  const intro = [began(medium), ...(needsCode ? [elsewhere(medium)] : []), ...(joins ? [SAYS.joins] : [])]
    .map((words) => line(words[language]))
    .join('')
  return page(rooms, language, intro + form(asking, count ? tick : '', SAYS[needsCode ? 'send' : 'open'][language], false))
}

/** From one page to another nothing is: who holds the first may see less there than the thread. */
const mayCarry = ({ workspace }: Rooms, { from }: Link): boolean => workspace.channels.find(({ id }) => id === from)?.chat === undefined

/** What would be carried over: how many, and not a word of it. */
const countOf = async (rooms: Rooms, link: Link): Promise<number> => {
  const contact = mayCarry(rooms, link) ? await rooms.reading.contact(link.contact) : null
  if (!contact?.conversationId) return 0
  const at = rooms.clock.now()
  return rooms.visitors.carried({ conversation: contact.conversationId, shows: 'thread', channel: link.to, since: at } as Visitor)
}

const askCode = (asking: Asking, id: CodeId, notice: string, status = 200): Response => {
  const { rooms, language } = asking
  const field = `<input type="hidden" name="id" value="${html(id)}"><p><label>${html(SAYS.code[language])}<br><input name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="20" autofocus></label></p>`
  const another = form(asking, '', SAYS.again[language])
  return page(rooms, language, `<p role="status">${html(notice)}</p>${form(asking, field, SAYS.check[language])}${another}`, status)
}

/** One more code into the thread it came from; few of them, and a person's own codes are not used up by it. */
const sendCode = async (asking: Asking): Promise<Response> => {
  const { rooms, language, link } = asking
  const at = rooms.clock.now()
  const message = rooms.ids('msg')
  const id = asId<CodeId>(`cod_${message.slice(4)}`)
  const until = at + CROSSING.codeLifeMs
  if (link.codes >= CROSSING.codes) return page(rooms, language, line(SAYS.enough[language]), 429)
  const asked = { id, message, whom: [`crossing:${link.contact}`], purpose: purposeOf(link), digits: 6, expiresAt: until, abroad: false }
  const opened = await rooms.codes.open(asked, rooms.workspace.codes, at)
  if (opened.afterMs !== null) return page(rooms, language, line(SAYS.wait[language]) + form(asking, '', SAYS.send[language]), 429)
  if (!(await rooms.bridge.links.countCode(link.id))) return page(rooms, language, line(SAYS.enough[language]), 429)
  const body = { link: link.id, from: link.from, to: link.to, message, reference: id, until }
  const place = { id: rooms.ids('evt'), contact: link.contact, channel: link.from, at }
  await append(rooms, { own: [ownArrival('crossing.code', body, place)] }, place.id)
  // A rule may keep it from there, or the channel is gone from the set-up.
  const status = (await rooms.reading.message(message))?.status
  if (status === 'refused' || status === 'held') return page(rooms, language, line(SAYS.unsent[language]), 409)
  return askCode(asking, id, sent(mediumFrom(asking))[language])
}
const purposeOf = ({ id }: Link): string => `link:${id}`

const CODE = /^cod_[0-9a-f-]{1,40}$/
const isRight = async ({ rooms, link }: Asking, id: CodeId, typed: string): Promise<boolean> => {
  if (!CODE.test(id)) return false
  const checked = await rooms.codes.check(id, (digits) => isSame(rooms.codes.code(id, digits), digitsIn(typed)), rooms.clock.now())
  return checked?.valid === true && checked.purpose === purposeOf(link)
}

const toPage = (link: Pick<Link, 'to'>, cookie: string | null): Response =>
  new Response(null, {
    status: 303,
    headers: { location: `../chat/${link.to}`, 'cache-control': 'no-store', ...(cookie === null ? {} : { 'set-cookie': cookie }) },
  })

const enter = async ({ rooms, link, carried }: Asking, before: Visitor | null, how: 'first' | 'code'): Promise<Response> => {
  const shows = carried ? 'thread' : 'own'
  const visitor = rooms.ids('vis')
  const first = await rooms.bridge.links.open(link.id, visitor, rooms.clock.now())
  // Somebody else was quicker by a moment.
  if (how === 'first' && !first) return backToLink(rooms, link)
  const arrived = await arrive(rooms, before, { visitor, channel: link.to, contact: link.contact, shows })
  await tellCrossed(rooms, link.contact, arrived, { how, link: link.id, shows, from: link.from, to: link.to })
  return toPage(link, arrived.cookie)
}
const backToLink = (rooms: Rooms, { id }: Link): Response =>
  new Response(null, { status: 303, headers: { location: rooms.bridge.tokens.token(id), 'cache-control': 'no-store' } })

const LARGEST_FORM = 2048

export const addLinks = (app: Hono, rooms: Rooms): void => {
  const language = (context: Context) => languageOf(context.req.header('accept-language'), rooms.workspace.locale)
  /** What was made up is known as such without a look into the store. */
  const find = async (context: Context): Promise<Link | null> => {
    const id = rooms.bridge.tokens.read(context.req.param('token') ?? '')
    const link = id && (await rooms.bridge.links.find(id))
    return link && rooms.workspace.channels.some(({ id: own, chat }) => own === link.to && chat) ? link : null
  }
  const stateOf = async (context: Context, link: Link) => {
    const visitor = await findVisit(rooms, link.to, context.req.raw)
    // This browser is theirs already, and sees all of it.
    if (visitor?.contact === link.contact && visitor.shows === 'thread') return { visitor, state: 'again' as const }
    return { visitor, state: crossingOf(link, visitor?.id ?? null, rooms.workspace.bridge?.code ?? 'elsewhere', rooms.clock.now()) }
  }
  app.get('/l/:token', async (context) => {
    const [said, link] = [language(context), await find(context)]
    if (!link) return over(rooms, said)
    const { state, visitor } = await stateOf(context, link)
    if (state === 'over') return over(rooms, said)
    return state === 'again' ? toPage(link, null) : ask({ rooms, language: said, link, carried: true }, state === 'code', visitor)
  })
  app.post('/l/:token', async (context) => {
    requireOwnOrigin(context.req.raw)
    const [said, link] = [language(context), await find(context)]
    if (!link) return over(rooms, said)
    const given = new URLSearchParams(new TextDecoder().decode(await readBody(context.req.raw, LARGEST_FORM)))
    const { state, visitor } = await stateOf(context, link)
    const asking: Asking = { rooms, language: said, link, carried: mayCarry(rooms, link) && given.get('carry') === '1' }
    if (state === 'over') return over(rooms, said)
    if (state === 'again') return toPage(link, null)
    if (state === 'open') return enter(asking, visitor, 'first')
    const code = given.get('code')
    if (code === null) return sendCode(asking)
    const id = asId<CodeId>(given.get('id') ?? '')
    return (await isRight(asking, id, code)) ? enter(asking, visitor, 'code') : askCode(asking, id, SAYS.wrong[said], 403)
  })
}
