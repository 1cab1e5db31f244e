import { redirect } from "react-router";
import { benchOf } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import { findBarriers } from "../../plans/barrier-store.ts";
import { findDischargePoints } from "../../plans/discharge-store.ts";
import { findRelapsePlan } from "../../plans/relapse-store.ts";
import { serviceFacts } from "../../policy/service-facts.ts";
import { noSuchPage, type Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { privateMinutesOf } from "../conference-draft.ts";
import { findGoals, findHeld, isOpen } from "../hold-store.ts";
import { findRooms } from "../schedule-store.ts";
import { lengthOf } from "../session-facts.ts";
import { findCosigner } from "../sign-store.ts";
import { findAtDoor } from "./at-door.ts";

/** All that the hold page shows. A signed conference is read on its note instead. */
export async function findHold(visit: Visit) {
  const { db, consumerId, params, me, services, today } = visit;
  const held = await findHeld(db, consumerId, params.conferenceId ?? "");
  if (!held) throw noSuchPage();
  if (held.signed_at !== null) throw redirect(paths.note(consumerId, held.id));
  const { draft, ...rest } = held;
  const { people } = await findAtDoor(visit);
  const relapse = await findRelapsePlan(db, consumerId);
  const { start, end } = draft.times;
  const session = { kind: "family-conference", day: held.day, start, end };
  const privateMinutes = privateMinutesOf(draft);
  return {
    consumerId,
    people,
    draft,
    held: {
      ...{ id: rest.id, lead: rest.lead, leadId: rest.lead_id, called: rest.called },
      ...{ day: rest.day, starts: rest.starts, ends: rest.ends, program: rest.program },
      ...{ version: rest.draft_version, savedAt: rest.draft_saved_at?.toISOString() ?? null },
      open: isOpen(rest),
      toCome: rest.day > today,
      fresh: rest.draft_version === 0,
      expected: rest.expected.map(({ support_id }) => support_id),
    },
    on: {
      goals: await findGoals(db, consumerId),
      barriers: (await findBarriers(db, consumerId))
        .filter(({ resolved_on }) => resolved_on === null)
        .map(({ id, text, goal }) => ({ id, text, goal })),
      triggers: relapse.triggers
        .filter(({ ended_at }) => ended_at === null)
        .map(({ id, text }) => ({ id, text })),
      strategies: relapse.strategies
        .filter(({ ended_at }) => ended_at === null)
        .map(({ id, text, trigger_id, helper }) => ({ id, text, trigger_id, helper })),
      points: (await findDischargePoints(db, consumerId))
        .filter(({ done_on, dropped_on, closed_on }) => !done_on && !dropped_on && !closed_on)
        .map(({ id, text, due_on }) => ({ id, text, due_on })),
    },
    // Their roles are no page's business.
    colleagues: (await findColleagues(db, consumerId)).map(({ id, name, title }) => ({
      ...{ id, name, title },
    })),
    rooms: await findRooms(db),
    settings: serviceFacts.setting.codes as Record<string, string>,
    length: lengthOf({ ...session, privateMinutes }, benchOf(me, services.shelf).bulletins),
    cosigner: me.agency.cosignAssociates ? await findCosigner(db, held, me.staffId) : null,
    maySign: held.lead_id === me.staffId || me.roles.includes("supervisor"),
  };
}
