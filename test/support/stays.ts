import { fixedClock, systemClock, today as todayOf } from "../../src/kernel/clock.ts";
import { addDays } from "../../src/kernel/day.ts";
import { standingOf } from "../../src/placements/stay.ts";
import { findParts, findPlacements } from "../../src/placements/store.ts";
import { type Acting, actingFor } from "../../src/storage/database.ts";
import type { FormVisit } from "../../src/web/guard.ts";
import { testDatabase } from "./database.ts";
import { shippedBulletins } from "./recorded.ts";

type Answer = { saved: boolean; errors: Record<string, string>; to: string };
/** What a form sends; a list is a field that is there more than once. */
type Fields = Record<string, string | string[]>;

/** Stays as Moira records them, in the demonstration's agency in England, form by form. */
export async function alderHouse() {
  const db = await testDatabase("demonstration");
  const shelf = await shippedBulletins();
  const agency = await db.owner
    .selectFrom("agency")
    .select(["id", "name"])
    .where("jurisdiction", "=", "england")
    .executeTakeFirstOrThrow();
  const today = todayOf(systemClock, "Europe/London");
  const on = (days: number) => addDays(today, days);
  const staff = async (email: string) =>
    (
      await db.owner
        .selectFrom("staff")
        .select("id")
        .where("email", "=", email)
        .executeTakeFirstOrThrow()
    ).id;
  const moira = await staff("moira@alderway.example");
  const as = <T>(work: (acting: Acting) => Promise<T>) => actingFor(db.app, moira, work);

  async function personCalled(name: string): Promise<string> {
    const [given = "", family = ""] = name.split(" ");
    const found = await db.owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", given)
      .where("family_name", "=", family)
      .where("agency_id", "=", agency.id)
      .executeTakeFirstOrThrow();
    return found.id;
  }

  const unitCalled = (name: string) =>
    db.owner
      .selectFrom("unit")
      .select(["id", "program_id", "provider_id"])
      .where("name", "=", name)
      .executeTakeFirstOrThrow();

  async function bedCalled(unit: string, name: string): Promise<string> {
    const found = await db.owner
      .selectFrom("bed")
      .innerJoin("unit", "unit.id", "bed.unit_id")
      .select("bed.id")
      .where("unit.name", "=", unit)
      .where("bed.name", "=", name)
      .executeTakeFirstOrThrow();
    return found.id;
  }

  async function post(
    handle: (visit: FormVisit) => Promise<unknown>,
    consumerId: string,
    fields: Fields,
    placementId = "",
    params: Record<string, string> = {},
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of [value].flat()) form.append(name, one);
    }
    return as(async (acting) => {
      const visit = {
        ...{ db: acting, consumerId, form, today, params: { placementId, ...params } },
        services: { clock: fixedClock(`${today}T12:00:00Z`), shelf },
        listed: async () => {},
        by: { staffId: moira, agencyId: agency.id },
        me: {
          ...{ staffId: moira, name: "Moira", roles: ["program-manager"] },
          agency: {
            ...{ ...agency, jurisdiction: "england", locale: "en-GB", timeZone: "Europe/London" },
          },
        },
      } as unknown as FormVisit;
      const answer = await handle(visit);
      if (answer instanceof Response) {
        return { saved: true, errors: {}, to: answer.headers.get("location") ?? "" };
      }
      return { saved: false, errors: (answer as { data: Answer }).data.errors, to: "" };
    });
  }

  const latest = (consumerId: string) =>
    as(async (acting) => {
      const [placement] = await findPlacements(acting, consumerId);
      const all = await findParts(acting, consumerId);
      if (!placement) throw new Error("no placement");
      const of = <P extends { placement_id: string | null }>(list: P[]) =>
        list.filter((part) => part.placement_id === placement.id);
      const parts = { stays: of(all.stays), leaves: of(all.leaves), funding: of(all.funding) };
      return {
        placement,
        ...parts,
        children: of(all.children),
        uses: of(all.uses),
        standing: standingOf(placement, parts, today),
      };
    });

  const enrolments = (consumerId: string, programId: string | null) =>
    db.owner
      .selectFrom("enrolment")
      .select(["requested_on", "valid_from", "valid_to"])
      .where("consumer_id", "=", consumerId)
      .where("program_id", "=", programId ?? "")
      .execute();

  return {
    ...{ db, agency, today, on, as, staff, personCalled, unitCalled, bedCalled },
    ...{ post, latest, enrolments },
  };
}
