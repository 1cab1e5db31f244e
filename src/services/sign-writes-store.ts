import type { Day } from "../kernel/day.ts";
import type { Acting, By } from "../storage/database.ts";
import { type Draft, given, privateMinutesOf } from "./conference-draft.ts";
import type { Held } from "./hold-store.ts";

/** Where what was found in a conference goes: the plans and referrals, each once, by their own rooms. */
export type Feeds = {
  addBarriers: Feed<{ goalLineage: string; text: string }>;
  addTriggers: Feed<{ text: string }>;
  addStrategies: Feed<{ text: string; helper: string | null; triggerId: string | null }>;
  addDischargePoints: Feed<{ text: string; responsible: string | null; dueOn: Day | null }>;
  addReferral: (
    db: Acting,
    by: By,
    consumerId: string,
    referral: {
      need: "family-therapy" | "other";
      what: string;
      forWhom: "consumer" | "relative";
      supportId: string | null;
      ownerId: string;
      foundOn: Day;
      dueOn: Day;
      conferenceId: string;
    },
  ) => Promise<unknown>;
};
type Feed<T> = (
  db: Acting,
  by: By,
  consumerId: string,
  named: readonly (T & { conferenceId: string })[],
) => Promise<string[]>;

/** One conference being signed: what its rows are written from. */
export type Writes = { db: Acting; held: Held; draft: Draft; by: By };

/** What every row of the conference says of where it belongs. */
function rowOf({ held }: Writes) {
  return { agency_id: held.agency_id, consumer_id: held.consumer_id, conference_id: held.id };
}

/** Who was there, in which part, and the word before. */
export async function writePresence(writes: Writes, names: Names): Promise<void> {
  const { db, held, draft, by } = writes;
  const { here, before } = draft;
  const row = rowOf(writes);
  for (const support of here.supports) {
    if (support.came === null) continue;
    const came = support.came === "yes";
    await db
      .insertInto("conference_support")
      .values({ ...row, support_id: support.id, came, remote: support.remote })
      .onConflict((conflict) =>
        conflict
          .columns(["conference_id", "support_id"])
          .doUpdateSet({ came, remote: support.remote }),
      )
      .execute();
    const heard = support.heard.trim();
    if (support.came === "listening" && heard !== "") {
      await db
        .insertInto("family_contact")
        .values({
          agency_id: held.agency_id,
          consumer_id: held.consumer_id,
          appointment_id: held.appointment_id,
          support_id: support.id,
          who: names.get(support.id)?.name ?? "",
          heard,
          by: by.staffId,
        })
        .execute();
    }
  }
  const childNames = here.childrenNames.split(",").map((name) => name.trim());
  const also = [
    ...(here.consumer === "yes" ? [{ part: "consumer" }] : []),
    ...Array.from({ length: here.children }, (_, index) => ({
      ...{ part: "child", name: childNames[index] || null },
    })),
    ...(here.interpreter
      ? [{ part: "interpreter", name: here.interpreterName.trim() || null }]
      : []),
    ...[...new Set([held.lead_id, ...here.staff])].map((staff_id) => ({ part: "staff", staff_id })),
  ];
  await db
    .insertInto("conference_attendance")
    .values(also.map((person) => ({ ...row, ...person })))
    .execute();
  if (before.word === null) return;
  await db
    .insertInto("private_word")
    .values({
      ...row,
      held: before.word === "yes",
      minutes: privateMinutesOf(draft),
      safe_to_go_on: before.safe === null ? null : before.safe === "yes",
      not_to_be_said: before.notSaid.trim() || null,
      recorded_by: by.staffId,
    })
    .execute();
}

/** What was agreed, and whether a need was looked for. */
export async function writeFindings(writes: Writes, names: Names): Promise<void> {
  const { db, draft } = writes;
  const agreed = draft.agreements.filter(({ what }) => what.trim() !== "");
  if (agreed.length > 0) {
    await db
      .insertInto("agreement")
      .values(
        agreed.map(({ who, what, due }) => ({
          ...rowOf(writes),
          who: names.get(who)?.name ?? "",
          support_id: names.get(who)?.supportId ?? null,
          what: what.trim(),
          due_on: due || null,
        })),
      )
      .execute();
  }
  if (draft.need.result !== null) {
    await db
      .insertInto("need_assessment")
      .values({
        ...rowOf(writes),
        result: draft.need.result,
        remark: draft.need.remark.trim() || null,
      })
      .execute();
  }
}

/** Write once: what was named here is what stands on the plans afterwards. */
export async function feedPlans({ db, held, draft, by }: Writes, feeds: Feeds): Promise<void> {
  const conferenceId = held.id;
  const barriers = given(draft.barriers).map(({ goal, text }) => ({
    ...{ goalLineage: goal, text: text.trim(), conferenceId },
  }));
  await feeds.addBarriers(db, by, held.consumer_id, barriers);
  const triggers = given(draft.triggers);
  const triggerIds = await feeds.addTriggers(
    db,
    by,
    held.consumer_id,
    triggers.map(({ text }) => ({ text: text.trim(), conferenceId })),
  );
  const idOf = new Map(triggers.map(({ id }, index) => [id, triggerIds[index]]));
  const emptied = new Set(draft.triggers.map(({ id }) => id));
  const strategies = given(draft.strategies).map(({ trigger, text, helper }) => ({
    text: text.trim(),
    helper: helper.trim() || null,
    triggerId: idOf.get(trigger) ?? (emptied.has(trigger) ? null : trigger || null),
    conferenceId,
  }));
  await feeds.addStrategies(db, by, held.consumer_id, strategies);
  const points = given(draft.points).map(({ text, responsible, due }) => ({
    ...{ text: text.trim(), responsible: responsible.trim() || null },
    ...{ dueOn: (due || null) as Day | null, conferenceId },
  }));
  await feeds.addDischargePoints(db, by, held.consumer_id, points);
  const { need } = draft;
  if (need.result !== "found" || need.kind === null) return;
  await feeds.addReferral(db, by, held.consumer_id, {
    need: need.kind,
    what: need.what.trim(),
    forWhom: need.forWhom,
    supportId: need.forWhom === "relative" ? need.support : null,
    ownerId: need.owner,
    foundOn: held.day,
    dueOn: need.due as Day,
    conferenceId,
  });
}

/** Names by the key that the draft uses: "consumer", a support's id, "staff:" and an id. */
type Names = ReadonlyMap<string, { name: string; supportId: string | null }>;

/** Everybody who can agree to something, by the key the draft names them with. */
export async function findNames(db: Acting, held: Held): Promise<Names> {
  const supports = await db
    .selectFrom("support")
    .select(["id", "name"])
    .where("consumer_id", "=", held.consumer_id)
    .execute();
  const staff = await db.selectFrom("staff").select(["id", "name"]).execute();
  return new Map<string, { name: string; supportId: string | null }>([
    ["consumer", { name: held.called, supportId: null }],
    ...supports.map(({ id, name }) => [id, { name, supportId: id }] as const),
    ...staff.map(({ id, name }) => [`staff:${id}`, { name, supportId: null }] as const),
  ]);
}
