import { consentStanding } from "../../people/consent-store.ts";
import { noSuchPage, type Visit } from "../../web/guard.ts";
import { findEarlierTimes } from "../booking-store.ts";
import { type Meeting, tellingOf } from "../invitation.ts";
import { findPlanned } from "../planned-store.ts";

/** An invitation with everything it rests on, asked for again at this moment. */
export async function findInvitation({ db, me, consumerId, params, today }: Visit) {
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  const support = planned?.supports.find(({ supportId }) => supportId === params.supportId);
  if (!planned || !support) throw noSuchPage();
  const standings = await consentStanding(db, consumerId, today);
  const standing = standings.find(({ supportId }) => supportId === support.supportId);
  if (!standing) throw noSuchPage();
  const { appointment } = planned;
  const meeting: Meeting = {
    day: appointment.day,
    starts: appointment.starts,
    ends: appointment.ends,
    room: appointment.room,
    setting: appointment.setting,
    from: {
      name: me.agency.neutralName,
      phone: me.agency.phone,
      timeZone: me.agency.timeZone,
      locale: me.agency.locale,
    },
  };
  return {
    planned,
    support,
    answer: standing.invite,
    telling: tellingOf(appointment, support.toldAt),
    meeting,
    moves: (await findEarlierTimes(db, appointment.movedFrom)).length,
  };
}
