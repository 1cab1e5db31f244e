import type { Page } from "playwright-core";
import { fromMenu, openTab, todayOf } from "./steps.ts";

/** A relative's call, as the front desk takes it. */
export async function takeCall(page: Page, caller: string, aboutWhom: string): Promise<void> {
  await page.goto("/calls");
  await page.getByRole("link", { name: "Take a call" }).click();
  await page.getByText("I can't say whether we know anybody", { exact: false }).waitFor();
  await page.getByLabel("Who called").fill(caller);
  await page.getByLabel("About whom").fill(aboutWhom);
  await page.getByLabel("Number to call back on").fill("573 555 0144");
  await page.getByLabel("What they said").fill("She uses again, and nobody at home sleeps.");
  await page.getByRole("checkbox", { name: "To know what to do in an overdose" }).check();
  await page.getByRole("checkbox", { name: "Naloxone training" }).check();
  await page.getByRole("checkbox", { name: "An assessment of their own needs" }).check();
  await page.getByLabel("Who follows it up").selectOption({ label: "Ana Morales" });
  await page.getByRole("button", { name: "Keep the call" }).click();
  // The assessment that was offered is gone on with at once.
  await page
    .getByLabel("What do they need, in their own words?")
    .fill("To sleep, and to know what to do.");
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByText("To sleep, and to know what to do.").waitFor();
  await page.getByRole("link", { name: "All calls" }).click();
  await page.getByRole("row", { name: new RegExp(caller) }).waitFor();
}

export type Newcomer = { given: string; family: string; born: string };

