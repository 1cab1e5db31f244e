import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { bulletinSchema } from "./json-schema.ts";
import { bulletinSchemaText } from "./shelf.ts";

test("the committed schema is the one the catalogues make", async () => {
  expect(await readFile("bulletins/bulletin.schema.json", "utf8")).toBe(bulletinSchemaText());
});

test("it accepts the founding bulletin and refuses slips", async () => {
  const text = await readFile("bulletins/us-mo/fy10-clinical-16/bulletin.yaml", "utf8");
  expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../../bulletin.schema.json");
  const schema = z.fromJSONSchema(bulletinSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  expect(schema.safeParse(parse(text)).error).toBeUndefined();
  for (const [right, wrong] of [
    ["setting: { is: office }", "setting: { is: garden }"],
    ["setting: { is: office }", "weather: { is: fine }"],
    ["consumer_present: { is: true }", "consumer_present: { isAtLeast: 1 }"],
    ["value: sunday", "value: friday"],
    ["per: week", "per: year"],
  ] as const) {
    expect(text).toContain(right);
    expect(schema.safeParse(parse(text.replace(right, wrong))).success, wrong).toBe(false);
  }
});
