import type { Bulletin } from "../../policy/bulletin.ts";
import { html, SAID, stackedBars } from "./report-charts.ts";
import { money, number, page, section, table, tile } from "./report-parts.ts";
import type { Summary } from "./summary.ts";
import { OUTCOMES } from "./tables.ts";
import type { ByOutcome } from "./tally.ts";

const MOST_ROWS = 50;

/**
 * The summary for people: one HTML file that needs nothing else. It says no number that is not in
 * summary.json; money is in whole units with two decimals.
 */
export function reportHtml(bulletin: Bulletin, summary: Summary): string {
  const judged = OUTCOMES.filter((name) => name !== "not-applicable");
  return page(`Audit by ${summary.bulletin}`, {
    seconds: summary.seconds,
    header: `<h1>${html(bulletin.title)}: audit by ${html(summary.bulletin)}</h1>
<p>${html(bulletin.issuer)}. In force from ${html(bulletin.effective.from)}${bulletin.effective.until === null ? "" : ` to ${html(bulletin.effective.until)}`}. Content hash <code>${html(summary.content_hash)}</code>.</p>`,
    main: `<section class="tiles">
${tile("Units payable", number(summary.units.payable), `of ${number(summary.units.billed)} billed`)}
${tile("Money at risk", money(summary.amount_at_risk_cents), `not counting ${number(summary.lines_without_amount)} lines at risk without an amount`)}
${tile("Rows not read", number(summary.rejected), "they took no part; see rejects.csv")}
${tile("Lines it is not for", number(summary.lines["not-applicable"]), "in no other sum")}
</section>
${section(
  "Lines by outcome",
  `${stackedBars([{ label: "Lines", values: summary.lines }], judged)}${table(
    ["Outcome", "Lines"],
    OUTCOMES.map((name) => [SAID[name], number(summary.lines[name])]),
  )}`,
)}
${section("Clauses that are not met", clauses(bulletin, summary))}
${shares(
  "By month",
  "Month",
  summary.by_month.map(({ month, ...share }) => ({ label: month, ...share })),
  judged,
)}
${shares(
  "By program",
  "Program",
  summary.by_program.map(({ program, ...share }) => ({ label: program, ...share })),
  judged,
)}
${shares(
  "By agency",
  "Agency",
  summary.by_agency.map(({ agency_id, ...share }) => ({ label: agency_id, ...share })),
  judged,
)}
${section("How the bulletin is read where it is silent", readings(summary))}
${otherReadings(summary)}`,
  });
}

type Row = {
  readonly label: string | null;
  readonly lines: ByOutcome;
  readonly units: Summary["units"];
};

/** The largest first would hide the order of months and ids; all are in the order of their keys. */
function shares(
  title: string,
  heading: string,
  rows: readonly Row[],
  judged: readonly (keyof ByOutcome)[],
): string {
  const shown = rows.slice(0, MOST_ROWS);
  const named = shown.map((row) => ({ ...row, label: row.label ?? "not recorded" }));
  const more = rows.length > shown.length ? "<p>More of them are in summary.json.</p>" : "";
  return section(
    title,
    `${stackedBars(
      named.map(({ label, lines }) => ({ label, values: lines })),
      judged,
    )}${table(
      [heading, ...OUTCOMES.map((name) => SAID[name]), "units billed", "units payable"],
      named.map(({ label, lines, units }) => [
        html(label),
        ...OUTCOMES.map((name) => number(lines[name])),
        number(units.billed),
        number(units.payable),
      ]),
    )}${more}`,
  );
}

function clauses(bulletin: Bulletin, summary: Summary): string {
  const rows = Object.entries(summary.clauses).map(([clause, { breached, unknown }]) => {
    const gist = bulletin.clauses.find(({ number }) => number === clause)?.gist ?? "";
    return [`<b>${html(clause)}</b> ${html(gist)}`, number(breached), number(unknown)];
  });
  return table(["Clause", "Breached", "Unknown"], rows);
}

function readings(summary: Summary): string {
  const items = summary.readings.map(
    ({ name, clause, meaning, because }) =>
      `<li><b>${html(name)}</b> (clause ${html(clause)}): ${html(meaning)}. <span>${html(because)}</span></li>`,
  );
  return `<ul class="readings">${items.join("")}</ul>`;
}

function otherReadings({ other_readings }: Summary): string {
  if (other_readings === undefined) return "";
  const rows = other_readings.map(({ reading, meaning, lines, units }) => [
    `<b>${html(reading)}</b>: ${html(meaning)}`,
    number(lines),
    number(units.gained),
    number(units.lost),
  ]);
  return section(
    "What hangs on each reading",
    `<p>Read otherwise, so many lines would come out otherwise, and so many units become payable or cease to be. Ask the payer about the largest first.</p>${table(["If instead", "Lines", "Units gained", "Units lost"], rows)}`,
  );
}
