import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { countByHand, lengthOf, lineOf } from "./care-counts.ts";
import {
  addSupport,
  agreePlan,
  askForPlace,
  bookAndAdmit,
  nameCounselor,
  offerStart,
  takeCall,
  takeReferral,
  triageAndAssess,
} from "./care-steps.ts";
import {
  addAftercareSupport,
  addMeasures,
  answerAlert,
  answerLeaving,
  closeEpisode,
  comeBack,
  endStay,
  handOver,
  holdConference,
  loopSays,
  recordDischarge,
  writeWayBack,
} from "./leaving-steps.ts";
import { fromMenu, openRecord, openTab, outcomeOn, saidOn } from "./steps.ts";

// One person's way through the system of care, on one database: each test goes on from the one before.
const who = { given: "Delia", family: "Marchetti", born: "1991-05-04" };
const name = `${who.given} ${who.family}`;
const mother = `Teresa ${who.family}`;
let id = "";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey?.close());

/** What the owner of the database counts. */
async function count(query: ReturnType<typeof sql<{ n: number }>>): Promise<number> {
  return Number((await query.execute(journey.db.owner)).rows[0]?.n);
}

test("a mother's call is heard and nobody is confirmed; she is offered help of her own", async () => {
  const { page, problems, context } = await journey.as("flo");
  await takeCall(page, mother, "Her daughter Delia");
  const row = page.getByRole("row", { name: new RegExp(mother) });
  expect(await row.innerText()).toContain("Ana Morales");
  expect(await row.innerText()).not.toContain("in a record");
  const linked = sql<{ n: number }>`
    SELECT count(*) AS n FROM concern_call WHERE caller = ${mother} AND consumer_id IS NULL`;
  expect(await count(linked)).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});

test("the next call is hers: a referral, which the front desk reads no more of", async () => {
  const { page, problems, context } = await journey.as("flo");
  id = await takeReferral(page, who);
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect((await page.request.get(`/consumers/${id}`)).status()).toBe(404);
  // Heard wrongly the next time, she is found all the same.
  await page.goto("/referrals/new");
  await page.getByLabel("Name, number or date of birth").fill("Delya Marchetti");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("Could it be one of these?").waitFor();
  await page.getByRole("link", { name, exact: true }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test("the counselor triages, assesses and agrees a plan; her mother's call comes into the record by hand", async () => {
  const { page, problems, context } = await journey.as("ana");
  await triageAndAssess(page, name);
  await openTab(page, "Timeline");
  expect(await saidOn(page)).not.toContain(mother);

  await page.goto("/calls");
  await page.getByRole("link", { name: mother }).click();
  await page.getByLabel("Name or number").fill(name);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByRole("button", { name: "It is theirs" }).click();
  await page.getByRole("link", { name }).click();
  await page
    .getByRole("link", { name: /[Cc]all/ })
    .filter({ hasText: mother })
    .waitFor();

  await agreePlan(page);
  expect(problems).toEqual([]);
  await context.close();
});

test("a start is offered and taken, a counselor named, and a place asked for", async () => {
  const { page, problems, context } = await journey.as("ana");
  await offerStart(page, name);
  await openRecord(page, name);
  await nameCounselor(page, "Ana Morales");
  await askForPlace(page, "Harbor House");
  expect(await saidOn(page)).toContain("Harbor House");
  expect(problems).toEqual([]);
  await context.close();
});

test("the manager books a bed on the board and admits her", async () => {
  const { page, problems, context } = await journey.as("omar");
  const bed = await bookAndAdmit(page, name);
  expect(bed).toMatch(/Room/);
  await openTab(page, "Timeline");
  expect(await page.locator("[aria-current=step]").innerText()).toMatch(/^Residential/);
  expect(problems).toEqual([]);
  await context.close();
});

test("the first Family Conference, with her mother's consent, is payable", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, name);
  await addSupport(page, mother, "Mother");
  await holdConference(page, {
    ...{ start: "08:00", end: "09:00", supports: [mother], program: "Women and Children" },
    plan: "The treatment plan",
  });
  expect(await outcomeOn(page)).toContain("Payable 4 units recorded, 4 payable");
  expect(problems).toEqual([]);
  await context.close();
});

test("the second is the family's part in the discharge conference, and is judged", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, name);
  await page.getByText("4 of 8 units left this week").waitFor();
  await holdConference(page, {
    ...{ start: "10:00", end: "11:00", supports: [mother], program: "Women and Children" },
    ...{ purpose: "The discharge conference", plan: "The discharge plan" },
  });
  expect(await outcomeOn(page)).toContain("Payable 4 units recorded, 4 payable");
  await recordDischarge(page);
  expect(problems).toEqual([]);
  await context.close();
});

