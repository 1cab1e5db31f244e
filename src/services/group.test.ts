import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { systemClock } from "../kernel/clock.ts";
import { addDays, daysBetween, getDay } from "../kernel/day.ts";
import type { TimeOfDay } from "../kernel/time.ts";
import type { FormVisit } from "../web/guard.ts";
import {
  contactsOf,
  lastMeetingDay,
  namedIn,
  type RegisterLine,
  strayNames,
  weekdayName,
  weekdayOf,
} from "./group.ts";
import { addGroup, findMeeting, openMeeting } from "./group-store.ts";
import { registerAction } from "./pages/group-meeting-action.ts";
import { countUnseen, findExpectedAt, saveRegister } from "./register-store.ts";
import { findGroupOf, findSessionNotes } from "./session-note-store.ts";
import { signRegister } from "./sign-group-store.ts";

const someDay = fc.nat(20_000).map((days) => addDays(getDay("1990-01-01"), days));
const names = ["Ann Poole", "Bea Quill", "Cy Rudd", "Dot Sharp", "Eve Tarn"];

const register = fc.shuffledSubarray(names, { minLength: 1 }).chain((chosen) =>
  fc.tuple(
    ...chosen.map((name) =>
      fc.record({
        consumerId: fc.constant(name),
        name: fc.constant(name),
        came: fc.constantFrom(true, false, null),
        note: fc.option(fc.constantFrom("did well", "spoke of work", "  ", "slept badly")),
      }),
    ),
  ),
) as fc.Arbitrary<RegisterLine[]>;

describe("the timetable", () => {
  test("the last meeting is on its day of the week, within the week before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), someDay, (weekday, day) => {
        const last = lastMeetingDay(weekday, day);
        expect(weekdayOf(last)).toBe(weekday);
        const back = daysBetween(last, day);
        expect(back >= 0 && back < 7).toBe(true);
      }),
    );
  });
  test("days are called as the country calls them, Monday first", () => {
    expect(weekdayName(1, "en-GB")).toBe("Monday");
    expect(weekdayName(7, "en-US")).toBe("Sunday");
    expect(weekdayOf(getDay("2026-11-22"))).toBe(7);
  });
});

describe("a register keeps people apart", () => {
  test("each contact is one person's who came, with the note that was theirs", () => {
    fc.assert(
      fc.property(register, (lines) => {
        const contacts = contactsOf(lines);
        expect(contacts).toHaveLength(lines.filter(({ came }) => came === true).length);
        for (const contact of contacts) {
          const own = lines.find(({ consumerId }) => consumerId === contact.consumerId);
          expect(contact.note).toBe(own?.note?.trim() || null);
          for (const other of lines) {
            if (other === own) continue;
            expect(JSON.stringify(contact)).not.toContain(other.name);
          }
        }
      }),
    );
  });

  test("a name of somebody else is found wherever it stands in a note; one's own is not stray", () => {
    const text = fc.constantFrom("", "talked ", "was late, ", "again: ");
    fc.assert(
      fc.property(register, fc.nat(), fc.nat(), text, (lines, who, whom, before) => {
        const writer = lines[who % lines.length];
        const named = lines[whom % lines.length];
        if (!writer || !named) return;
        const [given = ""] = named.name.split(" ");
        const noted = lines.map((line) =>
          line === writer ? { ...line, note: `${before}${given}'s question helped` } : line,
        );
        const expected =
          writer === named || given.length < 3
            ? []
            : [{ consumerId: writer.consumerId, names: [named.name] }];
        expect(strayNames("", noted)).toEqual(expected);
        if (given.length >= 3) {
          expect(strayNames(`What ${given} asked`, lines)[0]?.names).toEqual([named.name]);
        }
      }),
    );
  });

  test("a word that is only spelled like a name is none", () => {
    expect(namedIn("He will mark the date", [{ name: "Mark Hill" }])).toEqual([]);
    expect(namedIn("Mark was there", [{ name: "Mark Hill" }])).toEqual(["Mark Hill"]);
  });
});

