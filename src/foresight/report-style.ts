/** The look of a report: the tokens of Relais' pages, in one file that asks for nothing from anywhere. */
export const REPORT_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fafaf7, #101416); --sheet: light-dark(#ffffff, #181d20); --well: light-dark(#e4e5df, #2a3135);
  --ink: light-dark(#14181c, #eceeea); --quiet: light-dark(#545c63, #a7afb2); --line: light-dark(#dddfd9, #2c3337);
  --accent: light-dark(#0b5c5e, #6cc4bf); --cut: light-dark(#b3261e, #f58d83); --flows: light-dark(#1e7f4f, #64c795);
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { max-width: 1120px; margin: 0 auto; padding: 24px 32px 64px }
h1, h2, h3, p, ol, ul, figure, dl, dd { margin: 0; padding: 0 }
h1 { font-size: 22px; font-weight: 600; line-height: 1.3; text-wrap: balance; max-width: 46em }
h2 { font-size: 16px; font-weight: 600; margin-bottom: 8px }
h3 { font-size: 13px; font-weight: 600 }
.quiet, figcaption, .note { color: var(--quiet); font-size: 13px }
header { display: grid; gap: 4px; margin-bottom: 20px }
.brand { display: flex; align-items: center; gap: 8px; color: var(--accent); font-size: 13px; font-weight: 600 }
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; margin-bottom: 20px }
.figures > div, section, article { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px }
.figures > div { padding: 16px 20px; display: flex; flex-direction: column-reverse; justify-content: flex-end }
.figures dt { color: var(--ink); font-size: 16px }
.figures dd.value { font-size: 30px; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
.figures dd.note { order: -1 }
.bad { color: var(--cut) }
section { padding: 16px 20px; min-width: 0 }
.todo { margin-bottom: 32px; border-color: var(--accent) }
.todo ol { padding-left: 1.4em; display: grid; gap: 4px }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; align-items: start }
svg.bars { display: block; width: 100%; overflow: visible; margin: 4px 0 }
svg.bars text { fill: var(--ink); font-size: 13px; font-variant-numeric: tabular-nums }
svg.bars .whole { fill: var(--well) } svg.bars .part { fill: var(--accent) }
details summary { cursor: pointer; color: var(--accent); font-size: 13px; padding: 4px 0; min-height: 24px }
.scroll { overflow-x: auto }
table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: 4px 0 4px 12px; border-bottom: 1px solid var(--line); vertical-align: top }
th:first-child, td:first-child { text-align: left; padding-left: 0 } thead th { color: var(--quiet); font-weight: 400 } tbody th { font-weight: 400 }
table.words td:last-child, table.words th:last-child { text-align: left }
.stories { margin-top: 32px } .stories > div { display: grid; grid-template-columns: 1fr 1fr; gap: 16px }
article { padding: 12px 16px; display: grid; gap: 4px; min-width: 0; overflow-wrap: anywhere; align-content: start }
article .said { margin: 0; padding-left: 10px; border-left: 3px solid var(--line); font-size: 13px }
article .turn { font-size: 16px } article .turn b { font-weight: 600 } code { font-size: 12px; color: var(--quiet); overflow-wrap: anywhere }
footer { margin-top: 32px; display: grid; gap: 4px; overflow-wrap: anywhere } a { color: var(--accent) }
@media (max-width: 720px) {
  main { padding: 12px 16px 48px } h1 { font-size: 17px }
  header { margin-bottom: 12px } .figures, .pair, .stories > div { grid-template-columns: minmax(0, 1fr); gap: 8px }
  .pair { margin-bottom: 8px } .figures { margin-bottom: 12px }
  .figures > div { padding: 6px 12px; flex-flow: row wrap; justify-content: flex-start; column-gap: 8px; align-items: baseline }
  .figures dd.value { order: -1; font-size: 20px } .figures dt { font-size: 13px } .figures dd.note { order: 1; flex-basis: 100%; font-size: 12px; line-height: 1.35 }
  header .quiet { font-size: 12px; line-height: 1.35 } .todo h2 { margin-bottom: 2px } .todo li { line-height: 1.4 }
  .todo { padding: 8px 12px; font-size: 13px }
}
@media print { section, article, .figures > div { break-inside: avoid } }
`
