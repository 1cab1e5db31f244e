import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import type { Visit } from "../../web/guard.ts";

/**
 * After something was saved that a record of care is judged by: keeps what the bulletins say of it
 * now. A refusal, which is no redirect, saved nothing.
 */
export async function careSaved<T>(
  { db, me, services, consumerId }: Pick<Visit, "db" | "me" | "services" | "consumerId">,
  answer: T,
): Promise<T> {
  if (answer instanceof Response) {
    await judgeCareOnSave(db, benchOf(me, services.shelf), consumerId);
  }
  return answer;
}
