import { type RawBuilder, sql } from "kysely";
import type { Page } from "playwright-core";
import type { TestDatabase } from "../support/database.ts";

/** Of one programme, or of those who were in none yet: how many, and how many of them count. */
type Counted = { cases: number; counting: number };

const today = sql`(now() AT TIME ZONE 'America/Chicago')::date`;
const day = (moment: string) => sql`(${sql.ref(moment)} AT TIME ZONE 'America/Chicago')::date`;
const inPeriod = (on: RawBuilder<unknown>) =>
  sql`${on} >= date_trunc('month', ${today})::date - interval '2 months' AND ${on} <= ${today}`;
const missouri = sql`(SELECT id FROM agency WHERE jurisdiction = 'us-mo')`;
const called = (name: string) =>
  sql`(SELECT id FROM program WHERE name = ${name} AND agency_id = ${missouri})`;
/** The programme that an episode was in last. */
const lastIn = (episode: string) => sql`(
  SELECT n.program_id FROM enrolment n WHERE n.episode_id = ${sql.ref(episode)} AND n.valid_from IS NOT NULL
  AND NOT EXISTS (SELECT FROM enrolment later WHERE later.episode_id = n.episode_id AND (later.valid_from, later.id) > (n.valid_from, n.id)))`;

/** Where a stay was last: in a bed, or in a unit that keeps its own; before that, where it was asked for. */
const unitOf = (placement: string) => sql`coalesce(
  (SELECT w.unit_id FROM (
      SELECT b.unit_id, s.arrived_on AS since, s.id FROM bed_stay s JOIN bed b ON b.id = s.bed_id
      WHERE s.placement_id = ${sql.ref(placement)} AND s.arrived_on IS NOT NULL
      UNION ALL SELECT m.unit_id, m.moved_on, m.id FROM unit_move m WHERE m.placement_id = ${sql.ref(placement)}) w
    ORDER BY w.since DESC, w.id DESC LIMIT 1),
  (SELECT p.unit_id FROM placement p WHERE p.id = ${sql.ref(placement)}))`;
const programOf = (placement: string) =>
  sql`(SELECT u.program_id FROM unit u WHERE u.id = ${unitOf(placement)})`;

