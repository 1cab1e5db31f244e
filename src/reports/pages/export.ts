import { writeSheet } from "../../exchange/csv.ts";
import { page } from "../../web/guard.ts";
import { wordsOf } from "../../web/words.ts";
import { LEFT_OUT, LONGEST, leavingOf } from "../leaving.ts";
import {
  measureNames,
  measures,
  monthsOf,
  NO_PROGRAM,
  noneOf,
  periodOf,
  type TotalRow,
} from "../measure.ts";
import { findMonths, findTotals } from "../measure-store.ts";
import { readAsked } from "./asked.ts";

/** Every measure by programme and month and altogether, with small counts left out: it may leave the agency. */
export const loader = page("report.read", async (visit) => {
  const read = await readAsked(visit);
  const { programs, program, months, small } = read;
  // Always a whole period: what is left out is worked out for these, and not for one month as a total.
  const asked = { ...read.asked, ...periodOf(Number(months), visit.today) };
  const words = wordsOf(visit.me.agency.locale);
  // What is left out is decided over everything, whatever is exported of it.
  const whole = { ...asked, ...periodOf(LONGEST, visit.today), program: null };
  const cells = await findMonths(visit.db, whole);
  const totals = await findTotals(visit.db, { ...asked, program: null });
  const leaves = leavingOf(cells, monthsOf(whole), small);
  const wanted = ({ by_program, program_id }: TotalRow) =>
    program === null || (by_program && (program_id ?? NO_PROGRAM) === program.id);
  const named = ({ measure, by_program, program_id }: TotalRow) =>
    by_program
      ? (programs.find(({ id }) => id === program_id)?.name ?? noneOf(measure))
      : `All ${words.programs}`;
  const rows = [...totals, ...cells]
    .filter((cell) => wanted(cell) && (cell.month === null || cell.month >= asked.from))
    .toSorted((a, b) => place(a).localeCompare(place(b)) || named(a).localeCompare(named(b)))
    .map((cell) => {
      const { title, counts } = measures[cell.measure];
      const { cases, counting, median } = leaves(cell, Number(months));
      const said = cell.month?.slice(0, 7) ?? `${asked.from} to ${asked.to}`;
      const short = cases === LEFT_OUT || counting === LEFT_OUT;
      const note = short ? `${LEFT_OUT} too few, or too few could be worked out from it` : null;
      return [title, said, named(cell), cases, counts, counting, median, note];
    });
  const header = [
    ...["measure", "period", words.program, "cases"],
    ...["counting_means", "counting", "median_days", "note"],
  ];
  return new Response(writeSheet(header, rows), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="how-the-service-does-${asked.from}-to-${asked.to}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});

/** By measure, a whole period before its months, all programmes before each. */
function place({ measure, month, by_program }: TotalRow): string {
  return `${measureNames.indexOf(measure)} ${month ?? ""} ${by_program ? 1 : 0}`;
}
