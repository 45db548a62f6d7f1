/**
 * The one frame of every report that is one file: no script, nothing fetched, light and dark from the same names, legible on a phone and on
 * paper. Whoever writes a report gives its words; what all reports have in common stands here.
 */
import type { Language } from '../core/language.ts'
import { STYLE } from './style.ts'

/** Text as it stands in HTML, in an attribute too. */
export const html = (text: string | number): string => String(text).replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`)

export type ReportPage = {
  readonly language: Language
  /** What the report is about: its largest line. */
  readonly title: string
  /** Quiet lines under the title. */
  readonly lead: readonly string[]
  /** Fonts and custom properties of the house's pages, as CSS. */
  readonly look: string
  /** CSS of this report alone. */
  readonly style?: string
  /** HTML; what comes from elsewhere is escaped already. */
  readonly body: string
  /** Where it comes from. */
  readonly footer: readonly string[]
}

/** Two dots joined by an arc: a conversation handed over. */
export const MARK =
  '<svg class="mark" width="28" height="14" viewBox="0 0 28 14" aria-hidden="true"><circle cx="4" cy="10" r="3.5" fill="currentColor"/><circle cx="24" cy="10" r="3.5" fill="currentColor"/><path d="M4 10C8 1 20 1 24 10" fill="none" stroke="currentColor" stroke-width="1.8"/></svg>'

export const reportPage = ({ language, title, lead, look, style = '', body, footer }: ReportPage): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${html(title)} · Relais</title>
<style>${look}${STYLE}${style}</style>
</head>
<body>
<main>
<header><p class="brand">${MARK} Relais</p><h1>${html(title)}</h1>${lead.map((line) => `<p class="quiet">${html(line)}</p>`).join('')}</header>
${body}
<footer class="quiet">${footer.map((line) => `<p>${html(line)}</p>`).join('')}</footer>
</main>
</body>
</html>
`
