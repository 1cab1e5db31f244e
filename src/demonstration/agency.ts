import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import type { Database } from "../storage/database.ts";
import { type DemonstrationPerson, people } from "./staff.ts";

/** What an agency of the demonstration is before anybody came. */
export type AgencyProfile = {
  name: string;
  neutralName: string;
  phone: string;
  address: string;
  /** The programme whose team triages what the front desk takes. */
  intake: string;
  crisisLines: string[];
  jurisdiction: string;
  locale: "en-US" | "en-GB";
  timeZone: string;
  /** Who issued what its staff hold. */
  issuer: string;
  programs: { name: string; kind: string }[];
  rooms: { name: string; setting: string }[];
  staff: DemonstrationPerson[];
  rates: { service: string; code: string; cents_per_unit: number }[];
};

export const missouri: AgencyProfile = {
  name: "Riverbend Recovery",
  neutralName: "Riverbend",
  phone: "(573) 555-0140",
  address: "210 Riverbend Road, Jefferson City, MO 65101",
  intake: "General Population",
  crisisLines: ["Suicide and crisis line 988", "Emergency 911"],
  jurisdiction: "us-mo",
  locale: "en-US",
  timeZone: "America/Chicago",
  issuer: "State credentialing board",
  programs: [
    { name: "General Population", kind: "cstar-general" },
    { name: "Women and Children", kind: "cstar-women-children" },
    { name: "Adolescent", kind: "cstar-adolescent" },
    { name: "Opioid", kind: "cstar-opioid" },
  ],
  rooms: [
    { name: "Cedar room", setting: "office" },
    { name: "Willow room", setting: "office" },
    { name: "Family room", setting: "office" },
    { name: "Video visit", setting: "telehealth" },
    { name: "At their home", setting: "home" },
  ],
  staff: people,
  rates: [{ service: "family-conference", code: "FC-15", cents_per_unit: 1842 }],
};

/** The agency that was made: how to name its parts from a story. */
export type DemonstrationAgency = {
  agencyId: string;
  name: string;
  phone: string;
  jurisdiction: string;
  timeZone: string;
  today: Day;
  staffId: (email: string) => string;
  programId: (name: string) => string;
  roomId: (name: string) => string;
};

/** The agency itself: programs, rooms, staff with roles and dated credentials, rates. */
export async function installAgency(
  owner: Database,
  profile: AgencyProfile,
  accounts: ReadonlyMap<string, string>,
): Promise<DemonstrationAgency> {
  const { name, jurisdiction, timeZone, staff } = profile;
  const today = todayOf(systemClock, timeZone);
  return owner.transaction().execute(async (db) => {
    const agency = await db
      .insertInto("agency")
      .values({
        name,
        neutral_name: profile.neutralName,
        phone: profile.phone,
        address: profile.address,
        crisis_lines: profile.crisisLines,
        jurisdiction,
        locale: profile.locale,
        time_zone: timeZone,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const agency_id = agency.id;
    const madePrograms = await db
      .insertInto("program")
      .values(profile.programs.map((program) => ({ ...program, agency_id })))
      .returning(["id", "name"])
      .execute();
    const programId = byName(madePrograms);
    await db
      .updateTable("agency")
      .set({ intake_program_id: programId(profile.intake) })
      .where("id", "=", agency_id)
      .execute();
    const madeRooms = await db
      .insertInto("room")
      .values(profile.rooms.map((room) => ({ ...room, agency_id })))
      .returning(["id", "name"])
      .execute();
    const madeStaff = await db
      .insertInto("staff")
      .values(
        staff.map(({ name, email, title }) => ({
          agency_id,
          name,
          email,
          title,
          user_id: accounts.get(email) ?? null,
          active_from: addDays(today, -1500),
        })),
      )
      .returning(["id", "email"])
      .execute();
    const staffId = byName(madeStaff.map(({ id, email }) => ({ id, name: email })));
    const valid_from = addDays(today, -1500);
    for (const person of staff) {
      const staff_id = staffId(person.email);
      await db
        .insertInto("staff_role")
        .values(person.roles.map((role) => ({ agency_id, staff_id, role, valid_from })))
        .execute();
      for (const name of person.programs) {
        const program_id = programId(name);
        await db
          .insertInto("staff_program")
          .values({ agency_id, staff_id, program_id, valid_from })
          .execute();
      }
      for (const credential of person.credentials) {
        await db
          .insertInto("credential")
          .values({
            agency_id,
            staff_id,
            qualification: credential.qualification,
            name: credential.name,
            issuer: profile.issuer,
            number: credential.number,
            supervisor_id: credential.supervisor ? staffId(credential.supervisor) : null,
            valid_from: addDays(today, credential.from),
            valid_to: credential.to === null ? null : addDays(today, credential.to),
          })
          .execute();
      }
    }
    if (profile.rates.length > 0) {
      await db
        .insertInto("rate")
        .values(profile.rates.map((rate) => ({ ...rate, agency_id, valid_from })))
        .execute();
    }
    const roomId = byName(madeRooms);
    const { phone } = profile;
    return {
      ...{ agencyId: agency_id, name, phone, jurisdiction, timeZone, today },
      ...{ staffId, programId, roomId },
    };
  });
}

function byName(rows: readonly { id: string; name: string }[]): (name: string) => string {
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return (name) => {
    const id = ids.get(name);
    if (!id) throw new Error(`the demonstration has no ${name}`);
    return id;
  };
}
