import { sql } from "kysely";
import type { Database } from "./database.ts";

const HOUR_MS = 3_600_000;

/** Forgets uploaded files whose days are over, now and every hour, also when nobody opens their page. */
export function forgetFiles(db: Database): () => void {
  const forget = () =>
    sql`SELECT access.forget_uploads(), access.forget_imports()`.execute(db).catch(() => {
      // Nobody sees what is past its days, whether or not it is gone yet; the next hour tries again.
    });
  void forget();
  const timer = setInterval(() => void forget(), HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}
