import { writeSheet } from "../../exchange/csv.ts";
import { page } from "../../web/guard.ts";
import { wordsOf } from "../../web/words.ts";
import { findShortFalls } from "../care-short-store.ts";
import { careKinds, readShortAsked, sayShort } from "./short-asked.ts";

/** As many as somebody could mend; more is a matter for a report. */
const MOST = 5000;

/** The list as it is narrowed, for working through: people by their number, never by name. */
export const loader = page("record.read", async (visit) => {
  const { bench, of } = await readShortAsked(visit);
  const words = wordsOf(visit.me.agency.locale);
  const { rows } = await findShortFalls(visit.db, bench.care, { ...of, skip: 0, most: MOST });
  await visit.listed([...new Set(rows.map(({ consumer }) => consumer.id))]);
  const lines = rows
    .flatMap((row) => sayShort(row, bench))
    .map(({ number, kind, onDay, programs, keyworker, said }) => [
      ...[number, careKinds[kind], onDay, programs, keyworker, said.bulletin, said.clause],
      ...[said.advises ? "advised" : "required", said.verdict, said.mend.join("; ")],
    ]);
  const header = [
    ...["number", "record", "since", words.programs, words.keyworker, "bulletin", "clause"],
    ...["asked", "verdict", "would_mend_it"],
  ];
  return new Response(writeSheet(header, lines), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="what-falls-short-${visit.today}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
