import { sql } from "kysely";
import type { Day, DayRange } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { Named } from "../people/consumer.ts";
import type { Acting } from "../storage/database.ts";
import type { AppointmentStatus, TakenHour } from "./appointment.ts";
import type { Credential, EnrolledProgram } from "./conference-plan.ts";
import { isDischargeInSight } from "./planned-discharge-store.ts";
import type { Setting } from "./service.ts";

/** One line of the calendar: who is expected, when and where; nothing clinical. */
export type AgendaLine = {
  id: string;
  consumerId: string;
  consumer: Named;
  day: Day;
  starts: TimeOfDay;
  ends: TimeOfDay;
  status: AppointmentStatus;
  staff: string;
  room: string;
  /** The conference it is for; null when none was planned, or it is not theirs to see. */
  conferenceId: string | null;
  /** A discharge conference: of interest to those who may read the record. */
  discharge: boolean;
};

/** The appointments of some days that the acting member of staff may see, by one colleague or room. */
export async function findAgenda(
  db: Acting,
  { from, to, staffId, roomId }: DayRange & { staffId?: string | null; roomId?: string | null },
): Promise<AgendaLine[]> {
  const rows = await db
    .selectFrom("appointment as a")
    .innerJoin("consumer as c", "c.id", "a.consumer_id")
    .innerJoin("staff as s", "s.id", "a.staff_id")
    .innerJoin("room as r", "r.id", "a.room_id")
    .leftJoin("conference as f", "f.appointment_id", "a.id")
    .select(["a.id", "a.consumer_id", "a.day", "a.starts", "a.ends", "a.status"])
    .select(["c.given_name", "c.family_name", "c.preferred_name"])
    .select(["s.name as staff", "r.name as room", "f.id as conference_id"])
    .select(isDischargeInSight)
    .where("a.day", ">=", from)
    .where("a.day", "<=", to)
    .where("a.status", "<>", "moved")
    .$if(Boolean(staffId), (query) => query.where("a.staff_id", "=", staffId ?? ""))
    .$if(Boolean(roomId), (query) => query.where("a.room_id", "=", roomId ?? ""))
    .orderBy("a.day")
    .orderBy("a.starts")
    .orderBy("a.id")
    .limit(500)
    .execute();
  return rows.map(({ given_name, family_name, preferred_name, ...row }) => ({
    id: row.id,
    consumerId: row.consumer_id,
    consumer: { given_name, family_name, preferred_name },
    day: row.day as Day,
    starts: row.starts as TimeOfDay,
    ends: row.ends as TimeOfDay,
    status: row.status as AppointmentStatus,
    staff: row.staff,
    room: row.room,
    conferenceId: row.conference_id,
    discharge: row.discharge,
  }));
}

/** Every taken hour of the agency in some days, without whose it is. */
export async function findTaken(db: Acting, { from, to }: DayRange): Promise<TakenHour[]> {
  const { rows } = await sql<{
    appointment_id: string;
    day: Day;
    staff_id: string;
    room_id: string;
    starts: TimeOfDay;
    ends: TimeOfDay;
  }>`SELECT * FROM access.busy_between(${from}, ${to})`.execute(db);
  return rows.map(({ day, starts, ends, ...ids }) => ({
    ...{ day, starts, ends },
    appointmentId: ids.appointment_id,
    staffId: ids.staff_id,
    roomId: ids.room_id,
  }));
}

/** Times of a consumer's conferences that are booked in some days and not held yet. */
export async function findBookedTimes(
  db: Acting,
  consumerId: string,
  { from, to }: DayRange,
  exceptAppointmentId: string | null,
) {
  const rows = await db
    .selectFrom("appointment as a")
    .innerJoin("conference as f", "f.appointment_id", "a.id")
    .select(["a.day", "a.starts", "a.ends"])
    .where("a.consumer_id", "=", consumerId)
    .where("a.status", "=", "scheduled")
    .where("f.signed_at", "is", null)
    .where("a.day", ">=", from)
    .where("a.day", "<=", to)
    .$if(exceptAppointmentId !== null, (query) => query.where("a.id", "<>", exceptAppointmentId))
    .limit(100)
    .execute();
  return rows.map((row) => ({
    day: row.day as Day,
    starts: row.starts as TimeOfDay,
    ends: row.ends as TimeOfDay,
  }));
}

export type RoomChoice = { id: string; name: string; setting: Setting };
export type StaffChoice = { id: string; name: string };
export type LeadChoice = StaffChoice & { credentials: Credential[] };

