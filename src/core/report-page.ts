/** The frame of every report that is one file: no script, nothing fetched, light and dark, legible on a phone and on paper. */
import type { Language } from './language.ts'

/** Text as it stands in HTML, in an attribute too. */
export const html = (text: string | number): string => String(text).replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`)

export type ReportPage = {
  readonly language: Language
  readonly title: string
  /** The custom properties of the house's pages, as CSS. */
  readonly tokens: string
  /** CSS of this report alone. */
  readonly style: string
  /** HTML; what comes from elsewhere is escaped already. */
  readonly body: string
}

const BASE = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: var(--text)/1.5 var(--font); }
main { max-width: 72rem; margin: 0 auto; padding: var(--s6) var(--s4) var(--s12); }
h1 { font-size: var(--large); line-height: 1.25; margin: 0 0 var(--s2); }
h2 { font-size: var(--text); font-weight: var(--strong); margin: var(--s8) 0 var(--s2); }
h3 { font-size: var(--text); font-weight: var(--strong); margin: var(--s5) 0 var(--s1); }
p { margin: 0 0 var(--s3); max-width: 44rem; overflow-wrap: anywhere; }
a { color: var(--accent); }
.quiet, caption, figcaption { color: var(--quiet); font-size: var(--small); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: var(--round); background: var(--sheet); margin: 0 0 var(--s4); }
table { border-collapse: collapse; width: 100%; font-size: var(--small); font-variant-numeric: tabular-nums; }
caption { text-align: start; padding: var(--s2) var(--s3); }
th, td { text-align: start; vertical-align: top; padding: var(--s2) var(--s3); border-top: 1px solid var(--line); overflow-wrap: break-word; min-width: 6rem; }
thead th { color: var(--quiet); font-weight: var(--strong); }
td.number, th.number { text-align: end; }
td.number { white-space: nowrap; }
details > summary { cursor: pointer; padding: var(--s2) 0; color: var(--accent); }
code { font-size: var(--small); overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.figures { display: flex; flex-wrap: wrap; gap: var(--s6); margin: var(--s4) 0; padding: 0; list-style: none; }
.figures strong { display: block; font-size: var(--large); font-variant-numeric: tabular-nums; }
@media print { .scroll { overflow: visible; } }
`

export const reportPage = ({ language, title, tokens, style, body }: ReportPage): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(title)}</title>
<style>${tokens}${BASE}${style}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`
