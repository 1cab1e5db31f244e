import type { Day } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Acting, By } from "../storage/database.ts";

export type GroupFields = {
  name: string;
  kind: string;
  about: string | null;
  programId: string | null;
  weekday: number;
  starts: TimeOfDay;
  ends: TimeOfDay;
  roomId: string | null;
  leadId: string | null;
  places: number | null;
  womenOnly: boolean;
  active: boolean;
};

/** The timetable, as the week goes; with those that ended when they are asked for. */
export async function findGroups(db: Acting, { ended }: { ended: boolean }) {
  return groups(db)
    .$if(!ended, (query) => query.where("g.active", "=", true))
    .orderBy("g.weekday")
    .orderBy("g.starts")
    .orderBy("g.name")
    .limit(200)
    .execute();
}

export async function findGroup(db: Acting, id: string) {
  return (await groups(db).where("g.id", "=", id).executeTakeFirst()) ?? null;
}

function groups(db: Acting) {
  return db
    .selectFrom("support_group as g")
    .leftJoin("program as p", "p.id", "g.program_id")
    .leftJoin("room as r", "r.id", "g.room_id")
    .leftJoin("staff as s", "s.id", "g.lead_id")
    .select(["g.id", "g.name", "g.kind", "g.about", "g.weekday", "g.starts", "g.ends"])
    .select(["g.program_id", "g.room_id", "g.lead_id", "g.places", "g.women_only", "g.active"])
    .select(["p.name as program", "r.name as room", "r.setting", "s.name as lead"])
    .select((eb) =>
      eb
        .selectFrom("group_meeting as m")
        .select((inner) => inner.fn.max("m.day").as("day"))
        .whereRef("m.group_id", "=", "g.id")
        .as("last_day"),
    )
    .select((eb) =>
      eb
        .selectFrom("group_meeting as m")
        .select("m.id")
        .whereRef("m.group_id", "=", "g.id")
        .where("m.signed_at", "is", null)
        .orderBy("m.day")
        .limit(1)
        .as("unsigned_id"),
    );
}

export async function addGroup(db: Acting, by: By, group: GroupFields): Promise<string> {
  const { id } = await db
    .insertInto("support_group")
    .values({ agency_id: by.agencyId, ...columnsOf(group) })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function editGroup(db: Acting, id: string, group: GroupFields): Promise<void> {
  await db.updateTable("support_group").set(columnsOf(group)).where("id", "=", id).execute();
}

function columnsOf({ programId, roomId, leadId, womenOnly, ...rest }: GroupFields) {
  return {
    ...rest,
    program_id: programId,
    room_id: roomId,
    lead_id: leadId,
    women_only: womenOnly,
  };
}

/** The programmes a group can be for. */
export function findProgramChoices(db: Acting) {
  return db
    .selectFrom("program")
    .select(["id", "name"])
    .where("active", "=", true)
    .orderBy("name")
    .limit(200)
    .execute();
}

/** Meetings of a group, the latest first, with how many of one's own people came. */
export async function findMeetings(db: Acting, groupId: string, most: number) {
  return db
    .selectFrom("group_meeting as m")
    .innerJoin("staff as s", "s.id", "m.lead_id")
    .select(["m.id", "m.day", "m.starts", "m.ends", "m.topic", "m.signed_at", "s.name as lead"])
    .select((eb) => [
      eb
        .selectFrom("group_attendance as a")
        .select((inner) => inner.fn.countAll<number>().as("came"))
        .whereRef("a.meeting_id", "=", "m.id")
        .where("a.came", "=", true)
        .as("came"),
      eb
        .selectFrom("group_attendance as a")
        .select((inner) => inner.fn.countAll<number>().as("not_come"))
        .whereRef("a.meeting_id", "=", "m.id")
        .where("a.came", "=", false)
        .as("not_come"),
    ])
    .where("m.group_id", "=", groupId)
    .orderBy("m.day", "desc")
    .limit(most)
    .execute();
}

export type Meeting = NonNullable<Awaited<ReturnType<typeof findMeeting>>>;

/** One meeting with what its group says of it. */
export async function findMeeting(
  db: Acting,
  groupId: string,
  id: string,
  { lock = false }: { lock?: boolean } = {},
) {
  const row = await db
    .selectFrom("group_meeting as m")
    .innerJoin("support_group as g", "g.id", "m.group_id")
    .innerJoin("staff as s", "s.id", "m.lead_id")
    .leftJoin("staff as signer", "signer.id", "m.signed_by")
    .leftJoin("room as r", "r.id", "g.room_id")
    .select(["m.id", "m.group_id", "m.day", "m.starts", "m.ends", "m.topic", "m.lead_id"])
    .select(["m.signed_at", "m.signed_by", "signer.name as signer", "s.name as lead"])
    .select(["g.name", "g.kind", "g.program_id", "r.setting", "r.name as room"])
    .where("m.id", "=", id)
    .where("m.group_id", "=", groupId)
    .$if(lock, (query) => query.forUpdate("m"))
    .executeTakeFirst();
  return row
    ? {
        ...row,
        day: row.day as Day,
        starts: row.starts as TimeOfDay,
        ends: row.ends as TimeOfDay,
      }
    : null;
}

/** The register of a day, opened once however often it is asked for. */
export async function openMeeting(
  db: Acting,
  by: By,
  group: { id: string; starts: string; ends: string; leadId: string },
  day: Day,
): Promise<string> {
  await db
    .insertInto("group_meeting")
    .values({
      agency_id: by.agencyId,
      group_id: group.id,
      day,
      starts: group.starts,
      ends: group.ends,
      lead_id: group.leadId,
      created_by: by.staffId,
    })
    .onConflict((conflict) => conflict.columns(["group_id", "day"]).doNothing())
    .execute();
  const { id } = await db
    .selectFrom("group_meeting")
    .select("id")
    .where("group_id", "=", group.id)
    .where("day", "=", day)
    .executeTakeFirstOrThrow();
  return id;
}
