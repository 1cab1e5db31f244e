import { useLoaderData } from "react-router";
import { page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { standingPlan } from "../relapse.ts";
import { findRelapsePlan } from "../relapse-store.ts";
import { namesFlagged, type Sheet, withoutFlagged } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import { HomeSheet } from "./home-sheet.tsx";
import { sheetData } from "./sheet-data.ts";

export const meta = () => [{ title: "Staying well" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId } = visit;
  const standing = standingPlan(await findRelapsePlan(db, consumerId));
  const names = await findSheetNames(db, consumerId);
  // Whoever must not be contacted helps nobody on a page that goes home.
  const flagged = (text: string | null) =>
    namesFlagged(text, names?.around ?? [], names?.ownNames ?? []);
  const anyTime = withoutFlagged(standing.anyTime, flagged);
  const triggers = standing.triggers.map((trigger) => ({
    ...trigger,
    strategies: withoutFlagged(trigger.strategies, flagged),
  }));
  const say = (line: { text: string; helper: string | null }) =>
    line.helper ? `${line.text} (${line.helper} helps)` : line.text;
  const lines = (sign: boolean) =>
    triggers
      .filter((trigger) => trigger.sign === sign)
      .map((trigger) => ({ text: trigger.text, under: trigger.strategies.map(say) }));
  const parts = [
    { heading: "Early signs, and what I do then", lines: lines(true) },
    { heading: "When it gets hard, and what I do then", lines: lines(false) },
    {
      heading: "What helps at any time",
      lines: anyTime.map((line) => ({ text: say(line), under: [] })),
    },
  ];
  const sheet: Sheet = {
    title: "Staying well",
    parts: parts.filter((part) => part.lines.length > 0),
  };
  return sheetData(visit, sheet, paths.relapsePlan(consumerId));
});

export default function RelapsePrint() {
  return <HomeSheet {...useLoaderData<typeof loader>()} />;
}
