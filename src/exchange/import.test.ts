import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../../test/support/database.ts";
import { type Acting, actingFor } from "../storage/database.ts";
import { readTable } from "./import-file.ts";
import { type ImportKindName, importKindNames, importKinds } from "./import-kinds.ts";
import { matchColumns, readDay, readRows } from "./import-rows.ts";
import { findImport, findMisfits, keepFile, runImport, undoImport } from "./import-store.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("a file", () => {
  test("is read with commas, semicolons or tabs, with quotes and a byte-order mark", async () => {
    const table = { header: ["Name", "Note"], rows: [["Ann", 'said "yes", then\nleft']] };
    for (const by of [",", ";", "\t"]) {
      const text = `\uFEFFName${by}Note\r\nAnn${by}"said ""yes"", then\nleft"\r\n`;
      expect(await readTable("people.csv", bytes(text))).toEqual(table);
    }
  });
  test("from an old spreadsheet program keeps its accents", async () => {
    const table = await readTable("a.csv", Uint8Array.from([...bytes("Name\nJos"), 0xe9]));
    expect(table).toEqual({ header: ["Name"], rows: [["José"]] });
  });
  test("that cannot be read says why", async () => {
    const why = async (name: string, text: string) => {
      const read = await readTable(name, bytes(text));
      return "problem" in read ? read.problem : "";
    };
    expect(await why("a.csv", "")).toMatch(/empty/);
    expect(await why("a.csv", 'Name\n"Ann')).toMatch(/quote/);
    expect(await why("a.csv", "Name,Name\nA,B")).toMatch(/Two columns/);
    expect(await why("a.csv", "Name,Note")).toMatch(/nothing below/);
    expect(await why("a.xlsx", "not a spreadsheet")).toMatch(/spreadsheet/);
  });
});

describe("columns and cells", () => {
  test("columns are told by usual names, each once", () => {
    const header = ["Client ID", "First Name", "Last Name", "DOB", "Mobile"];
    expect(matchColumns(importKinds.consumers, header)).toEqual({
      number: 0,
      given_name: 1,
      family_name: 2,
      date_of_birth: 3,
      phone: 4,
    });
  });
  test("a day is read in the country's order, and in no other", () => {
    expect(readDay("03/04/2026", true)).toBe("2026-04-03");
    expect(readDay("03/04/2026", false)).toBe("2026-03-04");
    expect(readDay("13/04/2026", false)).toBeNull();
    expect(readDay("2026-02-30", true)).toBeNull();
    expect(readDay("tomorrow", true)).toBeNull();
  });
  test("every problem is named by row and column, and no cell is guessed at", () => {
    const { rows, problems } = readRows(
      importKinds.credentials,
      matchColumns(importKinds.credentials, ["Email", "Code", "Name", "Issuer", "From", "To"]),
      [
        ["ana@x.example", "qsap", "CADC", "Board", "2026-01-01", "2025-01-01"],
        ["", "qsap", "CADC", "Board", "soon", ""],
        ["ana@x.example", "qsap", "CADC", "Board", "2026-01-01", ""],
      ],
      false,
    );
    expect(rows).toHaveLength(3);
    expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      "2 valid_to",
      "3 staff_email",
      "3 valid_from",
      "4 valid_from",
    ]);
  });
  test("whatever the cells hold, a row is either sound in every column or named as a problem", () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("", "yes", "2026-01-01", "a@b.c", "detox"),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...importKindNames),
        fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 6 }),
        (name, table) => {
          const kind = importKinds[name];
          const matching = Object.fromEntries(
            kind.columns.map((column, place) => [column.name, place]),
          );
          const { rows, problems } = readRows(kind, matching, table, true);
          for (const row of rows) {
            for (const column of kind.columns) {
              const wrong = problems.some(
                (one) => one.row === row.row && one.column === column.name,
              );
              if (!wrong) expect(row[column.name]).not.toBeUndefined();
              const needed = "needed" in column && column.needed;
              if (needed && !wrong) expect(row[column.name]).toBeTruthy();
            }
          }
        },
      ),
    );
  });
});

