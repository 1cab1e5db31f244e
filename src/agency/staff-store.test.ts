import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { systemClock, today as todayOf } from "../kernel/clock.ts";
import { addDays, type Day } from "../kernel/day.ts";
import { type Acting, actingFor, type By } from "../storage/database.ts";
import { endSpan, findOverlap, giveRole } from "./span-store.ts";
import {
  addMember,
  closeMember,
  findMember,
  otherAdministrators,
  reopenMember,
} from "./staff-store.ts";
import { foundAgency } from "./store.ts";

let db: TestDatabase;
let by: By;
let today: Day;
beforeAll(async () => {
  db = await testDatabase("demonstration");
  const sam = await db.owner
    .selectFrom("staff")
    .select(["id", "agency_id"])
    .where("email", "=", "sam@demo.example")
    .executeTakeFirstOrThrow();
  by = { agencyId: sam.agency_id, staffId: sam.id };
  today = todayOf(systemClock, "America/Chicago");
});
afterAll(() => db.drop());

const asSam = <T>(work: (acting: Acting) => Promise<T>) => actingFor(db.app, by.staffId, work);
let number = 0;
function newMember(from: Day, userId = `account-${++number}`) {
  const email = `${userId}@x.example`;
  return asSam((acting) =>
    addMember(acting, by, {
      name: "New One",
      email,
      title: null,
      userId,
      from,
      roles: ["counselor"],
    }),
  );
}
const get = async (id: string) => {
  const member = await asSam((acting) => findMember(acting, id));
  if (!member) throw new Error("no such member");
  return member;
};

describe("what is held from day to day", () => {
  test("the same twice on one day is found, a day after it is not", async () => {
    const id = await newMember(addDays(today, -30));
    const role = (await get(id)).roles[0];
    await asSam((acting) =>
      endSpan(acting, by, "staff_role", id, role?.id ?? "", {
        lastDay: addDays(today, -10),
        today,
      }),
    );
    const again = (from: number) => ({
      what: "counselor",
      valid_from: addDays(today, from),
      valid_to: null,
    });
    expect(
      await asSam((acting) => findOverlap(acting, "staff_role", id, again(-10))),
    ).not.toBeNull();
    expect(await asSam((acting) => findOverlap(acting, "staff_role", id, again(-9)))).toBeNull();
    await asSam((acting) =>
      giveRole(acting, by, id, {
        role: "counselor",
        valid_from: addDays(today, -9),
        valid_to: null,
      }),
    );
    expect((await get(id)).roles).toHaveLength(2);
  });

  test("taken back at once, an old one ended yesterday and one of today was never there; both are noted", async () => {
    const id = await newMember(addDays(today, -30));
    const old = (await get(id)).roles[0]?.id ?? "";
    await asSam((acting) =>
      giveRole(acting, by, id, { role: "biller", valid_from: today, valid_to: null }),
    );
    const fresh = (await get(id)).roles.find(({ role }) => role === "biller")?.id ?? "";
    for (const span of [old, fresh]) {
      const answer = await asSam((acting) =>
        endSpan(acting, by, "staff_role", id, span, { lastDay: null, today }),
      );
      expect(answer).toBe("done");
    }
    const member = await get(id);
    expect(member.roles.map(({ role, valid_to }) => [role, valid_to])).toEqual([
      ["counselor", addDays(today, -1)],
    ]);
    expect(member.changes.map(({ what }) => what).join("\n")).toContain("biller taken back");
  });

  test("one that held for a day cannot be made never to have been", async () => {
    const id = await newMember(addDays(today, -30));
    await asSam((acting) => acting.deleteFrom("staff_role").where("staff_id", "=", id).execute());
    expect((await get(id)).roles).toHaveLength(1);
  });

  test("a span that is another's is no span of theirs", async () => {
    const [one, other] = [await newMember(today), await newMember(today)];
    const role = (await get(other)).roles[0]?.id ?? "";
    const answer = await asSam((acting) =>
      endSpan(acting, by, "staff_role", one, role, { lastDay: today, today }),
    );
    expect(answer).toBe("none");
  });
});

