import type { Database } from "../../storage/database.ts";
import { forgetUploads } from "../audit-run-store.ts";
import { removeLeftUploads } from "./file-run.ts";

const HOUR_MS = 3_600_000;

/**
 * Keeps the word that pages give: an uploaded file goes as soon as it is audited, also one that a killed
 * server left, and what was found in it goes after thirty days, whether anybody looks or not.
 *
 * @returns what ends it
 */
export function forgetOldUploads(database: Database): () => void {
  const forget = (starting: boolean) => {
    // What fails now is tried again in an hour.
    forgetUploads(database).catch(() => {});
    removeLeftUploads(starting).catch(() => {});
  };
  forget(true);
  const timer = setInterval(() => forget(false), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
