import type { Locator, Page } from "playwright-core";
import { bookToday, fromMenu, hold, openTab, type Planned, sign, todayOf } from "./steps.ts";

export type Conference = Planned & { plan: string };

/** A Family Conference of today with one support, from the booking to the signed note. */
export async function holdConference(page: Page, { plan, ...planned }: Conference): Promise<void> {
  await bookToday(page, planned);
  await hold(page, { came: planned.supports, plan });
  await sign(page);
}

/** Signs an ending's questions off: the contact, overdose advice and naloxone. */
export async function answerLeaving(card: Locator): Promise<void> {
  await card.getByRole("button", { name: /^Overdose advice: Given/ }).click();
  await card
    .getByText(/^Given, /)
    .first()
    .waitFor();
  await card.getByRole("button", { name: /^Naloxone: Given/ }).click();
  await card
    .getByText(/^Given, /)
    .nth(1)
    .waitFor();
  await card.getByRole("link", { name: /^Write down a try/ }).click();
  await card.getByRole("radio", { name: "Yes" }).check();
  await card.getByRole("button", { name: "Write it down" }).click();
  await card.getByText(/^Reached /).waitFor();
}

/** On the discharge plan: the discharge conference, of which the Family Conference was family's part. */
export async function recordDischarge(page: Page): Promise<void> {
  await openTab(page, "Leaving & aftercare", "Discharge plan");
  await page.getByRole("link", { name: "Record a discharge conference" }).click();
  await page.getByLabel("Held on").fill(await todayOf(page));
  await page.getByRole("radio", { name: "Yes" }).check();
  const family = page.getByLabel("Did family take part?");
  const part = family.locator("option", { hasText: "Yes, by the Family Conference of" });
  await family.selectOption((await part.getAttribute("value")) ?? "");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByText("family took part by the").waitFor();
}

/** A support of the aftercare plan, handed over and accepted. */
export async function addAftercareSupport(page: Page, what: string, by: string): Promise<void> {
  await page.getByRole("link", { name: "Add a support", exact: true }).click();
  await page.getByLabel("What it is").selectOption({ label: what });
  await page.getByLabel("Or who else delivers it").fill(by);
  await page.getByRole("button", { name: "Add the support" }).click();
  await page.getByText(`${what}: ${by}`).waitFor();
}

export async function handOver(page: Page, what: string, by: string): Promise<void> {
  await page.getByRole("link", { name: `Hand over: ${what}, ${by}` }).click();
  const told = page.getByLabel("What were they told about the person, and by what right?");
  await told.selectOption("self");
  await page.getByRole("button", { name: "Handed over", exact: true }).click();
  await page.getByRole("link", { name: `Ask again later: ${what}, ${by}` }).waitFor();
  await page.getByRole("link", { name: `Answer: ${what}, ${by}` }).click();
  await page.getByRole("radio", { name: "Accepted" }).check();
  await page.getByLabel("Who said so").fill("Dana at the door");
  await page.getByRole("button", { name: "Save the answer" }).click();
  await page.getByRole("link", { name: `Answer: ${what}, ${by}` }).waitFor({ state: "detached" });
}

/** An early sign with what to do about it, and something gained. */
export async function addMeasures(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Add an early sign" }).click();
  await page.getByLabel("An early sign").fill("I stop answering my mother's calls");
  await page.getByLabel("What to do then").fill("Ring Dana before the evening");
  await page.getByRole("button", { name: "Add to the plan" }).click();
  await page.getByText("Then: Ring Dana before the evening").waitFor();
  await page.getByRole("link", { name: "Name a gain" }).click();
  await page.getByLabel("What was gained").fill("Sunday dinner at home");
  await page.getByRole("button", { name: "Name it" }).click();
  await page.getByText("Sunday dinner at home").waitFor();
}

/** Whom to call and the way back in. */
export async function writeWayBack(page: Page, who: string): Promise<void> {
  await page.getByRole("link", { name: "Write it" }).click();
  await page.getByLabel("Whom to call first").fill("Mum, 573 555 0144");
  await page.getByLabel("Where to come back to").fill("The house on Water Street");
  await page.getByLabel("Whom to ask for").selectOption({ label: who });
  await page.getByLabel("A number that is answered").fill("573 555 0100");
  await page.getByLabel("Seen within (working days)").fill("2");
  await page.getByRole("button", { name: "Save and agree it" }).click();
  await page.getByRole("button", { name: "Put in force" }).waitFor();
}

/** Ends the stay as planned, from the placement's page. */
export async function endStay(page: Page, unit: string): Promise<void> {
  await openTab(page, "Placement", "Stays");
  await page.locator("main").getByRole("link", { name: unit }).first().click();
  await page.getByRole("link", { name: "End the stay" }).click();
  await page.getByLabel("Was it planned?").selectOption({ label: "Planned" });
  await page.getByLabel("Why", { exact: true }).selectOption({ label: "Completed" });
  await page.getByRole("button", { name: "Record the ending" }).click();
  await page.getByRole("heading", { name: /Ended as planned/ }).waitFor();
}

export async function closeEpisode(page: Page): Promise<void> {
  await fromMenu(page, "Episode and team");
  await page.getByRole("link", { name: "Close the episode" }).click();
  await page.getByLabel("Why it closes").selectOption({ label: "Completed" });
  await page.getByRole("button", { name: "Close the episode" }).click();
  await page.getByRole("heading", { name: "Leaving", exact: true }).waitFor();
}

/** The front desk finds whoever calls and tells the team, with one yes to the six questions. */
export async function comeBack(page: Page, name: string, danger: string): Promise<void> {
  await page.goto("/people");
  await page.getByLabel("Find somebody").fill(name);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: `Call for help: ${name}` }).click();
  await page.getByRole("heading", { name: `Call for help: ${name}` }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.getByRole("radiogroup", { name: danger }).getByRole("radio", { name: "Yes" }).check();
  await page.getByLabel("What was used, and when?").fill("Heroin, last night");
  await page.getByRole("button", { name: "Tell the team now" }).first().click();
}

/** A part of the loop on the page of somebody who came back. */
export async function loopSays(page: Page, part: string, says: string): Promise<void> {
  await page.getByRole("region", { name: part }).getByText(says).waitFor();
}

/** The duty clinician takes an alert up from Today and says what was done. */
export async function answerAlert(page: Page, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: new RegExp(`^Duty alert.*${name}`) }).click();
  await page.getByRole("heading", { name: `Duty alert: ${name}` }).waitFor();
  await page.getByRole("button", { name: "Take it up", exact: true }).click();
  await page.getByText("You have taken it up.").waitFor();
  await page.getByLabel("What was done, and how they are").fill("Talked for half an hour. Safe.");
  await page.getByRole("button", { name: "Close the alert" }).click();
  await page.getByText("Talked for half an hour. Safe.").waitFor();
}
