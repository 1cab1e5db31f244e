import { useLoaderData } from "react-router";
import { findEpisodes } from "../../episodes/store.ts";
import { type Day, formatDay } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { findDischargePoints } from "../discharge-store.ts";
import type { Sheet } from "../sheet.ts";
import { HomeSheet } from "./home-sheet.tsx";
import { sheetData } from "./sheet-data.ts";

export const meta = () => [{ title: "What comes next" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, me } = visit;
  const points = await findDischargePoints(db, consumerId);
  const [latest] = await findEpisodes(db, consumerId);
  const lines = points
    .filter((point) => point.episode_id === latest?.id && !point.dropped_on && !point.done_on)
    .map((point) => ({
      text: point.text,
      under: [
        point.responsible && `Who: ${point.responsible}`,
        point.due_on && `By: ${formatDay(point.due_on as Day, me.agency.locale)}`,
      ].filter((line): line is string => Boolean(line)),
    }));
  const sheet: Sheet = {
    title: "What comes next",
    parts: lines.length > 0 ? [{ heading: "What we agreed to do", lines }] : [],
  };
  return sheetData(visit, sheet, paths.dischargePlan(consumerId));
});

export default function DischargePrint() {
  return <HomeSheet {...useLoaderData<typeof loader>()} />;
}