test("the aftercare plan says what is missing until it is complete, and is handed over", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, name);
  await openTab(page, "Leaving & aftercare", "Aftercare plan");
  await page.getByRole("button", { name: "Begin the aftercare plan" }).click();
  await page.getByRole("link", { name: "Back to the plan" }).click();
  const missing = page.getByRole("note").filter({ hasText: "What is missing" });
  await missing.waitFor();
  expect(await missing.getByRole("listitem").allInnerTexts()).toEqual([
    "An early sign or a trigger",
    "What to do about an early sign or a trigger",
    "Whom to call first",
    "The way back in: where",
    "A drug-related support",
    "A support that is not drug-related",
    "Something gained that is to be kept",
  ]);
  await addMeasures(page);
  await addAftercareSupport(page, "Mutual aid meetings", "The Tuesday circle");
  expect(await missing.innerText()).toContain("A support that is not drug-related");
  await addAftercareSupport(page, "Peer mentor", "Dana");
  await writeWayBack(page, "Ana Morales");
  await page.getByRole("button", { name: "Put in force" }).click();
  await page.getByText("Nothing is missing").waitFor();
  await handOver(page, "Mutual aid meetings", "The Tuesday circle");
  await handOver(page, "Peer mentor", "Dana");
  await page.getByText("Active: all accepted").waitFor();

  await page.getByRole("link", { name: "Print" }).click();
  const sheet = page.getByRole("article");
  await sheet.getByText("I stop answering my mother's calls").waitFor();
  const words = await sheet.innerText();
  expect(words).toContain("The house on Water Street");
  expect(words).not.toMatch(
    new RegExp(`${who.family}|recover|treatment|program|counsel|drug`, "i"),
  );
  expect(await page.title()).not.toContain(who.given);
  expect(problems).toEqual([]);
  await context.close();
});

test("the stay ends as planned, the episode closes, and what leaving asks is answered", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, name);
  await endStay(page, "Harbor House");
  await closeEpisode(page);
  await openTab(page, "Leaving & aftercare", "Leaving");
  const cards = page.getByRole("article");
  await cards.first().waitFor();
  for (const card of await cards.all()) await answerLeaving(card);
  expect(await page.getByText("To do", { exact: true }).count()).toBe(0);
  expect(problems).toEqual([]);
  await context.close();
});

test("she calls again: one screen, one yes, and the duty clinician is on it; the loop is closed", async () => {
  // Whatever the hour, Ruth is on duty.
  await sql`UPDATE duty_shift SET staff_id = (SELECT id FROM staff WHERE email = 'ruth@demo.example')
    WHERE now() BETWEEN starts AND ends AND agency_id = (SELECT agency_id FROM staff WHERE email = 'ruth@demo.example')`.execute(
    journey.db.owner,
  );
  const flo = await journey.as("flo");
  await comeBack(flo.page, name, "Thoughts of suicide?");
  await loopSays(flo.page, "Safe?", "The duty clinician is alerted");
  await flo.page
    .getByRole("button", { name: /(AM|PM).*Ana Morales/ })
    .first()
    .click();
  await loopSays(flo.page, "Booked?", "Done");
  await loopSays(flo.page, "Primary counselor told?", "Ana Morales is told, and has not seen it");

  const ruth = await journey.as("ruth");
  await answerAlert(ruth.page, name);
  const ana = await journey.as("ana");
  await ana.page.getByText(`They came back, and you are to know: ${name}`).waitFor();
  await ana.page.getByRole("button", { name: `I have read this: ${name}` }).click();
  await ana.page
    .getByText(`They came back, and you are to know: ${name}`)
    .waitFor({ state: "detached" });

  await flo.page.reload();
  await loopSays(flo.page, "Safe?", "Dealt with by Ruth");
  await loopSays(flo.page, "Primary counselor told?", "Ana Morales has seen it");
  for (const { problems, context } of [flo, ruth, ana]) {
    expect(problems).toEqual([]);
    await context.close();
  }
});

test("the new episode goes on from the last; the strip shows the return as a branch", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, name);
  const earlier = page.getByRole("list", { name: "Earlier episodes" });
  await earlier.getByText(/^Came back on/).waitFor();
  expect(await earlier.innerText()).toMatch(/Residential the same day · Completed/);
  await fromMenu(page, "Call for help, or back in");
  await page.getByRole("link", { name: "Aftercare plan" }).waitFor();
  await page.getByRole("button", { name: "They have been seen" }).click();
  await loopSays(page, "Back in", "The loop is closed");
  const linked = sql<{ n: number }>`
    SELECT count(*) AS n FROM episode e JOIN episode before ON before.id = e.previous_id
    WHERE e.consumer_id = ${id} AND before.consumer_id = e.consumer_id AND before.closed_reason = 'completed'`;
  expect(await count(linked)).toBe(1);
  expect(problems).toEqual([]);
  await context.close();
});

test("the reports agree with a count by hand, and each number opens its people, her among them", async () => {
  const { page, problems, context } = await journey.as("ruth");
  for (const { measure, of, cases, counting } of await countByHand(journey.db.owner)) {
    await page.goto("/reports?months=3");
    const [all, counted] = await lineOf(page, measure, of);
    expect({ measure, cases: all?.says, counting: counted?.says ?? 0 }).toEqual({
      measure,
      cases,
      counting,
    });
    for (const number of [all, counted]) {
      if (!number) continue;
      const list = await lengthOf(page, number.to, name);
      expect({ measure, rows: list.rows }).toEqual({ measure, rows: number.says });
      expect(list.named, measure).toBeGreaterThan(0);
    }
  }
  expect(problems).toEqual([]);
  await context.close();
});
