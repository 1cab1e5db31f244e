import { writeCsv } from "../../exchange/csv.ts";
import { page } from "../../web/guard.ts";
import { leaving, measures } from "../measure.ts";
import { findMonths } from "../measure-store.ts";
import { readAsked } from "./asked.ts";

/** Every measure by programme and month, with small counts left out: it may leave the agency. */
export const loader = page("report.read", async (visit) => {
  const { asked, programs, small } = await readAsked(visit);
  const rows = (await findMonths(visit.db, asked)).map((row) => {
    const says = measures[row.measure];
    const { cases, counting, median } = leaving(row, small, says.counts !== null);
    const program = programs.find(({ id }) => id === row.program_id)?.name ?? null;
    return [
      says.title,
      (row.month ?? "").slice(0, 7),
      program,
      cases,
      says.counts,
      counting,
      median,
    ];
  });
  const header = [
    "measure",
    "month",
    "programme",
    "cases",
    "counting_means",
    "counting",
    "median_days",
  ];
  return new Response(writeCsv(header, rows), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="how-the-service-does-${asked.from}-to-${asked.to}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
