import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installDemonstration } from "../../src/demonstration/install.ts";
import { startCluster } from "../../src/storage/cluster.ts";
import { openStore, prepareServer } from "../../src/storage/store.ts";
import { migrateSignIn } from "../../src/web/sign-in.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The throwaway cluster of this run: its superuser, and the folder of its logins. */
    cluster: { url: string; folder: string };
  }
}

/** The two databases that others are copied from. */
export const TEMPLATES = { empty: "template_empty", demonstration: "template_demonstration" };

/** One throwaway cluster a run, with two templates; a missing server fails the run here. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-test-"));
  const cluster = await startCluster(folder, { throwaway: true });
  const superuser = cluster.url();
  // Once, here: two files that begin at the same moment would both make it.
  await prepareServer(superuser, folder);
  for (const name of Object.values(TEMPLATES)) {
    const logins = await prepareServer(superuser, folder, name);
    const store = await openStore(logins);
    await migrateSignIn({ url: logins.owner, secret: "x".repeat(32), address: "http://localhost" });
    if (name === TEMPLATES.demonstration) await installDemonstration(store, logins);
    await store.close();
  }
  project.provide("cluster", { url: superuser, folder });
  return async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
