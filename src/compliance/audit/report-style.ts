/** Light and dark by what the reader's system asks for; on paper always light. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #566474; --paper: #fff; --line: #d8dee6;
  --payable: #2a7f62; --reduced: #b7791f; --denied: #b3373c; --pended: #5a6fb0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7ecf2; --quiet: #a5b1bf; --paper: #14191f;
  --line: #333d48; --payable: #4fb892; --reduced: #e0ab4f; --denied: #e87a7e; --pended: #93a5e3; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
header p, footer, small, .readings span { color: var(--quiet); }
code { font-size: .8em; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 1rem; margin-top: 1.5rem; }
.tile { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; display: grid; gap: .15rem; }
.tile strong { font-size: 1.35rem; font-variant-numeric: tabular-nums; }
figure { margin: 0 0 1rem; overflow-x: auto; } svg { width: 100%; min-width: 34rem; height: auto; } svg text { fill: var(--ink); font-size: 13px; }
.payable { fill: var(--payable); background: var(--payable); } .reduced { fill: var(--reduced); background: var(--reduced); }
.denied { fill: var(--denied); background: var(--denied); } .pended { fill: var(--pended); background: var(--pended); }
.gained { fill: var(--payable); background: var(--payable); } .lost { fill: var(--denied); background: var(--denied); }
.middle { stroke: var(--ink); stroke-width: 1; }
.legend { display: flex; flex-wrap: wrap; gap: 1rem; margin: 0; font-size: .85rem; }
.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 2px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: right; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 400; } th[scope=row] { min-width: 7.5rem; } thead th { color: var(--quiet); } thead th + th { text-align: right; }
.readings li { margin-bottom: .6rem; }
@media print { :root { --ink: #000; --quiet: #444; --paper: #fff; --line: #bbb; --payable: #2a7f62; --reduced: #b7791f; --denied: #b3373c; --pended: #5a6fb0; } body { max-width: none; padding: 0; }
  section, tr, figure { break-inside: avoid; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