/** The next call: a referral of somebody whom nobody knows here yet. Returns the record's id. */
export async function takeReferral(page: Page, who: Newcomer): Promise<string> {
  await page.getByRole("link", { name: "New referral" }).first().click();
  await page.getByLabel("Name, number or date of birth").fill(`${who.given} ${who.family}`);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("Nobody you can find by that").waitFor();
  await page.getByRole("textbox", { name: "Date of birth", exact: true }).fill(who.born);
  await page.getByLabel("How and when it is safe to reach them").fill("After noon; no message");
  await page.getByLabel("Phone").fill("573 555 0177");
  await page.getByLabel("Who referred").selectOption({ label: "The person themself" });
  await page.getByLabel("Why they come").fill("Heroin again since the spring. Wants to stop.");
  const injecting = page.getByRole("radiogroup", { name: "Injecting" });
  await injecting.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("checkbox", { name: "Overdose advice given" }).check();
  await page.getByRole("button", { name: "Add and take the referral" }).click();
  await page.getByText("Referral taken: the team has it on its list").waitFor();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** From the waiting list: the decision, and what the assessment cannot stand without. */
export async function triageAndAssess(page: Page, name: string): Promise<void> {
  await page.goto("/waiting");
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByText("Priority: injecting").waitFor();
  await row.getByRole("link", { name: "Triage" }).click();
  await page.getByRole("radio", { name: "Assess: they go on waiting for a start" }).check();
  await page.getByRole("button", { name: "Save the triage" }).click();
  await page.waitForURL(/assessment\/edit/);
  await page.waitForLoadState("networkidle");
  const main = page.getByRole("group", { name: "Main substance" });
  await main.getByLabel("Substance", { exact: true }).fill("Heroin");
  await main.getByLabel("Days of 28").fill("24");
  await main.getByLabel("How", { exact: true }).selectOption({ label: "Injected" });
  const ask = (name: string) => page.getByRole("radiogroup", { name });
  await ask("Risk to self").getByRole("radio", { name: "Some" }).check();
  await ask("Risk to others").getByRole("radio", { name: "None seen" }).check();
  await ask("Wants a women-only service").getByRole("radio", { name: "Yes" }).check();
  await page.getByLabel("Summary and what comes next").fill("Wants to live away from it a while.");
  await page.getByRole("button", { name: "Complete" }).click();
  await page.getByText("The assessment stands").waitFor();
}

/** A first plan with one goal and one line of what staff do, agreed with the person. */
export async function agreePlan(page: Page): Promise<void> {
  await openTab(page, "Treatment plan");
  await page.getByRole("button", { name: "Begin the treatment plan" }).click();
  await page.getByRole("heading", { name: /Version 1/ }).waitFor();
  await page.waitForLoadState("networkidle");
  const goal = page.getByLabel("What the person wants to reach");
  if (!(await goal.isVisible())) await page.getByRole("button", { name: "Add a goal" }).click();
  await goal.fill("A year without heroin, and my own front door");
  await page.getByRole("button", { name: "Add what staff do about goal 1" }).click();
  await page.getByLabel("Goal 1, what staff do, line 1", { exact: true }).fill("Weekly sessions");
  await page.getByRole("button", { name: "Save and go on to agreeing" }).click();
  await page.getByRole("heading", { name: "Agree version 1 of the treatment plan" }).waitFor();
  await page.getByRole("button", { name: "Put in force" }).click();
  await page
    .getByText(/^Agreed .* with/)
    .first()
    .waitFor();
}

/** A natural support with a consent to take part, signed today. */
export async function addSupport(page: Page, name: string, relation: string): Promise<void> {
  await openTab(page, "Supports & consent");
  await page.getByRole("link", { name: "Add a natural support" }).click();
  await page.getByLabel("What they are").selectOption({ label: "Family member" });
  await page.getByLabel("Relation").fill(relation);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Not without a consent").waitFor();
  await page.getByRole("link", { name: "Record a consent" }).click();
  await page.getByRole("checkbox", { name: /has signed it, and was offered a copy/ }).check();
  await page.getByRole("button", { name: "Save the consent" }).click();
  await page.getByText("Consent saved").waitFor();
}

/** Offers a start for today, and writes down that it was taken. */
export async function offerStart(page: Page, name: string): Promise<void> {
  await page.goto("/waiting");
  const row = page.getByRole("listitem").filter({ hasText: name });
  await row.getByRole("link", { name: "Offer a start" }).click();
  await row.getByLabel(/^First day in/).fill(await todayOf(page));
  await row.getByRole("button", { name: "Offer this start" }).click();
  await row.getByRole("link", { name: "Record the answer" }).click();
  await row.getByLabel(/^Answer to the start/).selectOption({ label: "Accepted" });
  await row.getByRole("button", { name: "Record the answer" }).click();
  await page.getByText("Accepted: the first day is set").waitFor();
}

/** From the record's menu: whoever is signed in becomes whom the person knows here. */
export async function nameCounselor(page: Page, counselor: string): Promise<void> {
  await fromMenu(page, "Episode and team");
  await page.getByRole("link", { name: "Name the primary counselor" }).click();
  await page.getByLabel("Primary counselor").selectOption({ label: counselor });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(/^Primary counselor from/).waitFor();
}

/** Asks for a place in a unit that the assessment speaks for. */
export async function askForPlace(page: Page, unit: string): Promise<void> {
  await openTab(page, "Placement", "Find a place");
  const card = page.getByRole("article", { name: unit });
  await card.getByRole("link", { name: `Ask for a place in ${unit}` }).click();
  await card.getByLabel("Why this place").fill("Women only, and close to her mother.");
  await card.getByRole("button", { name: `Ask for a place in ${unit}` }).click();
  await page.getByText("Place asked for").waitFor();
}

/** On the board: a bed from today, and the admission. Returns which bed it was. */
export async function bookAndAdmit(page: Page, name: string): Promise<string> {
  await page.goto("/beds");
  await page.getByRole("link", { name: `Book a bed for ${name}` }).click();
  const bed = page.getByLabel("Bed", { exact: true });
  const chosen = (await bed.locator("option:checked").innerText()).trim();
  await page.getByRole("button", { name: "Book the bed" }).click();
  await page.getByRole("link", { name: `Admit ${name}` }).click();
  await page.getByRole("button", { name: "Admit", exact: true }).click();
  await page.getByText("Day 1", { exact: true }).waitFor();
  return chosen;
}