/** The rooms that can be booked. */
export async function findRooms(db: Acting): Promise<RoomChoice[]> {
  const rows = await db
    .selectFrom("room")
    .select(["id", "name", "setting"])
    .where("active", "=", true)
    .orderBy("name")
    .execute();
  return rows as RoomChoice[];
}

/** Colleagues who hold or held a credential: those who lead sessions. */
export async function findLeads(db: Acting, today: Day): Promise<LeadChoice[]> {
  const rows = await db
    .selectFrom("credential as c")
    .innerJoin("staff as s", "s.id", "c.staff_id")
    .select(["s.id", "s.name", "c.qualification", "c.name as credential"])
    .select(["c.valid_from", "c.valid_to"])
    .where((eb) => eb.or([eb("s.active_to", "is", null), eb("s.active_to", ">=", today)]))
    .orderBy("s.name")
    .orderBy("s.id")
    .orderBy("c.valid_from", "desc")
    .execute();
  const leads = new Map<string, LeadChoice>();
  for (const row of rows) {
    const lead = leads.get(row.id) ?? { id: row.id, name: row.name, credentials: [] };
    lead.credentials.push({
      qualification: row.qualification,
      name: row.credential,
      from: row.valid_from as Day,
      to: row.valid_to as Day | null,
    });
    leads.set(row.id, lead);
  }
  return [...leads.values()];
}

/** Colleagues whose hours can be looked at and booked: those who hold or held a credential. */
export async function findBookable(db: Acting, today: Day): Promise<StaffChoice[]> {
  return db
    .selectFrom("staff as s")
    .select(["s.id", "s.name"])
    .where((eb) => eb.or([eb("s.active_to", "is", null), eb("s.active_to", ">=", today)]))
    .where((eb) =>
      eb.exists(
        eb.selectFrom("credential as c").select("c.id").whereRef("c.staff_id", "=", "s.id"),
      ),
    )
    .orderBy("s.name")
    .orderBy("s.id")
    .limit(500)
    .execute();
}

/** What a conference of this consumer belongs to: the episode, and the programmes they are or were in. */
export async function findBelonging(db: Acting, consumerId: string) {
  const episode = await db
    .selectFrom("episode")
    .select("id")
    .where("consumer_id", "=", consumerId)
    .orderBy("closed_on", (order) => order.asc().nullsFirst())
    .orderBy("opened_on", "desc")
    .limit(1)
    .executeTakeFirst();
  const rows = await db
    .selectFrom("enrolment as e")
    .innerJoin("program as p", "p.id", "e.program_id")
    .select(["p.id", "p.name", "e.valid_from", "e.valid_to"])
    .where("e.consumer_id", "=", consumerId)
    .orderBy("p.name")
    .orderBy("p.id")
    .execute();
  const keyworker = await db
    .selectFrom("assignment")
    .select("staff_id")
    .where("consumer_id", "=", consumerId)
    .where("part", "=", "keyworker")
    .where("valid_to", "is", null)
    .executeTakeFirst();
  const programs = new Map<string, EnrolledProgram>();
  for (const { id, name, valid_from, valid_to } of rows) {
    const spans = programs.get(id)?.spans ?? [];
    const span = { from: valid_from as Day | null, to: valid_to as Day | null };
    programs.set(id, { id, name, spans: [...spans, span] });
  }
  return {
    episodeId: episode?.id ?? null,
    programs: [...programs.values()],
    keyworkerId: keyworker?.staff_id ?? null,
  };
}

/** Who an appointment is for: the names they go by. */
export async function findPerson(db: Acting, consumerId: string): Promise<Named | null> {
  const found = await db
    .selectFrom("consumer")
    .select(["given_name", "family_name", "preferred_name"])
    .where("id", "=", consumerId)
    .executeTakeFirst();
  return found ?? null;
}

/** The conference that is planned for an appointment, where one is and may be seen. */
export async function findConferenceOf(db: Acting, appointmentId: string): Promise<string | null> {
  const found = await db
    .selectFrom("conference")
    .select("id")
    .where("appointment_id", "=", appointmentId)
    .executeTakeFirst();
  return found?.id ?? null;
}

/** Those of `staff` who can open somebody's record, and who is that person's keyworker. */
export async function findSighted(
  db: Acting,
  consumerId: string,
): Promise<{ ids: string[]; keyworker: string | null }> {
  const { rows } = await sql<{ staff_id: string; keyworker: boolean }>`
    SELECT staff_id, keyworker FROM access.colleagues_with_sight(${consumerId})`.execute(db);
  return {
    ids: rows.map(({ staff_id }) => staff_id),
    keyworker: rows.find(({ keyworker }) => keyworker)?.staff_id ?? null,
  };
}
