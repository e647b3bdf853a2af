/** Style of a report: light and dark, phone and print; nothing is loaded from elsewhere. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1b1f24; --quiet: #5a6470; --rule: #d8dee4; --grid: #e9edf1;
  --point: #2563c9; --drift: #b3361b; --drift-paper: #fdeee9; --ok: #18703f; --ok-paper: #e8f5ec;
  --unjudged: #6a5a1d; --unjudged-paper: #faf4dd;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e6e9ec; --quiet: #9ba5af; --rule: #363d44; --grid: #262c32;
    --point: #7fb0ff; --drift: #ff9a80; --drift-paper: #3a1d15; --ok: #7fd6a0; --ok-paper: #14301f;
    --unjudged: #e3cf86; --unjudged-paper: #322b12;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
.verdict { padding: 1rem 1.25rem; border-left: 6px solid; border-radius: 4px; }
.verdict h1 { margin: 0; font-size: 1.35rem; line-height: 1.35; }
.verdict h1 span { display: block; margin-top: .35rem; font-size: 1.05rem; font-weight: 400; color: var(--ink); }
.verdict.drift { background: var(--drift-paper); color: var(--drift); }
.verdict.ok { background: var(--ok-paper); color: var(--ok); }
.verdict.insufficient_data, .verdict.warning { background: var(--unjudged-paper); color: var(--unjudged); }
.quiet, caption small { color: var(--quiet); font-size: .9rem; font-weight: 400; }
caption small { display: block; }
.badge { padding: 0 .45rem; border-radius: 1rem; font-size: .8rem; white-space: nowrap; }
.badge.drift { background: var(--drift-paper); color: var(--drift); }
.badge.warning { background: var(--unjudged-paper); color: var(--unjudged); }
.pair { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem 1.5rem; margin-top: 1rem; }
.pair figcaption { color: var(--ink); font-weight: 600; }
.made { margin: .5rem 0 0; color: var(--quiet); font-size: .9rem; }
h2 { margin: 2rem 0 .25rem; font-size: 1.1rem; }
ol { margin: .5rem 0 0; padding-left: 1.4rem; }
li { margin: .35rem 0; }
.table { overflow-x: auto; }
table { width: 100%; margin-top: 2rem; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { padding-bottom: .4rem; text-align: left; font-size: 1.1rem; font-weight: 700; }
th, td { padding: .5rem .75rem .5rem 0; border-top: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { font-weight: 600; }
thead td { border-top: 0; }
thead th { border-top: 0; color: var(--quiet); font-size: .85rem; font-weight: 400; }
th small { display: block; color: var(--quiet); font-weight: 400; }
td.drift, td .drift { color: var(--drift); font-weight: 700; }
td.ok, td .ok { color: var(--ok); }
td.unjudged, td .unjudged { color: var(--unjudged); }
.indicators td { white-space: nowrap; }
.indicators td:last-child { white-space: normal; min-width: 9rem; }
code { font: .85em ui-monospace, monospace; }
figure { margin: 0; break-inside: avoid; }
figcaption { color: var(--quiet); font-size: .9rem; }
.chart { margin-top: .5rem; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 32rem; height: auto; font: 13px system-ui, sans-serif; fill: var(--ink); }
svg.square { max-width: 26rem; min-width: 18rem; }
svg.half { min-width: 0; font-size: 12px; }
.now { fill: var(--point); fill-opacity: .7; }
.drift .now { fill: var(--drift); }
.usual { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.course { fill: none; stroke: var(--point); stroke-width: 1.8; }
.point { fill: var(--point); }
.grid { stroke: var(--grid); }
.axis, .limit-label { fill: var(--quiet); }
.points circle { fill: var(--point); fill-opacity: .75; }
.marked { fill: var(--drift); }
.limit { stroke: var(--drift); stroke-width: 1.5; stroke-dasharray: 6 4; }
.mean { stroke: var(--point); stroke-width: 1.5; }
.mean-label { fill: var(--point); font-weight: 600; }
.change { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 2 3; }
.change-label { fill: var(--quiet); }
.leader { fill: none; stroke: var(--quiet); stroke-width: .75; }
.track { fill: var(--grid); }
.bar { fill: var(--point); }
.bar.marked { fill: var(--drift); }
@media (max-width: 34rem) {
  .indicators small, .indicators .limit-column { display: none; }
  .indicators td, .indicators td:last-child { white-space: normal; min-width: 0; }
  .indicators th { overflow-wrap: anywhere; }
  td code { word-break: break-all; }
  th, td { padding-right: .5rem; }
}
footer { margin-top: 2.5rem; color: var(--quiet); font-size: .85rem; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  svg { min-width: 0; }
  .verdict, .bar, .track, .now, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
}
`;
