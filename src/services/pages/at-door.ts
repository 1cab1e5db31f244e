import { type Answer, mayCheckIn } from "../../people/consent.ts";
import { consentStanding } from "../../people/consent-store.ts";
import type { Visit } from "../../web/guard.ts";

/** Everybody around the consumer, with what their consent answers at the door today. */
export async function findAtDoor({ db, consumerId, today }: Visit) {
  const standings = await consentStanding(db, consumerId, today);
  const people = standings.map((standing) => ({
    id: standing.supportId,
    name: standing.name,
    relation: standing.relation,
    kind: standing.kind,
    ended: standing.endedOn !== null && standing.endedOn <= today,
    noContact: standing.noContact,
    checkIn: mayCheckIn(standing, standing.person, today),
  }));
  const answers: ReadonlyMap<string, Answer> = new Map(
    people.map(({ id, checkIn }) => [id, checkIn]),
  );
  return { people, answers };
}
