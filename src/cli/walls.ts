import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync } from "oxc-parser";

/**
 * Which room may import from which: the walls of docs/architecture.md. A room's routes and views
 * (`pages/`) may import everything; so may the command line, the demonstration and the tests.
 */
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  policy: ["kernel"],
  storage: ["kernel"],
  web: ["kernel", "policy", "storage", "people"],
  people: ["kernel", "storage"],
  agency: ["kernel", "storage", "people"],
  episodes: ["kernel", "storage", "people"],
  plans: ["kernel", "storage", "people", "episodes"],
  liaison: ["kernel", "storage", "people", "episodes"],
  placements: ["kernel", "storage", "people", "episodes"],
  reports: ["kernel", "storage", "people", "episodes"],
  compliance: ["kernel", "policy", "storage"],
  services: ["kernel", "storage", "people", "episodes", "plans", "policy", "compliance"],
  worklist: ["kernel", "storage", "people", "reports"],
  exchange: [
    ...["kernel", "storage", "people", "episodes", "plans", "placements", "services"],
    "compliance",
  ],
};
const everything = new Set(["cli", "demonstration", "."]);

/** A room's SQL stays inside it: another room may use its nouns, never its store. */
const storesOpenTo: Record<string, readonly string[]> = {
  exchange: ["people", "episodes", "plans", "services", "compliance", "storage"],
};

/** Every import that crosses a wall, one line each: file, what it imports, and why not. */
export async function findBreaches(source: string): Promise<string[]> {
  const breaches: string[] = [];
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || entry.name.endsWith(".test.ts")) continue;
    const file = join(entry.parentPath, entry.name);
    const from = place(relative(source, file));
    if (everything.has(from.room) || from.page) continue;
    const allowed = mayImport[from.room];
    if (!allowed) {
      breaches.push(`${relative(source, file)}: no wall is written for ${from.room}`);
      continue;
    }
    for (const target of importsOf(file)) {
      if (!target.startsWith(".")) continue;
      const path = relative(source, join(dirname(file), target));
      const to = place(path);
      if (to.room === from.room) continue;
      const crosses = !allowed.includes(to.room);
      const opens =
        to.store && to.room !== "storage" && !storesOpenTo[from.room]?.includes(to.room);
      if (crosses || opens || to.page) {
        const why = to.page ? "a page" : crosses ? `${to.room} is no part of its floor` : "a store";
        breaches.push(`${relative(source, file)} imports ${path}: ${why}`);
      }
    }
  }
  return breaches.sort();
}

function place(path: string): { room: string; page: boolean; store: boolean } {
  const [room = ".", second = ""] = path.split("/");
  return {
    room: path.includes("/") ? room : ".",
    page: second === "pages",
    store: /^store\b|^.*-store\b/.test(second),
  };
}

function importsOf(file: string): string[] {
  const { module, errors } = parseSync(file, readFileSync(file, "utf8"));
  if (errors.length) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  return [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
  ];
}
