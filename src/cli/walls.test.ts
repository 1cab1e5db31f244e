import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { home } from "./home.ts";
import { findBreaches } from "./walls.ts";

let source: string;
beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), "throughcare-walls-"));
});
afterEach(() => rmSync(source, { recursive: true }));

function plant(path: string, text: string): void {
  const file = join(source, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

test("the product's own rooms keep their walls", async () => {
  expect(await findBreaches(join(home, "src"))).toEqual([]);
});

test.each([
  ["a floor imports what stands on it", "kernel/day.ts", `import "../policy/judge.ts";`],
  ["another room's store", "plans/plan.ts", `import { x } from "../people/store.ts";`],
  [
    "another room's store, by its longer name",
    "plans/p.ts",
    `import "../people/consent-store.ts";`,
  ],
  ["a type alone", "people/consumer.ts", `import type { X } from "../plans/plan.ts";`],
  ["passed on", "people/consumer.ts", `export { x } from "../plans/plan.ts";`],
  [
    "a page",
    "web/shell.tsx",
    `import { Page } from "../people/pages/find.tsx"; export const a = <b/>;`,
  ],
  ["a room without walls", "elsewhere/thing.ts", `import "../kernel/day.ts";`],
])("a planted breach is found: %s", async (_, path, text) => {
  plant(path, text);
  expect(await findBreaches(source)).toHaveLength(1);
});

test("pages, commands and tests may reach everywhere", async () => {
  plant("people/pages/a.tsx", `import "../../plans/store.ts";`);
  plant("cli/a.ts", `import "../plans/store.ts";`);
  plant("people/a.test.ts", `import "../plans/store.ts";`);
  expect(await findBreaches(source)).toEqual([]);
});
