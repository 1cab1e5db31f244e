import type { Page } from "playwright-core";

/** Opens somebody's record the way a counselor does: Ctrl K, a few letters, Enter. */
export async function openRecord(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page
    .getByRole("button", { name: /Find or go to/ })
    .first()
    .waitFor();
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("Control+K");
  await page.getByRole("textbox", { name: "Find or go to" }).fill(name);
  // Behind it, Today may have buttons of the same person.
  await page
    .getByRole("dialog")
    .getByRole("button", { name: new RegExp(name) })
    .click();
  await page.waitForURL(/\/(consumers|people)\/[0-9a-f-]{36}$/);
}

export type Planned = {
  start: string;
  end: string;
  supports: string[];
  purpose?: string;
  program?: string;
};

/** From the record's own menu: plans a conference for today and books it. */
export async function bookToday(page: Page, planned: Planned): Promise<void> {
  const { start, end, supports, purpose, program } = planned;
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: /conference/i }).click();
  await page.getByRole("heading", { name: "Plan a Family Conference" }).waitFor();
  await page.getByLabel("Date").fill(await todayOf(page));
  await page.getByLabel("Starts").fill(start);
  await page.getByLabel("Ends").fill(end);
  for (const name of supports) await page.getByRole("checkbox", { name: new RegExp(name) }).check();
  if (program) await page.getByLabel("Program").selectOption({ label: program });
  if (purpose) await page.getByRole("checkbox", { name: purpose }).check();
  await page.getByRole("button", { name: "Book the conference" }).click();
  await acceptClash(page);
  await page.getByRole("link", { name: "Hold the session" }).waitFor();
}

/** A room that is taken is a warning; whoever wants it all the same says so and books. */
async function acceptClash(page: Page): Promise<void> {
  // The warning beside the form may still be of the times before; the refusal is of these.
  const refused = page.getByText("Somebody else has this room or this lead at that time");
  const booked = page.getByRole("link", { name: "Hold the session" });
  await refused.or(booked).first().waitFor();
  if (await booked.isVisible()) return;
  await page.getByRole("checkbox", { name: "Book it all the same" }).check();
  await page.getByRole("button", { name: "Book the conference" }).click();
}

/** The agency's own day, as its pages show it in the date field. */
export async function todayOf(page: Page): Promise<string> {
  const zone = "America/Chicago";
  return page.evaluate((timeZone) => new Date().toLocaleDateString("sv-SE", { timeZone }), zone);
}

export type Held = { came: string[]; consumer?: boolean; plan?: string };

/** Goes through the hold page, one pass. What is left out stays not recorded. */
export async function hold(page: Page, { came, consumer = true, plan }: Held): Promise<void> {
  await page.getByRole("link", { name: "Hold the session" }).click();
  await page.getByRole("heading", { name: /Who is here/ }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.getByRole("radio", { name: "Yes" }).first().check();
  if (consumer) await page.getByRole("radio", { name: "Here", exact: true }).check();
  for (const name of came) {
    const person = page.getByRole("radiogroup", { name: new RegExp(name) });
    await person.getByRole("radio", { name: "Check in" }).check();
  }
  if (plan) await page.getByRole("radio", { name: plan }).check();
  await page.getByRole("radio", { name: "None was found" }).check();
}

/** Signs and arrives at the note. */
export async function sign(page: Page): Promise<void> {
  await page
    .getByText(/^Saved/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Sign…" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: /Sign/ }).click();
  await page.waitForURL(/\/note$/);
}

/** The outcome that the note's claim panel tells. */
export async function outcomeOn(page: Page): Promise<string> {
  const panel = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Claim" }) });
  return (await panel.innerText()).replace(/\s+/g, " ");
}

/** A page of the open record, by its tab and, where the tab has several, its name in the second row. */
export async function openTab(page: Page, tab: string, name?: string): Promise<void> {
  for (const one of name ? [tab, name] : [tab]) {
    await page.locator("main nav").getByRole("link", { name: one, exact: true }).first().click();
  }
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

/** What the page says in its main part, in one line. */
export async function saidOn(page: Page): Promise<string> {
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

/** An entry of the record's own menu. */
export async function fromMenu(page: Page, entry: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}
