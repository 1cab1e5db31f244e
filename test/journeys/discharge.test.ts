import { afterAll, beforeAll, expect, test } from "vitest";
import { type Journey, startJourney } from "../support/journey.ts";
import { openRecord, todayOf } from "./steps.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey?.close());

test("a discharge conference without family is recorded, and opens the discharge plan", async () => {
  const { page, problems, context } = await journey.as("ana");
  await openRecord(page, "Jim Whitaker");
  const record = new URL(page.url()).pathname.split("/").at(-1);
  await page.goto(`/consumers/${record}/discharge-plan`);
  await page.getByRole("link", { name: "Record a discharge conference" }).click();
  await page.getByLabel("Held on").fill(await todayOf(page));
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByLabel("Did family take part?").selectOption("No: held without family");
  await page.getByRole("button", { name: "Record it" }).click();
  await page.getByText("held without family.").waitFor();

  await page.getByLabel("What has to be in place").fill("A room at Oak House");
  await page.getByRole("button", { name: "Add to the plan" }).click();
  await page.getByText("A room at Oak House").waitFor();
  await page.getByRole("link", { name: "Timeline" }).click();
  const line = page.getByRole("link", { name: /Discharge conference/ });
  await line.waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
