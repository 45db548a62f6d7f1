/** The look that all reports share. Three sizes and two weights; state colours only for state. */
export const STYLE = `
:root { --large: 1.75rem; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: var(--text)/1.5 var(--font); }
main { max-width: 72rem; margin: 0 auto; padding: var(--s6) var(--s8) var(--s12); }
h1, h2, h3, p, ol, ul, figure, dl, dd { margin: 0; padding: 0; }
h1 { font-size: var(--large); font-weight: var(--strong); line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: var(--text); font-weight: var(--strong); margin-bottom: var(--s2); }
h3 { font-size: var(--small); font-weight: var(--strong); }
h2, h3 { break-after: avoid; }
strong, b { font-weight: var(--strong); }
a { color: var(--accent); }
code { font-size: var(--small); overflow-wrap: anywhere; }
.quiet, .note { color: var(--quiet); font-size: var(--small); }
.bad { color: var(--cut); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
header { display: grid; gap: var(--s1); margin-bottom: var(--s5); }
header .quiet { max-width: 56rem; }
.brand { display: flex; align-items: center; gap: var(--s2); color: var(--accent); font-size: var(--small); font-weight: var(--strong); }
footer { margin-top: var(--s8); display: grid; gap: var(--s1); overflow-wrap: anywhere; }
section, article, .figures > div { background: var(--sheet); border: 1px solid var(--line); border-radius: var(--round); min-width: 0; }
section { padding: var(--s4) var(--s5); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: var(--s4); margin-bottom: var(--s5); }
.figures > div { padding: var(--s4) var(--s5); display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.figures .value { font-size: var(--large); line-height: 1.2; font-weight: var(--strong); letter-spacing: -0.01em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.figures .note { order: -1; }

.bars { list-style: none; display: grid; gap: var(--s2); margin: var(--s1) 0; }
.bars li { display: grid; grid-template-columns: 1fr auto; gap: 2px var(--s3); font-size: var(--small); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.bars .bar { grid-column: 1 / -1; height: 8px; border-radius: 2px; background: var(--groove); print-color-adjust: exact; }
.bars .bar i { display: block; height: 100%; border-radius: 2px; background: var(--accent); print-color-adjust: exact; }
:root { --groove: light-dark(#e4e5df, #2a3135); }

/* A shade at an edge beyond which there is more. */
.scroll { --shade-edge: color-mix(in srgb, var(--ink) 16%, transparent); overflow-x: auto; background:
  linear-gradient(90deg, var(--sheet) 40%, transparent) 0 0 / 40px 100% no-repeat local,
  linear-gradient(270deg, var(--sheet) 40%, transparent) 100% 0 / 40px 100% no-repeat local,
  linear-gradient(90deg, var(--shade-edge), transparent) 0 0 / 12px 100% no-repeat scroll,
  linear-gradient(270deg, var(--shade-edge), transparent) 100% 0 / 12px 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: var(--small); font-variant-numeric: tabular-nums; }
th, td { text-align: start; vertical-align: top; font-weight: 400; padding: var(--s1) 0 var(--s1) var(--s4); border-bottom: 1px solid var(--line); }
tr > :first-child { padding-inline-start: 0; min-width: 7rem; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--quiet); vertical-align: bottom; }
.number { text-align: end; }
td.number { white-space: nowrap; }
.none { color: var(--quiet); }
details > summary { cursor: pointer; width: fit-content; min-height: 24px; padding: var(--s1) 0; color: var(--accent); font-size: var(--small); }

@media (max-width: 720px) {
  :root { --large: 1.25rem; }
  main { padding: var(--s3) var(--s4) var(--s12); }
  header { margin-bottom: var(--s3); }
  header .quiet, .figures .note { line-height: 1.35; }
  .figures { grid-template-columns: minmax(0, 1fr); gap: var(--s2); margin-bottom: var(--s3); }
  .figures > div { padding: 6px var(--s3); flex-flow: row wrap; justify-content: flex-start; align-content: flex-start; column-gap: var(--s2); align-items: baseline; }
  .figures .value { order: -1; }
  .figures dt { font-size: var(--small); }
  .figures .note { order: 1; flex-basis: 100%; }
  section { padding: var(--s3) var(--s4); }
  th.number { min-width: 5rem; }
}
@media screen and (max-width: 560px) {
  .stacks, .stacks tbody, .stacks tr, .stacks tbody th { display: block; }
  .stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacks th, .stacks td { padding-block: 2px; border: 0; }
  .stacks tr { padding-block: var(--s2); border-bottom: 1px solid var(--line); }
  .stacks tbody th { font-weight: var(--strong); }
  .stacks td { display: flow-root; padding-inline-start: 6.5rem; text-align: start; white-space: normal; overflow-wrap: anywhere; }
  .stacks td::before { content: attr(data-column); float: inline-start; width: 6rem; margin-inline-start: -6.5rem; color: var(--quiet); }
  .stacks :is(th, td):empty { display: none; }
}
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; }
  body { background: none; font-size: 0.875rem; }
  main { max-width: none; padding: 0; }
  section, article, .figures > div { break-inside: avoid; }
  .scroll { overflow: visible; background: none; }
  table, td code { font-size: 0.6875rem; }
  th, td { padding-inline-start: var(--s2); }
  td a { overflow-wrap: anywhere; }
  summary { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`
