/** The one style sheet of a report: screen and A4 paper, legible in grey, system fonts with Chinese ones behind them. */
export const REPORT_STYLE = `
:root { color-scheme: light; --ink: #1d2625; --muted: #55625f; --rule: #d5dcda; --accent: #14504b; --mark: #8a5208; --fill: #f3f6f5; }
* { box-sizing: border-box; }
html { font: 13px/1.55 -apple-system, "Segoe UI", "Noto Sans", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif; color: var(--ink); background: #fff; }
body { max-width: 190mm; margin: 0 auto; padding: 12mm 6mm 24mm; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 2mm; }
h2 { font-size: 19px; line-height: 1.3; margin: 0 0 2mm; color: var(--accent); }
h3 { font-size: 15px; margin: 7mm 0 1mm; }
h4 { font-size: 13px; margin: 4mm 0 1mm; }
p { margin: 0 0 2mm; }
a { color: inherit; text-decoration: underline; text-decoration-color: #9fb3af; text-underline-offset: 2px; }
a.number { text-decoration-style: dotted; white-space: nowrap; }
ul, ol { margin: 0 0 2mm; padding-left: 6mm; }
code { overflow-wrap: anywhere; font-family: ui-monospace, Consolas, Menlo, monospace; font-size: 11px; }
.lead, .muted { color: var(--muted); }
.kicker { color: var(--accent); font-weight: 600; margin: 0 0 1mm; }
.facts-of { display: grid; grid-template-columns: max-content 1fr; gap: 0 4mm; margin: 3mm 0 6mm; }
.facts-of dt { color: var(--muted); }
.facts-of dd { margin: 0; }
.answer { border-left: 3px solid var(--accent); background: var(--fill); padding: 3mm 4mm; margin: 0 0 4mm; }
ul.answer { list-style: none; }
.answer li { margin: 0 0 1.5mm; font-size: 14px; }
.answer li:last-child { margin: 0; }
.answer a { text-decoration-style: dotted; }
nav ol { columns: 2; column-gap: 8mm; list-style: none; padding: 0; }
nav li { break-inside: avoid; margin: 0 0 1mm; }
nav li li { margin: 0; }
nav ol ol { columns: 1; padding-left: 4mm; }
section.stage { margin-top: 12mm; }
section.part { margin-bottom: 6mm; }
figure { margin: 4mm 0 5mm; }
figcaption { font-weight: 600; margin: 0 0 1.5mm; }
table { border-collapse: collapse; width: 100%; font-size: 12px; }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; border-bottom: 1.5px solid var(--ink); }
td.number, th.number { text-align: right; }
td.number .interval { color: var(--muted); white-space: nowrap; display: block; font-size: 11px; }
.bar { display: block; height: 3px; margin-top: 1px; background: var(--accent); margin-left: auto; }
svg { display: block; max-width: 100%; height: auto; font-family: inherit; }
.basis { color: var(--muted); font-size: 11px; margin: 1.5mm 0 0; line-height: 1.45; }
.stale { color: var(--mark); font-weight: 600; border: 1px solid var(--mark); border-radius: 3px; padding: 0 1.5mm; white-space: nowrap; }
.note-attention, .note-missing { border-left: 3px solid var(--mark); padding: 1mm 3mm; background: var(--fill); }
.note-missing { border-left-color: var(--rule); color: var(--muted); }
.comment { border: 1px solid var(--rule); border-radius: 4px; padding: 2mm 3mm; margin: 2mm 0 4mm; white-space: pre-wrap; }
.comment strong { display: block; color: var(--muted); font-size: 11px; }
.tag { border: 1px solid var(--rule); border-radius: 3px; padding: 0 1.5mm; white-space: nowrap; }
.tag-good { border-color: var(--accent); color: var(--accent); }
.tag-attention { border-color: var(--mark); color: var(--mark); }
.tag-failed { border-color: #9c2b23; color: #9c2b23; font-weight: 600; }
blockquote { margin: 0 0 1.5mm; padding: 0 0 0 3mm; border-left: 2px solid var(--rule); }
blockquote footer { color: var(--muted); font-size: 11px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(40mm, 1fr)); gap: 2mm 4mm; margin: 0; }
.facts dt { color: var(--muted); font-size: 11px; }
.facts dd { margin: 0; font-size: 14px; font-weight: 600; }
article.artifact { border-top: 1px solid var(--rule); padding: 2mm 0; font-size: 12px; }
article.artifact h3 { margin: 0 0 1mm; font-size: 13px; }
article.artifact dl { display: grid; grid-template-columns: 32mm 1fr; gap: 0 3mm; margin: 0; }
article.artifact dt { color: var(--muted); }
article.artifact dd { margin: 0; }
:target { background: #fff3d6; }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9px; color: #55625f; } }
@media print {
  html { font-size: 11.5px; }
  body { max-width: none; padding: 0; }
  section.stage, section.chapter { break-before: page; margin-top: 0; }
  h2, h3, h4, figcaption { break-after: avoid; }
  figure.chart, tr, blockquote, .facts, .comment, .answer, article.artifact { break-inside: avoid; }
  thead { display: table-header-group; }
  p, li { orphans: 2; widows: 2; }
  a { text-decoration: none; }
  table { font-size: 10.5px; }
  .back { display: none; }
}
`.trim();
