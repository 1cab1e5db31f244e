import type { Bulletin } from "../../policy/bulletin.ts";
import { gainsAndLosses, html, SAID, stackedBars } from "./report-charts.ts";
import { money, number, page, section, table, tile } from "./report-parts.ts";
import { OUTCOMES } from "./tables.ts";
import type { ByOutcome } from "./tally.ts";
import type { Change, WhatIfSummary } from "./what-if-summary.ts";

const MOST_ROWS = 50;

/** The comparison for people: a draft beside what is in force. It says no number that summary.json lacks. */
export function whatIfReportHtml(
  { against, draft }: { readonly against: Bulletin; readonly draft: Bulletin },
  summary: WhatIfSummary,
): string {
  const { before, after, lines, units, amount_cents: cents, consumers } = summary;
  const judged = OUTCOMES.filter((name) => name !== "not-applicable");
  const gists = [...against.clauses, ...draft.clauses];
  return page(`What if ${summary.draft.number}`, {
    seconds: summary.seconds,
    header: `<h1>${html(draft.title)}: what if the draft were in force</h1>
<p>${said("The draft", summary.draft)}<br>${said("Compared with", summary.against)}${summary.replaces_from === null ? "" : `<br>Services before ${html(summary.replaces_from)} stay as they are judged.`}</p>`,
    main: `<section class="tiles">
${tile("Lines that change", number(lines.changed), `${number(lines.gained)} gain units, ${number(lines.lost)} lose some`)}
${tile("Units gained", number(units.gained), `${money(cents.gained)}, for ${number(consumers.gaining.count)} consumers on balance`)}
${tile("Units lost", number(units.lost), `${money(cents.lost)}, for ${number(consumers.losing.count)} consumers on balance`)}
${tile("Units payable", number(after.units.payable), `${number(before.units.payable)} as it is`)}
</section>
<p>Not counted in money: ${number(summary.lines_without_amount)} lines with other units whose amount is not recorded. Rows not read: ${number(summary.rejected)}.</p>
${section(
  "Side by side",
  `${stackedBars(
    [
      { label: "As it is", values: before.lines },
      { label: "By the draft", values: after.lines },
    ],
    judged,
  )}${table(
    ["", ...OUTCOMES.map((name) => SAID[name]), "units billed", "units payable"],
    [
      ["As it is", ...oneWay(before)],
      ["By the draft", ...oneWay(after)],
    ],
  )}`,
)}
${section(
  "What becomes of lines",
  table(
    ["As it is, and by the draft", "Lines"],
    summary.moves
      .filter((move) => move.before !== move.after)
      .map((move) => [`${named(move.before)} → ${named(move.after)}`, number(move.lines)]),
  ),
)}
${changes(
  "By clause that decides",
  "Clause",
  summary.by_clause.map((row) => {
    const gist = gists.find((clause) => clause.number === row.clause)?.gist ?? "";
    return { ...row, label: row.clause, text: `<b>${html(row.clause ?? "")}</b> ${html(gist)}` };
  }),
)}
${section(
  "By consumer",
  `<p>Half of those who gain do so by ${number(consumers.gaining.median_units)} units or fewer, the most by ${number(consumers.gaining.most_units)}; half of those who lose by ${number(consumers.losing.median_units)} or fewer, the most by ${number(consumers.losing.most_units)}.</p>${gainsAndLosses(
    consumers.by_units.map(({ from, to, gaining, losing }) => ({
      ...{ label: spanOf(from, to), gained: gaining, lost: losing },
    })),
    "consumers by units",
  )}${table(
    ["Units on balance", "Consumers who gain", "Consumers who lose"],
    consumers.by_units.map(({ from, to, gaining, losing }) => [
      ...[spanOf(from, to), number(gaining), number(losing)],
    ]),
  )}`,
)}
${changes(
  "By month",
  "Month",
  summary.by_month.map((row) => ({ ...row, label: row.month })),
)}
${changes(
  "By program",
  "Program",
  summary.by_program.map((row) => ({ ...row, label: row.program })),
)}
${changes(
  "By agency",
  "Agency",
  summary.by_agency.map((row) => ({ ...row, label: row.agency_id })),
)}
${section(
  "What hangs on how the draft is read",
  `<p>Where the draft is silent, read otherwise, so many lines would come out otherwise than by the draft as it is read here. Say the first ones in its words.</p>${table(
    ["If instead", "Lines", "Units gained", "Units lost"],
    summary.draft_readings.map((effect) => [
      `<b>${html(effect.reading)}</b>: ${html(effect.meaning)}`,
      ...[number(effect.lines), number(effect.units.gained), number(effect.units.lost)],
    ]),
  )}`,
)}`,
  });
}

function said(what: string, { number: name, from, until, content_hash }: WhatIfSummary["draft"]) {
  const days = `${html(from)}${until === null ? "" : ` to ${html(until)}`}`;
  return `${what}: ${html(name)}, in force from ${days}. Content hash <code>${html(content_hash)}</code>.`;
}

function named(outcome: string): string {
  return SAID[outcome as keyof ByOutcome];
}

function oneWay({ lines, units }: WhatIfSummary["before"]): readonly string[] {
  return [...OUTCOMES.map((name) => lines[name]), units.billed, units.payable].map(number);
}

function spanOf(from: number, to: number | null): string {
  return to === null ? `${from} or more` : `${from} to ${to}`;
}

type Row = Change & { readonly label: string | null; readonly text?: string };

function changes(title: string, heading: string, rows: readonly Row[]): string {
  const shown = rows.slice(0, MOST_ROWS);
  const more = rows.length > shown.length ? "<p>More of them are in summary.json.</p>" : "";
  const label = (row: Row) => row.label ?? "not recorded";
  const chart = gainsAndLosses(
    shown.map((row) => ({ label: label(row), ...row.units })),
    "units",
  );
  const cells = shown.map((row) => [
    row.text ?? html(label(row)),
    ...[row.lines.changed, row.units.gained, row.units.lost].map(number),
    ...[row.amount_cents.gained, row.amount_cents.lost].map(money),
  ]);
  return section(
    title,
    rows.length === 0
      ? "<p>Nothing changes.</p>"
      : `${chart}${table([heading, "lines", "units gained", "units lost", "money gained", "money lost"], cells)}${more}`,
  );
}
