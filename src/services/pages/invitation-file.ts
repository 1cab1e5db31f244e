import { redirect } from "react-router";
import { act, page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { languageFor } from "../invitation.ts";
import { invitationFile, invitationUid } from "../invitation-file.ts";
import { recordTold } from "../invitation-store.ts";
import { findInvitation } from "./invite.ts";

/** The file is asked for by posting, since to hand it out is to tell; an address alone gives none. */
export const loader = page("record.read", async ({ consumerId, params }) =>
  redirect(paths.invitation(consumerId, params.conferenceId ?? "", params.supportId ?? "")),
);

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, services } = visit;
  const { planned, support, answer, telling, meeting, moves } = await findInvitation(visit);
  const told =
    telling !== null &&
    (await recordTold(db, me, {
      ...{ planned, supportId: support.supportId, answer, telling },
      how: "calendar-file",
    }));
  if (!told) return redirect(paths.invitation(consumerId, planned.id, support.supportId));
  const said = telling === "nothing-new" && planned.appointment.status === "cancelled";
  const file = invitationFile(meeting, {
    uid: invitationUid(planned.id, support.supportId),
    language: languageFor(support.language) ?? "en",
    telling: said ? "cancelled" : telling,
    moves,
    now: new Date(services.clock().epochMilliseconds),
  });
  return new Response(file, {
    headers: {
      "Content-Type": "text/calendar; charset=utf-8",
      "Content-Disposition": 'attachment; filename="meeting.ics"',
      "Cache-Control": "no-store",
    },
  });
});
