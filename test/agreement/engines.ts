import { DuckDBInstance } from "@duckdb/node-api";
import pg from "pg";
import { type Bulletin, rulesOf } from "../../src/policy/bulletin.ts";
import type { Engine, Judged } from "../../src/policy/cases.ts";
import { type Fact, type Line, SUBJECTS } from "../../src/policy/facts.ts";
import type { Outcome, Verdict } from "../../src/policy/judgement.ts";
import { DIALECTS, type Dialect, literal, SQL_TYPES } from "../../src/policy/sql-dialect.ts";
import { verdictColumn } from "../../src/policy/sql-judged.ts";
import { toSql } from "../../src/policy/to-sql.ts";
import { testDatabase } from "../support/database.ts";

/** A database that judges: give it lines and a bulletin, as the TypeScript judge gets them. */
export interface SqlEngine {
  readonly judge: Engine;
  readonly close: () => Promise<void>;
}

type Row = Readonly<Record<string, unknown>>;
type Query = (sql: string) => Promise<readonly Row[]>;

/** Judges on the run's real PostgreSQL. */
export async function postgresqlEngine(): Promise<SqlEngine> {
  const database = await testDatabase();
  const client = new pg.Client({ connectionString: database.logins.owner });
  await client.connect();
  const query: Query = async (sql) => {
    const result = await client.query(sql);
    return [result].flat().at(-1)?.rows ?? [];
  };
  return {
    judge: engineOf(DIALECTS.postgresql, query),
    close: async () => {
      await client.end();
      await database.drop();
    },
  };
}

/** Judges in DuckDB, in memory. */
export async function duckdbEngine(): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const query: Query = async (sql) => {
    const statements = await connection.extractStatements(sql);
    for (let index = 0; index < statements.count - 1; index++) {
      await (await statements.prepare(index)).run();
    }
    const last = await statements.prepare(statements.count - 1);
    return (await last.runAndReadAll()).getRowObjectsJson() as readonly Row[];
  };
  return {
    judge: engineOf(DIALECTS.duckdb, query),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** One round-trip judges all lines. Calls wait for each other: they share one relation. */
function engineOf(dialect: Dialect, query: Query): Engine {
  let before: Promise<unknown> = Promise.resolve();
  return (bulletin, lines) => {
    const sql = `${createLines(bulletin, lines, dialect)};\n${toSql(bulletin, dialect.name, {
      lines: "agreement_line",
      facts: "own-records",
    })}`;
    const judged = before
      .then(() => query(sql))
      .then((rows) => rows.map((row) => read(bulletin, row)));
    before = judged.catch(() => undefined);
    return judged;
  };
}

/**
 * The lines as a relation in the columns of service-lines.md. PostgreSQL's texts get a collation that
 * sorts as people do, because a database may have such a one by default and must not judge by it.
 */
function createLines(bulletin: Bulletin, lines: readonly Line[], dialect: Dialect): string {
  const facts: Readonly<Record<string, Fact>> = SUBJECTS[bulletin.about].facts;
  const columns = [
    ["line_id", "text"],
    ["consumer_id", "text"],
    ...Object.entries(facts).map(([name, { kind }]) => [name, SQL_TYPES[kind]]),
  ] as const;
  const collated = (type = "") =>
    dialect.name === "postgresql" && type === "text" ? `text COLLATE "und-x-icu"` : type;
  const create = `CREATE TEMPORARY TABLE agreement_line (${columns.map(([name, type]) => `${name} ${collated(type)}`).join(", ")})`;
  const rows = lines.map(
    (line) => `(${columns.map(([name]) => value(dialect, line[name ?? ""])).join(", ")})`,
  );
  const insert =
    rows.length === 0 ? "" : `;\nINSERT INTO agreement_line VALUES\n${rows.join(",\n")}`;
  return `DROP TABLE IF EXISTS agreement_line;\n${create}${insert}`;
}

function value(dialect: Dialect, known: Line[string]): string {
  if (known == null) return "NULL";
  if (typeof known !== "object") return literal(dialect, known);
  return `CAST(ARRAY[${known.map((item) => literal(dialect, item)).join(", ")}] AS text[])`;
}

function read(bulletin: Bulletin, row: Row): Judged {
  return {
    line_id: String(row.line_id),
    outcome: row.outcome as Outcome,
    units_billed: Number(row.units_billed),
    units_payable: Number(row.units_payable),
    verdicts: Object.fromEntries(
      rulesOf(bulletin).map((rule) => [verdictColumn(rule), row[verdictColumn(rule)] as Verdict]),
    ),
  };
}
