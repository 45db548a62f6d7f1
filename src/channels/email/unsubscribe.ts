/**
 * One-click unsubscribe (RFC 8058): the mail program posts to the sealed link; a person who opens it is asked first, since scanners open
 * links too.
 */
import { createHash } from 'node:crypto'
import type { Received, Tools } from '../../core/channel.ts'
import type { Language } from '../../core/language.ts'
import { type Leaving, readLeaving } from './verify.ts'
import { asVendorId, escapeHtml } from './wire.ts'

const WORDS: Readonly<Record<Language, { readonly title: string; readonly asks: string; readonly button: string; readonly done: string }>> =
  {
    fr: {
      title: 'Désinscription',
      asks: 'Ne plus recevoir nos offres à l’adresse',
      button: 'Me désinscrire',
      done: 'C’est noté\u00a0: vous ne recevrez plus nos offres. Nous répondons toujours à vos messages.',
    },
    en: {
      title: 'Unsubscribe',
      asks: 'Stop receiving our offers at',
      button: 'Unsubscribe',
      done: 'Done: you will not receive our offers any more. We still answer your messages.',
    },
  }
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
}
const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem;border:0;border-radius:.5rem;background:#0b5c5e;color:#fff}'

const page = (language: Language, body: string): Response =>
  new Response(
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${WORDS[language].title}</title><style>${STYLE}</style><h1>${WORDS[language].title}</h1>${body}</html>`,
    { headers: HEADERS },
  )

const languageOf = ({ language }: Leaving): Language => (language === 'en' ? 'en' : 'fr')

export const answerVisit = (request: Request, { seal }: Tools): Response => {
  const leaving = readLeaving(request.url, seal)
  if (!leaving) return new Response(null, { status: 403 })
  const language = languageOf(leaving)
  const { asks, button } = WORDS[language]
  return page(
    language,
    `<p>${asks} <strong>${escapeHtml(leaving.address)}</strong>\u00a0?</p><form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${button}</button></form>`,
  )
}

export const receiveLeaving = (request: Request, body: Uint8Array, { seal, now }: Tools): Received => {
  const leaving = readLeaving(request.url, seal)
  if (!leaving) return { events: [], reply: new Response(null, { status: 401 }) }
  if (!/List-Unsubscribe(?:"\r\n\r\n|=)One-Click/.test(Buffer.from(body).toString('latin1')))
    return { events: [], reply: new Response(null, { status: 400 }) }
  const id = createHash('sha256').update(`${leaving.attempt} ${leaving.address}`).digest('base64url')
  const language = languageOf(leaving)
  return {
    events: [
      {
        kind: 'preference',
        vendorId: asVendorId(`leave:${id}`),
        at: now(),
        from: { addresses: [{ kind: 'email', value: leaving.address }] },
        category: 'marketing',
        value: 'stop',
        words: 'List-Unsubscribe=One-Click',
      },
    ],
    reply: page(language, `<p>${WORDS[language].done}</p>`),
  }
}
