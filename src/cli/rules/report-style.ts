/** The look of the lanes: a colour, a sign and a word for each outcome. */
export const REPORT_STYLE = `
.top { display: grid; grid-template-columns: 2fr 1fr; gap: var(--s4); }
main > .stale { margin-bottom: var(--s3); }
.next { border-color: var(--accent); }
.next ol { list-style: none; display: grid; gap: var(--s2); }
.next li { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 var(--s4); }
.next time { font-weight: var(--strong); font-variant-numeric: tabular-nums; }
.legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: var(--s2); margin-bottom: var(--s2); }
.legend .stretch { position: static; height: auto; padding: 2px var(--s2); cursor: auto; }
.chapter { margin: var(--s8) 0 var(--s3); font-size: var(--large); letter-spacing: -0.01em; }
.rule { display: grid; grid-template-columns: 22rem minmax(0, 1fr); gap: var(--s1) var(--s6); margin-bottom: var(--s3); align-items: start; scroll-margin-top: var(--s4); }
.rule:not(:has(.lanes)) { grid-template-columns: minmax(0, 1fr); }
.rule:target { border-color: var(--accent); }
.about { display: grid; gap: var(--s1); }
.about h3 { color: var(--accent); overflow-wrap: anywhere; }
.about p { text-wrap: pretty; }
.rule > details { grid-column: 1 / -1; }
.rule > details code { display: inline-block; min-width: 8rem; }
td time { white-space: nowrap; }
.stale { color: var(--waits); font-size: var(--small); }

.lanes { display: grid; gap: var(--s1); min-width: 0; }
.lane { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: var(--s3); }
.place { font-size: var(--small); line-height: 1.3; align-self: center; text-wrap: balance; overflow-wrap: anywhere; }
.track { position: relative; min-height: 28px; background: var(--groove); border-radius: 4px; print-color-adjust: exact; }
.track::after { content: ""; position: absolute; inset-block: -2px; left: var(--today); width: 2px; margin-left: -1px; background: var(--ink); pointer-events: none; print-color-adjust: exact; }
.axis .track { background: none; min-height: 20px; font-size: var(--small); color: var(--quiet); }
.axis .track span { position: absolute; top: 0; padding-inline-start: 5px; border-inline-start: 1px solid var(--edge); }
.axis .track .now { left: auto; right: calc(100% - var(--today)); border: 0; padding: 0 6px; color: var(--ink); font-weight: var(--strong); }
.axis .track .now.after { left: var(--today); right: auto; }
.stretch { --mark: var(--edge); --soft: var(--sheet); position: absolute; top: 0; height: 100%; overflow: hidden; font-size: var(--small); white-space: nowrap; cursor: default; background: var(--soft); border: 1px solid var(--mark); border-inline-start-width: 4px; border-radius: 4px; print-color-adjust: exact; }
.stretch b { color: var(--mark); }
.word { display: block; container-type: inline-size; height: 100%; padding-inline-start: 7px; align-content: center; overflow: hidden; text-overflow: ellipsis; }
@container (max-width: 4.5rem) { .word > span { display: none; } }
.allow { --mark: var(--flows); --soft: var(--flows-soft); }
.amend { --mark: var(--accent); --soft: var(--accent-soft); }
.postpone, .hold { --mark: var(--waits); --soft: var(--waits-soft); }
.reroute, .mixed { --mark: var(--unknown); --soft: var(--unknown-soft); }
.refuse { --mark: var(--cut); --soft: var(--cut-soft); }
.announced { border-style: dashed; }
.sure-C { background: repeating-linear-gradient(135deg, var(--soft) 0 7px, var(--groove) 7px 9px); }
/* Lingers a moment, so that neither the pointer nor the keyboard loses the source on its way to it. */
.tip { visibility: hidden; transition: visibility 0s 120ms; position: absolute; z-index: 2; top: calc(100% + 4px); width: max-content; padding: var(--s2) var(--s3); background: var(--sheet); border: 1px solid var(--edge); border-radius: var(--round); box-shadow: var(--shade); font-size: var(--small); overflow-wrap: anywhere; }
.tip p { margin-top: var(--s1); }
.stretch:hover + .tip, .stretch:focus + .tip, .tip:hover, .tip:focus-within { visibility: visible; transition-delay: 0s; }
@media (max-width: 900px) {
  .top { grid-template-columns: minmax(0, 1fr); }
  .rule { grid-template-columns: minmax(0, 1fr); gap: var(--s2); }
}
@media (max-width: 720px) {
  .top { gap: var(--s3); }
  .next li { grid-template-columns: 1fr; }
  .rule { padding-inline: var(--s3); }
  .lane { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .word { padding-inline-start: 5px; line-height: 1.15; }
  .stretch { white-space: normal; }
  .track { min-height: 34px; }
  .axis .track { min-height: 38px; }
  .axis .track .now { top: 18px; }
  .axis .place { display: none; }
  .lanes { gap: var(--s2); }
}
@page { size: A4 landscape; }
@media (max-width: 720px) { @container (max-width: 6.5rem) { .word > span { display: none; } } }
@media print {
  .rule { break-inside: auto; }
  .rule > details code { min-width: 0; }
  .about, .lanes { break-inside: avoid; }
  .tip { display: none; }
}
`
