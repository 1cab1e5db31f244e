import { page } from "../../web/guard.ts";
import { inWords, wordsOf } from "../../web/words.ts";
import { writeCsv } from "../csv.ts";
import { importKindNames, importKinds } from "../import-kinds.ts";

/** An empty file with the columns of a kind, to fill in: read again, each is told by its name. */
export const loader = page("agency.manage", async ({ me, url }) => {
  const asked = url.searchParams.get("kind");
  const kind = importKindNames.find((name) => name === asked) ?? importKindNames[0];
  const words = wordsOf(me.agency.locale);
  const header = importKinds[kind].columns.map(({ label }) => inWords(label, words));
  return new Response(writeCsv(header, []), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${kind}.csv"`,
      "Cache-Control": "no-store",
    },
  });
});
