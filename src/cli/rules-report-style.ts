/** The look of the lanes: a colour, a sign and a word for each outcome. */
export const REPORT_STYLE = `
section { margin: var(--s8) 0 0; border-top: 1px solid var(--line); }
section h2 { margin-top: var(--s4); overflow-wrap: anywhere; }
.stale { color: var(--waits); }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: var(--s2); padding: 0; margin: 0 0 var(--s3); }
.legend .stretch { position: static; display: inline-block; height: auto; padding: 2px var(--s2); overflow: visible; }
.lanes { margin: var(--s3) 0; }
.lane { display: grid; grid-template-columns: 12rem 1fr; gap: var(--s3); align-items: center; margin: 0 0 var(--s1); }
.place { font-size: var(--small); overflow-wrap: anywhere; }
.track { position: relative; height: 28px; background: var(--well); border-radius: 4px; overflow: hidden; }
.track::after { content: ""; position: absolute; inset-block: 0; left: var(--today); width: 2px; background: var(--ink); }
.axis .track { background: none; height: 20px; overflow: visible; font-size: var(--small); color: var(--quiet); }
.axis .track span { position: absolute; top: 0; }
.axis .track .now { left: var(--today); transform: translateX(-50%); color: var(--ink); font-weight: var(--strong); background: var(--paper); padding: 0 var(--s1); }
.axis .track::after { display: none; }
.stretch { position: absolute; top: 0; height: 100%; padding: 4px 6px; font-size: var(--small); line-height: 20px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; color: var(--ink); background: var(--soft); border: 1px solid var(--mark); border-inline-start-width: 3px; border-radius: 4px; }
.allow { --mark: var(--flows); --soft: var(--flows-soft); }
.amend { --mark: var(--accent); --soft: var(--accent-soft); }
.postpone, .hold { --mark: var(--waits-mark); --soft: var(--waits-soft); }
.reroute, .mixed { --mark: var(--unknown); --soft: var(--unknown-soft); }
.refuse { --mark: var(--cut); --soft: var(--cut-soft); }
.announced { border-style: dashed; }
.sure-C { background: repeating-linear-gradient(135deg, var(--soft) 0 6px, var(--sheet) 6px 9px); }
@media (max-width: 640px) {
  .lane { grid-template-columns: 1fr; gap: 0; margin-bottom: var(--s2); }
  .axis .place { display: none; }
}
`