describe("signing a register", () => {
  let it: Recorded;
  beforeAll(async () => {
    it = await recordedAgency(await testDatabase());
  });
  afterAll(() => it.db.drop());

  const by = () => ({ staffId: it.counselor, agencyId: it.agencyId });
  const day = getDay("2026-06-15");
  const group = () =>
    it.as(it.counselor, (db) =>
      addGroup(db, by(), {
        ...{ name: "Mondays", kind: "recovery", about: null, programId: it.programId },
        ...{ weekday: 1, starts: "10:00" as TimeOfDay, ends: "11:30" as TimeOfDay },
        ...{ roomId: null, leadId: it.counselor, places: null, womenOnly: false, active: true },
      }),
    );
  const open = async () => {
    const groupId = await group();
    const of = { id: groupId, starts: "10:00", ends: "11:30", leadId: it.counselor };
    const meetingId = await it.as(it.counselor, (db) => openMeeting(db, by(), of, day));
    return { groupId, meetingId };
  };

  test("everybody who came has a service of their own, and nothing of anybody else on their record", async () => {
    const [ann, bea, cy] = [
      await it.consumer("Annabel"),
      await it.consumer("Beatrice"),
      await it.consumer("Cyril"),
    ];
    const which = await open();
    const signed = await it.as(it.counselor, async (db) => {
      await saveRegister(db, by(), which.meetingId, {
        topic: "Weekends",
        leadId: it.counselor,
        lines: [
          { consumerId: ann, came: true, note: "Secret of the first" },
          { consumerId: bea, came: true, note: "Secret of the second" },
          { consumerId: cy, came: false, note: null },
        ],
      });
      return signRegister(db, it.bench, by(), which);
    });
    expect(signed).toEqual({ state: "signed", contacts: 2, waiting: 0 });
    const { rows: services } = await sql<{ id: string; consumer_id: string; kind: string }>`
      SELECT id, consumer_id, kind FROM service WHERE consumer_id IN (${ann}, ${bea}, ${cy})`.execute(
      it.db.owner,
    );
    expect(services.map(({ consumer_id, kind }) => [consumer_id, kind]).sort()).toEqual(
      [
        [ann, "group"],
        [bea, "group"],
      ].sort(),
    );
    for (const { id, consumer_id } of services) {
      const [own, theirs] =
        consumer_id === ann
          ? ["Secret of the first", "Secret of the second"]
          : ["Secret of the second", "Secret of the first"];
      const found = await it.as(it.counselor, async (db) => [
        await findGroupOf(db, consumer_id, id),
        await findSessionNotes(db, consumer_id, id),
      ]);
      expect(JSON.stringify(found)).toContain(own);
      expect(JSON.stringify(found)).not.toContain(theirs);
      expect(JSON.stringify(found)).not.toMatch(/Annabel|Beatrice|Cyril/);
    }
    // No table that hangs on a person holds what is another's.
    const { rows: lines } = await sql<{ consumer_id: string; note: string | null }>`
      SELECT consumer_id, note FROM group_attendance WHERE meeting_id = ${which.meetingId}`.execute(
      it.db.owner,
    );
    expect(new Map(lines.map((line) => [line.consumer_id, line.note]))).toEqual(
      new Map([
        [ann, "Secret of the first"],
        [bea, "Secret of the second"],
        [cy, null],
      ]),
    );
    const again = await it.as(it.counselor, (db) => signRegister(db, it.bench, by(), which));
    expect(again).toEqual({ state: "already" });
  });

  test("with nobody marked it is signed only once it is said that nobody came", async () => {
    const { groupId, meetingId } = await open();
    const sign = (fields: Record<string, string>) =>
      it.as(it.counselor, async (db) => {
        const form = new FormData();
        const said = { intent: "sign", lead: it.counselor, ...fields };
        for (const [name, value] of Object.entries(said)) form.set(name, value);
        const agency = { id: it.agencyId, timeZone: "America/Chicago", jurisdiction: "us-mo" };
        const answer = await registerAction({
          ...{ db, form, by: by(), today: getDay("2026-06-16"), listed: async () => {} },
          ...{ me: { staffId: it.counselor, roles: ["counselor"], agency } },
          params: { supportGroupId: groupId, groupMeetingId: meetingId },
          services: { clock: systemClock, shelf: [] },
        } as unknown as FormVisit);
        return answer instanceof Response ? "signed" : Object.keys(answer.data.errors);
      });
    expect(await sign({})).toEqual(["nobody_came"]);
    expect(await sign({ nobody_came: "on" })).toBe("signed");
  });

  test("a signed register stands, and only its lead or whoever supervises signs it", async () => {
    const who = await it.consumer("Della");
    const which = await open();
    const line = { consumerId: who, came: true, note: null };
    const save = (staffId: string, lead = it.counselor) =>
      it.as(staffId, (db) =>
        saveRegister(db, { ...by(), staffId }, which.meetingId, {
          topic: null,
          leadId: lead,
          lines: [line],
        }),
      );
    await save(it.counselor, it.administrator);
    await expect(
      it.as(it.counselor, (db) => signRegister(db, it.bench, by(), which)),
    ).rejects.toThrow("signed by whoever led");
    await save(it.counselor);
    await it.as(it.counselor, (db) => signRegister(db, it.bench, by(), which));
    await expect(save(it.counselor)).rejects.toThrow(/stands|said once/);
  });

  test("people of two teams: each line is signed by whoever may open that record, and nobody waits unseen", async () => {
    const { agencyId: agency_id } = it;
    const insert = async (table: "program" | "staff", values: object) =>
      (
        await it.db.owner
          .insertInto(table)
          .values({ agency_id, ...values } as never)
          .returning("id")
          .executeTakeFirstOrThrow()
      ).id;
    const other = await insert("program", { name: "Second team", kind: "cstar-general" });
    const far = await insert("staff", {
      ...{ name: "Far", email: "far@test.example", active_from: "2000-01-01" },
    });
    await sql`INSERT INTO staff_role (agency_id, staff_id, role, valid_from) VALUES (${agency_id}, ${far}, 'counselor', '2000-01-01')`.execute(
      it.db.owner,
    );
    await sql`INSERT INTO staff_program (agency_id, staff_id, program_id, valid_from) VALUES (${agency_id}, ${far}, ${other}, '2000-01-01')`.execute(
      it.db.owner,
    );
    const near = await it.consumer("Nearby");
    const away = await it.consumer("Faraway");
    await sql`ALTER TABLE enrolment DISABLE TRIGGER keep`.execute(it.db.owner);
    await sql`UPDATE enrolment SET program_id = ${other} WHERE consumer_id = ${away}`.execute(
      it.db.owner,
    );
    const which = await open();
    const save = (staffId: string, consumerId: string) =>
      it.as(staffId, (db) =>
        saveRegister(db, { ...by(), staffId }, which.meetingId, {
          ...{ topic: null, leadId: it.counselor },
          lines: [{ consumerId, came: true, note: null }],
        }),
      );
    const sign = (staffId: string) =>
      it.as(staffId, (db) => signRegister(db, it.bench, { ...by(), staffId }, which));
    await save(it.counselor, near);
    await save(far, away);
    expect(await sign(it.counselor)).toEqual({ state: "signed", contacts: 1, waiting: 1 });
    const count = async (consumerId: string) => {
      const { rows } =
        await sql`SELECT FROM service WHERE consumer_id = ${consumerId} AND kind = 'group'`.execute(
          it.db.owner,
        );
      return rows.length;
    };
    expect([await count(near), await count(away)]).toEqual([1, 0]);
    await expect(save(far, away), "what was written stands").rejects.toThrow(/stands|said once/);
    expect(await sign(far)).toEqual({ state: "signed", contacts: 1, waiting: 0 });
    expect([await count(near), await count(away)]).toEqual([1, 1]);
    expect(await sign(far)).toEqual({ state: "already" });
    expect(await sign(it.counselor)).toEqual({ state: "already" });
  });

  test("a register opens once a day; those who came lately are expected again", async () => {
    const which = await open();
    const of = { id: which.groupId, starts: "10:00", ends: "11:30", leadId: it.counselor };
    const found = await it.as(it.counselor, (db) => openMeeting(db, by(), of, day));
    expect(found).toBe(which.meetingId);
    const regular = await it.consumer("Regular");
    await it.as(it.counselor, (db) =>
      saveRegister(db, by(), which.meetingId, {
        ...{ topic: null, leadId: it.counselor },
        lines: [{ consumerId: regular, came: true, note: null }],
      }),
    );
    const next = await it.as(it.counselor, (db) => openMeeting(db, by(), of, addDays(day, 7)));
    const listed = await it.as(it.counselor, async (db) => {
      const meeting = await findMeeting(db, which.groupId, next);
      if (!meeting) throw new Error("it was opened");
      return { few: await findExpectedAt(db, meeting, 1), unseen: await countUnseen(db, next) };
    });
    expect(listed.few.lines.map((line) => line.consumer_id)).toEqual([regular]);
    expect(listed.few.others).toBeGreaterThan(0);
    expect(listed.unseen).toBe(0);
  });
});
