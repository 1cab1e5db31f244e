import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBulletinSchema } from "../policy/shelf.ts";
import { startCluster } from "../storage/cluster.ts";
import { openStore, prepareServer } from "../storage/store.ts";
import { home } from "./home.ts";

/** Writes src/storage/schema.ts from the migrations, and the bulletins' JSON Schema from the facts. */
export async function run(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-schema-"));
  const cluster = await startCluster(folder, { throwaway: true });
  try {
    const logins = await prepareServer(cluster.url(), folder);
    await (await openStore(logins)).close();
    generate(logins.owner);
    await writeBulletinSchema(join(home, "bulletins/bulletin.schema.json"));
    return 0;
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the generator; with `--verify` it fails where the committed file is not what it would write. */
export function generate(url: string, ...more: string[]): void {
  execFileSync(
    process.execPath,
    [
      join(home, "node_modules/kysely-codegen/dist/cli/bin.js"),
      ...["--dialect", "postgres", "--url", url],
      ...["--out-file", join(home, "src/storage/schema.ts")],
      ...["--default-schema", "public", "--exclude-pattern", "(signin|migration).*"],
      ...["--date-parser", "string"],
      ...["--type-mapping", '{"int8":"number","time":"string"}'],
      ...more,
    ],
    { cwd: home, stdio: ["ignore", "ignore", "inherit"] },
  );
}
