import { logAccess } from "../../storage/access-log.ts";
import { type FormVisit, noSuchPage, type Visit } from "../../web/guard.ts";
import { findCall } from "../concern-store.ts";

/** The call of the address; whose record it was put into, if anybody's, is in the log. */
export async function getCall(visit: Visit) {
  const call = await findCall(visit.db, visit.params.concernCallId ?? "");
  if (!call) throw noSuchPage();
  return call;
}

/** The same, for a form: what is written beside a record is in the log as that. */
export async function getCallToWrite(visit: FormVisit) {
  const call = await getCall(visit);
  if (call.consumer_id) {
    const consumerIds = [call.consumer_id];
    await logAccess(visit.db, visit.me, {
      action: "write",
      room: "call.read /calls/:id",
      consumerIds,
    });
  }
  return call;
}
