import { useLoaderData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { formatDay } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { domains, type Goal } from "../plan.ts";
import { domainsAtHome, type Sheet } from "../sheet.ts";
import { findGoals, findPlans } from "../store.ts";
import { HomeSheet } from "./home-sheet.tsx";
import { sheetData } from "./sheet-data.ts";

export const meta = () => [{ title: "My plan" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, me } = visit;
  const plans = await findPlans(db, consumerId);
  const inForce = plans.find((plan) => plan.state === "active");
  const goals = inForce ? await findGoals(db, consumerId, [inForce.id]) : new Map<string, Goal[]>();
  const open = (goals.get(inForce?.id ?? "") ?? []).filter((goal) => goal.status !== "dropped");
  const by = (day: string | null) => (day ? `, by ${formatDay(day as Day, me.agency.locale)}` : "");
  const parts = Object.keys(domains).map((domain) => ({
    heading: domainsAtHome[domain] ?? "",
    lines: open
      .filter((goal) => goal.domain === domain)
      .map((goal) => ({
        text: goal.text,
        under: [
          ...goal.objectives
            .filter((step) => step.status !== "dropped")
            .map(
              (step) => `${step.text}${by(step.target_on)}${step.status === "met" ? ": done" : ""}`,
            ),
          ...goal.interventions.map((line) =>
            [line.text, line.frequency].filter(Boolean).join(", "),
          ),
        ],
      })),
  }));
  const sheet: Sheet = { title: "My plan", parts: parts.filter((part) => part.lines.length > 0) };
  return sheetData(visit, sheet, paths.plan(consumerId));
});

export default function PlanPrint() {
  return <HomeSheet {...useLoaderData<typeof loader>()} />;
}
