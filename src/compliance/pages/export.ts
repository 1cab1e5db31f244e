import { data } from "react-router";
import {
  type ExportedLine,
  qualificationFor,
  writeServiceLines,
} from "../../exchange/service-lines.ts";
import { findExportedLines } from "../../exchange/service-lines-store.ts";
import type { Line } from "../../policy/facts.ts";
import { page } from "../../web/guard.ts";
import { isId, readFilter } from "../claim.ts";
import { benchOf } from "../judge.ts";
import { satisfiesAlone } from "../qualification.ts";

/** As many lines as a page may hold in memory at once: some 10 MB of text. */
const MOST = 50_000;

/** Services as a file, in the columns that audits and other systems read: docs of service lines. */
export const loader = page("claim.read", async ({ db, me, url, services, listed }) => {
  const { from, to, program, performer } = readFilter(url.searchParams);
  const asked = url.searchParams.get("batch");
  const batch = isId(asked) ? asked : null;
  const found = await findExportedLines(db, { from, to, program, performer, batch }, MOST + 1);
  if (found.length > MOST) {
    throw data("More than 50,000 lines: choose a shorter period.", { status: 413 });
  }
  await listed([...new Set(found.map(({ consumer_id }) => consumer_id))]);
  const { bulletins } = benchOf(me, services.shelf);
  const lines = found.map((line): ExportedLine => {
    const satisfies = (code: string) => satisfiesAlone(bulletins, line as Line, code);
    const held = line.performer_qualification;
    return { ...line, performer_qualification: qualificationFor(held, satisfies) };
  });
  const period = [from ?? "start", to ?? "today"].join("-to-");
  return new Response(writeServiceLines(lines), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="service-lines-${period}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
