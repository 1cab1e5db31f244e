import type { Day } from "../kernel/day.ts";
import { minutesBetween, type TimeOfDay } from "../kernel/time.ts";
import { type Bulletin, inForce, readingOf } from "../policy/bulletin.ts";
import { evaluate } from "../policy/evaluate.ts";
import { READINGS } from "../policy/readings.ts";
import { unitsFor } from "../policy/units.ts";

export type Setting =
  | "office"
  | "home"
  | "community"
  | "residential"
  | "telehealth"
  | "telephone"
  | "other";

export type PlanDiscussed = "treatment-plan" | "discharge-plan" | "both" | "none";

/** One service, held or only planned. What nobody knows yet is null, and judged as unknown. */
export type ServiceFacts = {
  consumerId: string;
  /** Null when it belongs to no programme. */
  programId: string | null;
  /** The service code of service lines: family-conference, family-therapy … */
  kind: string;
  day: Day;
  starts: TimeOfDay | null;
  ends: TimeOfDay | null;
  /** Minutes of it that were spoken alone with the consumer: they come off the units. */
  privateMinutes: number;
  /** Only for a service without times: the units as somebody counted them. */
  units?: number;
  setting: Setting | null;
  consumerPresent: boolean | null;
  supportsPresent: number | null;
  planDiscussed: PlanDiscussed | null;
  performerId: string | null;
  conferenceId: string | null;
  awaitsCosign: boolean;
  recordedBy: string;
};

type Timed = Pick<ServiceFacts, "kind" | "day" | "starts" | "ends" | "privateMinutes" | "units">;

/**
 * Units from the times, less the private minutes, by the reading of the bulletin that covers the
 * service on its day; the fewest, where several do. Without a bulletin, by the readings' defaults.
 */
export function unitsOf(facts: Timed, bulletins: readonly Bulletin[]): number {
  if (facts.starts === null || facts.ends === null) return facts.units ?? 0;
  const minutes = Math.max(0, minutesBetween(facts.starts, facts.ends) - facts.privateMinutes);
  const covering = bulletinsFor(facts, bulletins);
  if (covering.length === 0) {
    return Math.floor(minutes / Number.parseInt(READINGS.unit.default, 10));
  }
  return Math.min(...covering.map((bulletin) => unitsFor(minutes, bulletin)));
}

/** The bulletins in force on the day that cover this kind of service. */
export function bulletinsFor(
  { kind, day }: { kind: string; day: Day },
  bulletins: readonly Bulletin[],
): readonly Bulletin[] {
  const line = { line_id: "", consumer_id: "", service: kind, service_date: day };
  return bulletins.filter((bulletin) => {
    if (bulletin.about !== "service" || !inForce(bulletin, day)) return false;
    const evidence = {
      line,
      reading: (name: string) => readingOf(bulletin, name),
      sameDay: () => [],
    };
    return evaluate(bulletin.applies, evidence).truth === true;
  });
}
