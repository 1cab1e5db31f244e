import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { home } from "../../src/cli/home.ts";
import { audit } from "../../src/compliance/audit/audit.ts";
import { loadBulletins } from "../../src/policy/shelf.ts";
import { plainSql } from "./plain-sql.ts";
import { typescriptLoop } from "./typescript-loop.ts";

/** One contender, once, in this process; the last line printed says what it took. */
const [name, lines = "", credentials = "", out = ""] = process.argv.slice(2);
const began = performance.now();
let output = "";
if (name === "audit") {
  const loaded = await loadBulletins(join(home, "bulletins"));
  const shelf = loaded.ok ? loaded.value.map(({ bulletin }) => bulletin) : [];
  const bulletin = shelf.find(({ number }) => number === "FY10-Clinical-16");
  if (bulletin === undefined) throw new Error("No bulletin loads");
  const summary = await audit({
    ...{ lines, credentials, out, bulletin, format: "parquet", threads: 2, memory: "1GB" },
    ...{ force: false, readings: false, warn: () => {}, progress: () => {} },
  });
  output = `${summary.units.payable} units payable`;
} else {
  mkdirSync(out);
  const files = { lines, credentials, out };
  output = `${await (name === "plain-sql" ? plainSql(files) : typescriptLoop(files))} units payable`;
}
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    output,
  }),
);
