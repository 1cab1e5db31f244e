import { afterAll, beforeAll, expect, test } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { bookToday, hold, openRecord, outcomeOn, sign } from "./steps.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey?.close());

test("a counselor schedules, holds and signs a conference that is payable; the next one crosses the limit", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, "Jim Whitaker");
  await bookToday(page, { start: "08:00", end: "09:00", supports: ["Carol"] });
  await hold(page, { came: ["Carol"], plan: "The treatment plan" });
  await sign(page);
  expect(await outcomeOn(page)).toContain("Payable 4 units recorded, 4 payable");

  await openRecord(page, "Jim Whitaker");
  await page.getByText("4 of 8 units left this week").waitFor();
  await bookToday(page, { start: "10:00", end: "11:30", supports: ["Carol"] });
  await hold(page, { came: ["Carol"], plan: "Both" });
  await sign(page);
  const outcome = await outcomeOn(page);
  expect(outcome).toContain("Reduced 6 units recorded, 4 payable");
  expect(outcome).toMatch(/4\.1 Breached/);
  expect(problems).toEqual([]);
  await context.close();
});

test("whoever's credential lapsed yesterday is told before and after: the record is kept, the claim denied", async () => {
  const { page, context } = await journey.as("cole");
  await openRecord(page, "Walter Boyd");
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: /conference/i }).click();
  const panel = page.getByRole("complementary", { name: "Rules" });
  await panel.getByText("Breached", { exact: true }).waitFor();
  expect(await panel.innerText()).toMatch(/Breached[\s\S]*Clause 5\.1/);
  await page.goBack();

  await bookToday(page, { start: "09:00", end: "10:00", supports: ["June"] });
  await hold(page, { came: ["June"], plan: "The treatment plan" });
  await sign(page);
  const outcome = await outcomeOn(page);
  expect(outcome).toContain("Denied 4 units recorded, 0 payable");
  expect(outcome).toMatch(/5\.1 Breached/);
  await context.close();
});

test("a relative without consent is not checked in: staff listen, and tell nothing", async () => {
  const { page, context } = await journey.as("ben");
  await openRecord(page, "Tasha Green");
  await bookToday(page, { start: "11:00", end: "12:00", supports: ["Denise"] });
  await hold(page, { came: ["Denise"], plan: "The treatment plan" });
  await page.getByLabel("Somebody else came").selectOption({ label: "Marcus Green, Brother" });
  const brother = page.getByRole("radiogroup", { name: /Marcus Green/ });
  await brother.getByRole("radio", { name: "Check in" }).click();
  await page.getByText("Not checked in").waitFor();
  expect(await brother.getByRole("radio", { name: "Check in" }).isChecked()).toBe(false);
  await page.getByRole("button", { name: "Listen only: they stay out" }).click();
  await sign(page);
  const there = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Who was there" }) });
  const words = await there.innerText();
  expect(words).toContain("Denise Green");
  expect(words.split("Marcus Green")[0]).toContain("Denise Green");
  const counted = await journey.db.owner
    .selectFrom("service")
    .innerJoin("consumer", "consumer.id", "service.consumer_id")
    .select("supports_present")
    .where("given_name", "=", "Tasha")
    .orderBy("service.id", "desc")
    .executeTakeFirst();
  expect(counted).toEqual({ supports_present: 1 });
  await context.close();
});

test("a biller asks about a pended claim, the signer answers, the supervisor agrees, and it is released", async () => {
  const bill = await journey.as("bill");
  await bill.page.goto("/claims");
  await bill.page.getByRole("link", { name: /^Pended/ }).click();
  await bill.page.getByRole("link", { name: "Luis Moreno" }).click();
  await bill.page.getByLabel("About").selectOption({ label: "Clause 4.2" });
  await bill.page.getByLabel("Ask Cole Brandt").fill("Was he there the whole hour?");
  await bill.page.getByRole("button", { name: "Ask the signer" }).click();
  await bill.page.getByText("Was he there the whole hour?").waitFor();

  const cole = await journey.as("cole");
  await cole.page
    .getByRole("link", { name: /Answer the biller's question: Luis Moreno/ })
    .first()
    .click();
  await cole.page.waitForURL(/\/questions\//);
  const question = cole.page.url();
  await cole.page.getByRole("link", { name: "Open the signed note" }).click();
  await cole.page.getByRole("button", { name: "Wrongly recorded…" }).click();
  const dialog = cole.page.getByRole("dialog");
  await dialog.getByLabel("Which fact").selectOption({ label: "The person took part" });
  await dialog.getByLabel("It was").selectOption({ label: "Yes" });
  await dialog
    .getByLabel("How it came to be recorded wrong")
    .fill("He was there; I forgot to say so.");
  await dialog.getByRole("button", { name: "Say that it was wrongly recorded" }).click();
  // The dialog speaks of a supervisor too: only this says that it was kept.
  await cole.page.getByText("Waits for a supervisor: it changes payment").waitFor();
  await cole.page.goto(question);
  await cole.page.getByLabel("Answer").fill("Yes. I have corrected the record.");
  await cole.page.getByRole("button", { name: "Send the answer" }).click();
  await cole.page.getByText("Answered").first().waitFor();

  const ruth = await journey.as("ruth");
  await ruth.page.getByRole("link", { name: /Decide on a correction: Luis Moreno/ }).click();
  await ruth.page.getByRole("button", { name: "Correct it" }).click();
  await ruth.page.getByText("4 units recorded, 4 payable").waitFor();

  await bill.page.goto("/claims");
  await bill.page
    .getByRole("row", { name: /Luis Moreno/ })
    .getByRole("checkbox")
    .check();
  await bill.page.getByRole("button", { name: /Release chosen/ }).click();
  await bill.page.getByRole("button", { name: "Release 1 claim" }).click();
  await bill.page.getByText("$73.68").first().waitFor();
  await bill.page.goto("/claims");
  await bill.page.getByRole("link", { name: /^Released/ }).click();
  await bill.page.getByRole("link", { name: "Luis Moreno" }).waitFor();
  for (const { problems, context } of [bill, cole, ruth]) {
    expect(problems).toEqual([]);
    await context.close();
  }
});
