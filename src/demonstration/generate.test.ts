import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { live } from "./lives.ts";

const from = "2024-01-01" as Day;
const until = "2026-12-31" as Day;

describe("a life", () => {
  test("comes out the same for the same seed", () => {
    expect(live(7, { from, until }, "england")).toEqual(live(7, { from, until }, "england"));
    expect(live(7, { from, until }, "england")).not.toEqual(live(8, { from, until }, "england"));
  });
  test("goes forward: nothing ends before it began, nothing happens after the last day", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom("england", "community"), (seed, shape) => {
        const { episodes } = live(seed, { from, until }, shape);
        let last = addDays(from, -1);
        for (const episode of episodes) {
          expect(episode.opened > last).toBe(true);
          for (const day of [episode.triaged, episode.assessed, episode.closed]) {
            if (day) expect(day >= episode.opened && day <= until).toBe(true);
          }
          let at = episode.opened;
          for (const stay of episode.stays) {
            expect(stay.from >= at).toBe(true);
            if (stay.to)
              expect(stay.to >= stay.from && stay.to <= (episode.closed ?? until)).toBe(true);
            at = stay.to ?? stay.from;
          }
          last = episode.closed ?? until;
        }
      }),
    );
  });
});

describe("the demonstration's past", () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase("demonstration");
  });
  afterAll(() => db.drop());

  test("people completed, left early and came back", async () => {
    const { rows } = await sql<Record<string, number>>`
      SELECT count(*) FILTER (WHERE closed_reason = 'completed') AS completed,
        count(*) FILTER (WHERE closed_reason = 'left-early') AS left_early,
        count(*) FILTER (WHERE previous_id IS NOT NULL) AS again
      FROM episode`.execute(db.owner);
    for (const [what, count] of Object.entries(rows[0] ?? {}))
      expect(count, what).toBeGreaterThan(5);
  });

  test("the beds were as full as those of real houses", async () => {
    const { rows } = await sql<{ unit: string; full: number }>`
      SELECT u.name AS unit, round(100.0 * (SELECT sum(upper(d) - lower(d)) FROM bed_stay s JOIN bed b ON b.id = s.bed_id,
          LATERAL (SELECT s.during * daterange(current_date - 365, current_date) AS d) x
          WHERE b.unit_id = u.id AND NOT b.overflow AND s.arrived_on IS NOT NULL AND NOT isempty(d))
        / (365 * (SELECT count(*) FROM bed b WHERE b.unit_id = u.id AND NOT b.overflow AND NOT b.child_place)))::integer AS full
      FROM unit u WHERE u.program_id IS NOT NULL AND EXISTS (SELECT FROM bed b WHERE b.unit_id = u.id)`.execute(
      db.owner,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ full }) => full < 65 || full > 92)).toEqual([]);
  });

  test("from a detox into the rehab it is attached to is one stay, as staff record it", async () => {
    const { rows } = await sql<{ transfers: number; two: number }>`
      SELECT (SELECT count(*) FROM bed_stay a JOIN bed_stay b USING (placement_id) JOIN bed x ON x.id = a.bed_id JOIN unit d ON d.id = x.unit_id
          JOIN bed y ON y.id = b.bed_id WHERE y.unit_id = d.attached_to AND b.arrived_on = a.left_on)::integer AS transfers,
        (SELECT count(*) FROM placement p JOIN unit d ON d.id = p.unit_id
          JOIN placement q ON q.episode_id = p.episode_id AND q.unit_id = d.attached_to AND q.admitted_on - p.ended_on BETWEEN 0 AND 1
          WHERE EXISTS (SELECT FROM consumer c WHERE c.id = p.consumer_id AND c.number LIKE 'G-%'))::integer AS two`.execute(
      db.owner,
    );
    expect(rows[0]?.transfers).toBeGreaterThan(20);
    expect(rows[0]?.two).toBe(0);
  });

  test("whoever left is given their own agency's number as the way back", async () => {
    const { rows } = await sql<{ jurisdiction: string; own: boolean }>`
      SELECT DISTINCT a.jurisdiction, p.back_phone = a.phone AS own
      FROM aftercare_plan p JOIN agency a ON a.id = p.agency_id WHERE p.back_phone IS NOT NULL
      ORDER BY a.jurisdiction`.execute(db.owner);
    expect(rows).toEqual([
      { jurisdiction: "england", own: true },
      { jurisdiction: "us-mo", own: true },
    ]);
  });
});