describe("somebody leaves", () => {
  test("and is out at once, even on their first day; back, they have what they had", async () => {
    const id = await newMember(today);
    const sees = () =>
      actingFor(db.app, id, (acting) =>
        acting.selectFrom("enrolment").select("id").limit(1).execute(),
      );
    const program = await db.owner
      .selectFrom("program")
      .select("id")
      .where("agency_id", "=", by.agencyId)
      .executeTakeFirstOrThrow();
    await db.owner
      .insertInto("staff_program")
      .values({ agency_id: by.agencyId, staff_id: id, program_id: program.id, valid_from: today })
      .execute();
    expect(await sees()).toHaveLength(1);
    await asSam((acting) => closeMember(acting, by, id, today, today));
    expect(await sees()).toHaveLength(0);
    await asSam((acting) => reopenMember(acting, by, id, today));
    expect(await sees()).toHaveLength(1);
    expect((await get(id)).roles).toHaveLength(1);
  });

  test("for months: the time between stays empty", async () => {
    const id = await newMember(addDays(today, -300));
    await asSam((acting) => closeMember(acting, by, id, addDays(today, -100), today));
    await asSam((acting) => reopenMember(acting, by, id, today));
    const spans = (await get(id)).roles.map(({ valid_from, valid_to }) => [valid_from, valid_to]);
    expect(spans).toEqual([
      [today, null],
      [addDays(today, -300), addDays(today, -100)],
    ]);
  });

  test("what they hold is counted for the administrator, and for nobody else", async () => {
    const ana = await db.owner
      .selectFrom("staff")
      .select("id")
      .where("email", "=", "ana@demo.example")
      .executeTakeFirstOrThrow();
    const { work } = await get(ana.id);
    expect(work.find(({ what }) => what === "keyworker")?.how_many).toBeGreaterThan(0);
    const own = await actingFor(db.app, ana.id, (acting) => findMember(acting, ana.id));
    expect(own?.work).toEqual([]);
    expect(own?.changes).toEqual([]);
  });

  test("the last administrator is counted as the last", async () => {
    expect(await asSam((acting) => otherAdministrators(acting, by.staffId, today))).toBe(0);
    const id = await newMember(today);
    await asSam((acting) =>
      giveRole(acting, by, id, { role: "administrator", valid_from: today, valid_to: null }),
    );
    expect(await asSam((acting) => otherAdministrators(acting, by.staffId, today))).toBe(1);
    await asSam((acting) => closeMember(acting, by, id, today, today));
    expect(await asSam((acting) => otherAdministrators(acting, by.staffId, today))).toBe(0);
  });
});

test("nobody but an administrator gives a role, not even to themselves", async () => {
  const staff = await db.owner.selectFrom("staff").select(["id", "email"]).execute();
  for (const { id, email } of staff.filter(({ email }) => email.endsWith("@demo.example"))) {
    if (email === "sam@demo.example") continue;
    const given = actingFor(db.app, id, (acting) =>
      giveRole(acting, { ...by, staffId: id }, id, {
        role: "auditor",
        valid_from: today,
        valid_to: null,
      }),
    );
    await expect(given, email).rejects.toThrow(/row-level security/);
  }
});

test("of ten that found the first agency at once one does, and its account is not left when it fails", async () => {
  const empty = await testDatabase("empty");
  try {
    const it = {
      ...{ name: "A", neutralName: "A", phone: null, jurisdiction: "us-mo", locale: "en-US" },
      ...{ timeZone: "America/Chicago", administrator: "B", email: "B@x.example" },
    };
    await expect(
      foundAgency(empty.app, it, async () => {
        throw new Error("no account");
      }),
    ).rejects.toThrow("no account");
    expect(await empty.owner.selectFrom("agency").select("id").execute()).toEqual([]);
    const founded = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        foundAgency(empty.app, it, async () => `user-${index}`),
      ),
    );
    expect(founded.filter((id) => id !== null)).toHaveLength(1);
    expect(await empty.owner.selectFrom("agency").select("id").execute()).toHaveLength(1);
    const staff = await empty.owner.selectFrom("staff").selectAll().execute();
    expect(staff.map(({ email, user_id }) => [email, user_id?.slice(0, 5)])).toEqual([
      ["b@x.example", "user-"],
    ]);
  } finally {
    await empty.drop();
  }
});
