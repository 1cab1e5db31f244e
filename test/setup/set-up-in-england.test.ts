import { afterAll, beforeAll, expect, test } from "vitest";
import { type Served, serveProduct } from "../support/journey.ts";
import { firstAgency, visitor } from "../support/product.ts";

let product: Served;
beforeAll(async () => {
  product = await serveProduct("empty");
});
afterAll(() => product?.close());

test("an agency set up in England gets England's words, bulletins, kinds of programme and law", async () => {
  const ivy = visitor(product.address);
  const before = await (await ivy.get("/setup")).text();
  for (const place of ["us-mo", "england"]) expect(before).toContain(`value="${place}"`);
  const england = { jurisdiction: "england", locale: "en-GB", time_zone: "Europe/London" };
  const founded = await ivy.post("/setup", { ...firstAgency, ...england, code: "123456" });
  expect(founded.headers.get("location")).toBe("/settings");

  const settings = await (await ivy.get("/settings")).text();
  expect(settings).toContain("Add the programmes you run");
  expect(settings).not.toMatch(/42 CFR|Set codes and rates/);

  const offered = await (await ivy.get("/settings/programs")).text();
  expect(offered).toContain("Residential rehabilitation");
  expect(offered).not.toContain("CSTAR");
  const usual = { intent: "usual", "kinds[]": "rehab" };
  expect((await ivy.post("/settings/programs", usual)).headers.get("location")).toBe(
    "/settings/programs",
  );
  const programs = await product.db.owner.selectFrom("program").select(["name", "kind"]).execute();
  expect(programs).toEqual([{ name: "Residential rehabilitation", kind: "rehab" }]);
  // A kind of another country's bulletins is none here.
  const cstar = { intent: "save new", name: "Evenings", kind: "cstar-adolescent" };
  expect((await ivy.post("/settings/programs", cstar)).status).toBe(422);

  // Saving the details keeps what they do not ask for, and keeps the address.
  const details = { name: "Alder", neutral_name: "Alder", address: "4 Alder Way", ...england };
  expect((await ivy.post("/settings?index", details)).headers.get("location")).toBe("/settings");
  expect(await (await ivy.get("/settings")).text()).toContain("4 Alder Way");
  const bulletins = await (await ivy.get("/bulletins")).text();
  expect(bulletins).toContain("Models of Care");
});