describe("on the database", () => {
  let db: TestDatabase;
  let administrator: string;
  let counselor: string;
  let agencyId: string;
  beforeAll(async () => {
    db = await testDatabase("demonstration");
    const idOf = async (email: string) =>
      db.owner
        .selectFrom("staff")
        .select(["id", "agency_id"])
        .where("email", "=", email)
        .executeTakeFirstOrThrow();
    const sam = await idOf("sam@demo.example");
    ({ id: administrator, agency_id: agencyId } = sam);
    counselor = (await idOf("ana@demo.example")).id;
  });
  afterAll(() => db.drop());

  const as = <T>(work: (acting: Acting) => Promise<T>) => actingFor(db.app, administrator, work);
  const bring = (kind: ImportKindName, csv: string) =>
    as(async (acting) => {
      const table = await readTable("file.csv", bytes(csv));
      if ("problem" in table) throw new Error(table.problem);
      const id = await keepFile(
        acting,
        { agencyId, staffId: administrator },
        { kind, name: "file.csv", table },
      );
      const batch = await findImport(acting, id);
      const read = readRows(importKinds[kind], batch?.columns ?? {}, batch?.rows ?? [], false);
      const misfits = await findMisfits(acting, kind, read.rows);
      const written = read.problems.length > 0 ? null : await runImport(acting, id, read.rows);
      return { id, written, problems: [...read.problems, ...misfits] };
    });
  const count = async (number: string) =>
    (await db.owner.selectFrom("consumer").select("id").where("number", "=", number).execute())
      .length;

  test("staff, places, people, supports and episodes come in, one file after the other", async () => {
    const staff = await bring(
      "staff",
      "Name,Email,Role,Programmes\nIda New,ida@demo.example,counselor,General Population\n",
    );
    expect(staff).toMatchObject({ written: 1, problems: [] });
    const places = await bring(
      "places",
      "Programme,Kind,Unit,Unit kind,Bed\nHarbor House,residential,Harbor,rehab,Bed 1\nHarbor House,residential,Harbor,rehab,Bed 2\n",
    );
    expect(places).toMatchObject({ written: 2, problems: [] });
    const people = await bring(
      "consumers",
      "Number,First name,Last name,DOB\nX-1,Lou,Newcomer,04/05/1990\nX-2,Mo,Newcomer,1991-02-03\n",
    );
    expect(people).toMatchObject({ written: 2, problems: [] });
    expect(
      await bring("supports", "Number,Name,Relation,Kind\nX-1,Pa Newcomer,father,family\n"),
    ).toMatchObject({ written: 1 });
    const episodes = await bring(
      "episodes",
      "Number,Opened,Program,Since,Keyworker\nX-1,2026-01-05,General Population,2026-01-06,ida@demo.example\n",
    );
    expect(episodes).toMatchObject({ written: 1, problems: [] });
    const record = await actingFor(db.app, counselor, (acting) =>
      acting
        .selectFrom("consumer")
        .innerJoin("enrolment", "enrolment.consumer_id", "consumer.id")
        .select("given_name")
        .where("number", "=", "X-1")
        .execute(),
    );
    expect(record).toEqual([{ given_name: "Lou" }]);
  });

  test("one wrong row keeps all of the file out, and says where", async () => {
    const answer = await bring(
      "consumers",
      "Number,First name,Last name,DOB\nY-1,Ann,Able,1990-01-01\nX-1,Ben,Able,1990-01-02\n",
    );
    expect(answer.written).toBeNull();
    expect(answer.problems).toEqual([
      { row: 3, column: "number", problem: "This number is somebody's already" },
    ]);
    expect(await count("Y-1")).toBe(0);
  });

  test("it is undone as a whole, until somebody works on it", async () => {
    const first = await bring(
      "consumers",
      "Number,First name,Last name,DOB\nZ-1,Zed,One,1990-01-01\n",
    );
    expect(await as((acting) => undoImport(acting, first.id))).toBe("undone");
    expect(await count("Z-1")).toBe(0);
    expect(await as((acting) => undoImport(acting, first.id))).toBe("not-there");

    const second = await bring(
      "consumers",
      "Number,First name,Last name,DOB\nZ-2,Zed,Two,1990-01-01\n",
    );
    await db.owner
      .updateTable("consumer")
      .set({ phone: "1" })
      .where("number", "=", "Z-2")
      .execute();
    expect(await as((acting) => undoImport(acting, second.id))).toBe("edited");
    expect(await count("Z-2")).toBe(1);

    const third = await bring(
      "consumers",
      "Number,First name,Last name,DOB\nZ-3,Zed,Three,1990-01-01\n",
    );
    await bring("supports", "Number,Name,Relation,Kind\nZ-3,Pa,father,family\n");
    expect(await as((acting) => undoImport(acting, third.id))).toBe("edited");
  });

  test("nobody but an administrator brings anything in, or learns who is here", async () => {
    await actingFor(db.app, counselor, async (acting) => {
      const rows = [{ row: 2, number: "X-1" }];
      expect(await findMisfits(acting, "consumers", rows)).toEqual([]);
    });
  });
});
