/** A page that stands alone: one style in the house's look, light and dark, without a script and without anything from elsewhere. */
import { createHash } from 'node:crypto'
import type { Language } from '../core/language.ts'

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;background:#fafaf7;color:#14181c}
a{color:#0b5c5e}code,pre{font:14px/1.5 ui-monospace,monospace}h2{margin-top:2.5rem;border-bottom:1px solid #14181c33}
section{margin:1.5rem 0}dt{font-weight:600}dd{margin:0 0 .5rem 1rem}table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0}
button,input{font:inherit}button{min-height:44px;padding:.5rem 1.25rem;border:0;border-radius:8px;background:#0b5c5e;color:#fff;cursor:pointer}
input:not([type=checkbox]){min-height:44px;padding:0 .75rem;border:1px solid #14181c99;border-radius:8px;background:transparent;color:inherit;box-sizing:border-box;max-width:100%}
input[type=checkbox]{width:20px;height:20px;vertical-align:-4px;margin:0 .5rem 0 0;accent-color:#0b5c5e}:focus-visible{outline:3px solid #0b5c5e;outline-offset:2px}
form+form{margin-top:1rem}form+form button{background:transparent;color:inherit;box-shadow:inset 0 0 0 1px currentColor}
@media (prefers-color-scheme:dark){body{background:#14181c;color:#fafaf7}a{color:#7fc4c6}h2{border-color:#fafaf733}button{background:#7fc4c6;color:#14181c}form+form button{background:transparent;color:inherit}input:not([type=checkbox]){border-color:#fafaf799}:focus-visible{outline-color:#7fc4c6}}`
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`

export const html = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign] ?? sign)

/** `body` is HTML; `title` is text. */
export const sheetResponse = (title: string, body: string, language: Language, status = 200): Response =>
  new Response(
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${html(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-language': language,
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
        vary: 'accept, accept-language',
      },
    },
  )