/** The dashboard's measures as somebody counts them who has the tables and no dashboard. */
const byHand: Record<string, { of: string; query: RawBuilder<Counted> }> = {
  "Waiting for a start": {
    of: "General Population",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE began - asked <= 21) AS counting FROM (
        SELECT ${day("r.received_at")} AS asked, least(n.valid_from,
          (SELECT min(o.start_on) FROM start_offer o WHERE o.episode_id = r.episode_id)) AS began
        FROM referral_in r JOIN enrolment n ON n.id = r.enrolment_id
        WHERE n.program_id = ${called("General Population")}) x
      WHERE ${inPeriod(sql`began`)}`,
  },
  "Length of stay": {
    of: "Women and Children",
    query: sql`
      SELECT (SELECT count(*) FROM placement s
          WHERE s.admitted_on IS NOT NULL AND ${inPeriod(sql`s.ended_on`)} AND ${programOf("s.id")} = ${called("Women and Children")})
        + (SELECT count(*) FROM enrolment n
          WHERE n.program_id = ${called("Women and Children")} AND n.valid_from IS NOT NULL AND ${inPeriod(sql`n.valid_to`)}
            -- A day in it without a bed, and before they came into something else.
            AND EXISTS (SELECT FROM generate_series(n.valid_from, n.valid_to, interval '1 day') d
              WHERE NOT EXISTS (SELECT FROM placement s WHERE s.consumer_id = n.consumer_id AND d BETWEEN s.admitted_on AND coalesce(s.ended_on, d))
              AND NOT EXISTS (SELECT FROM enrolment o WHERE o.consumer_id = n.consumer_id AND o.id <> n.id
                AND d BETWEEN o.valid_from AND coalesce(o.valid_to, d)
                AND (o.valid_from > n.valid_from OR o.valid_from = n.valid_from AND o.id > n.id)))) AS cases,
        0 AS counting`,
  },
  "Planned endings": {
    of: "Women and Children",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE planned) AS counting FROM leaving l
      WHERE ${inPeriod(sql`l.ended_on`)} AND ${called("Women and Children")} = CASE WHEN l.placement_id IS NULL
        THEN ${lastIn("l.episode_id")}
        ELSE ${programOf("l.placement_id")} END`,
  },
  Completion: {
    of: "Women and Children",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE closed_reason = 'completed') AS counting FROM episode e
      WHERE ${inPeriod(sql`e.closed_on`)} AND ${lastIn("e.id")} = ${called("Women and Children")}`,
  },
  "Return within six months": {
    of: "Women and Children",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE EXISTS (SELECT FROM episode again
        WHERE again.previous_id = e.id AND again.opened_on <= e.closed_on + 183)) AS counting FROM episode e
      WHERE e.closed_reason = 'completed' AND ${inPeriod(sql`e.closed_on`)} AND ${lastIn("e.id")} = ${called("Women and Children")}`,
  },
  "From coming back to being seen": {
    of: "Women and Children",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE (SELECT count(*) FROM generate_series(
          ${day("c.asked_at")} + 1, ${day("c.seen_at")}, interval '1 day') d
        WHERE extract(isodow FROM d) < 6) <= a.return_target_days AND c.seen_at IS NOT NULL) AS counting
      FROM come_back c JOIN agency a ON a.id = c.agency_id
      WHERE c.agency_id = ${missouri} AND ${inPeriod(day("c.asked_at"))}
        AND (SELECT n.program_id FROM enrolment n WHERE n.episode_id = c.episode_id
          ORDER BY n.valid_from DESC NULLS LAST, n.id DESC LIMIT 1) = ${called("Women and Children")}`,
  },
  "Family Conferences": {
    of: "Women and Children",
    query: sql`
      SELECT count(*) AS cases, count(*) FILTER (WHERE EXISTS (
          SELECT FROM service s JOIN judgement j ON j.service_id = s.id
          WHERE s.conference_id = c.id AND s.voided_at IS NULL AND j.decides AND j.superseded_at IS NULL AND j.units_payable > 0)) AS counting
      FROM conference c
      WHERE c.program_id = ${called("Women and Children")} AND c.signed_at IS NOT NULL AND c.voided_at IS NULL
        AND ${inPeriod(sql`(SELECT p.day FROM appointment p WHERE p.id = c.appointment_id)`)}`,
  },
};

/** Each measure's line of the last three months, counted above row security. */
export async function countByHand(owner: TestDatabase["owner"]) {
  const lines: { measure: string; of: string; cases: number; counting: number }[] = [];
  for (const [measure, { of, query }] of Object.entries(byHand)) {
    const { rows } = await query.execute(owner);
    const [row] = rows;
    lines.push({ measure, of, cases: Number(row?.cases), counting: Number(row?.counting) });
  }
  return lines;
}

/** What a line of a measure's card says: how many, how many of them count, and where each leads. */
export async function lineOf(page: Page, measure: string, of: string) {
  const card = page.getByRole("region", { name: measure, exact: true });
  const row = card
    .getByRole("row")
    .filter({ has: page.getByRole("cell", { name: of, exact: true }) });
  // A median's list has the same cases in another order.
  const links = await row.getByRole("link").and(page.locator(":not([href*='by=value'])")).all();
  return Promise.all(
    links.map(async (link) => ({
      says: Number.parseInt(await link.innerText(), 10),
      to: (await link.getAttribute("href")) ?? "",
    })),
  );
}

/** How many a list shows on all its pages, and how many of them are of one name. */
export async function lengthOf(page: Page, to: string, name: string) {
  let [rows, named] = [0, 0];
  for (let at = 1; ; at++) {
    await page.goto(`${to}&page=${at}`);
    rows += await page.locator("tbody tr").count();
    named += await page.locator("tbody").getByRole("link", { name }).count();
    if ((await page.getByRole("link", { name: "Next" }).count()) === 0) return { rows, named };
  }
}
