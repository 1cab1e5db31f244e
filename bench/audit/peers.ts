import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { home } from "../../src/cli/home.ts";

/** Rule engines from npm, and the clauses that each is given and can say. */
const PEERS = [
  {
    name: "json-rules-engine",
    script: "json-rules.js",
    clauses: ["1.1", "3.1", "4.2", "5.1"],
    aim: "300×",
    left: "3.2 and 4.1 can't be written: a rule sees the facts of one line",
  },
  {
    name: "cql-execution",
    script: "cql.js",
    clauses: ["1.1", "3.1", "3.2", "4.1", "4.2", "5.1"],
    aim: "1,000×",
    left: "all of it can be written; 4.1 is a sum for each line, in time that grows with the square of a person's lines",
  },
] as const;

interface Files {
  readonly lines: string;
  readonly credentials: string;
  /** The outputs of the audit of the same lines. */
  readonly audited: string;
  readonly folder: string;
}

interface Speed {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/**
 * The engines over all lines of some of the consumers, in turn, each in a process of its own, beside the
 * audit of the whole file: lines a second, and how many times as many the audit judges. Throws where an
 * engine finds otherwise of a line than the audit did.
 */
export async function benchPeers(
  files: Files,
  { rounds, sample, audit }: { rounds: number; sample: number; audit: Speed & { lines: number } },
): Promise<void> {
  install();
  const chosen = join(files.folder, "sample.json");
  const { lines, findings } = await takeSample(files, chosen, sample);
  const runs = PEERS.map((): Speed[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [place, { script, name, clauses }] of PEERS.entries()) {
      const out = join(files.folder, "found.json");
      runs[place]?.push(runPeer(script, chosen, out));
      const said = JSON.parse(readFileSync(out, "utf8")) as string[][];
      const wanted = findings.filter(({ clause }) => clauses.some((one) => one === clause));
      compare(
        name,
        said.map(String),
        wanted.map(({ line_id, clause, verdict }) => `${line_id},${clause},${verdict}`),
      );
    }
  }
  const whole = (number: number) => Math.round(number).toLocaleString("en-US");
  console.log(
    `\n${whole(lines)} of the lines, judged one thread each; in brackets by processor time:`,
  );
  console.log("| | clauses | lines a second | the audit judges | aim |");
  console.log("|---|---|---:|---:|---:|");
  for (const [place, { name, clauses, aim }] of PEERS.entries()) {
    const speed = (of: (one: Speed) => number) => lines / median((runs[place] ?? []).map(of));
    const times = (of: (one: Speed) => number) => whole(audit.lines / of(audit) / speed(of));
    const [wall, cpu] = [(one: Speed) => one.seconds, (one: Speed) => one.cpuSeconds];
    console.log(
      `| ${name} | ${clauses.join(", ")} | ${whole(speed(wall))} | ${times(wall)}× (${times(cpu)}×) | ${aim} |`,
    );
  }
  console.log(
    `| the audit | all | ${whole(audit.lines / audit.seconds)} | | |\n\nOf ${whole(lines)} lines all say what the audit says, clause by clause.`,
  );
  for (const { name, left } of PEERS) console.log(`${name}: ${left}.`);
}

const FOLDER = join(home, "bench/peers");

/** The engines are nobody's but the bench's, so they are installed when it is first run with them. */
function install(): void {
  if (existsSync(join(FOLDER, "node_modules"))) return;
  console.log("Installing the engines into bench/peers …");
  const { status } = spawnSync("npm", ["ci", "--no-progress"], {
    cwd: FOLDER,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("npm could not install bench/peers");
}

/** Whole consumers, so that a clause may look across a person's lines; with what performers held on the day. */
async function takeSample({ lines, credentials, audited }: Files, to: string, sample: number) {
  const instance = await DuckDBInstance.create(":memory:");
  const duck = await instance.connect();
  const rows = async (sql: string) =>
    (await duck.runAndReadAll(sql)).getRowObjectsJS() as unknown as Record<string, string>[];
  await duck.run(`CREATE TABLE chosen AS SELECT * FROM '${lines}' WHERE consumer_id IN (
  SELECT consumer_id FROM (
    SELECT consumer_id, SUM(count(*)) OVER (ORDER BY consumer_id) AS so_far FROM '${lines}' GROUP BY consumer_id
  ) AS people WHERE so_far <= ${sample})`);
  await duck.run(`COPY (
SELECT l.* EXCLUDE (service_date), CAST(service_date AS text) AS service_date,
  CASE WHEN l.performer_id IN (SELECT performer_id FROM '${credentials}') THEN
    COALESCE(c.held, []) END AS qualifications
FROM chosen AS l LEFT JOIN (
  SELECT l.line_id, LIST(c.qualification) AS held FROM chosen AS l JOIN '${credentials}' AS c
    ON c.performer_id = l.performer_id AND l.service_date >= c.valid_from
    AND l.service_date <= COALESCE(c.valid_to, DATE '9999-12-31') GROUP BY l.line_id
) AS c USING (line_id)) TO '${to}' (FORMAT json, ARRAY true)`);
  const [count] = await rows("SELECT count(*)::integer AS lines FROM chosen");
  const findings = await rows(
    `SELECT line_id, clause, verdict FROM '${join(audited, "findings.parquet")}' SEMI JOIN chosen USING (line_id)`,
  );
  duck.closeSync();
  instance.closeSync();
  return { lines: Number(count?.lines), findings };
}

function runPeer(script: string, sample: string, out: string): Speed {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(FOLDER, script), sample, out],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
  return JSON.parse(stdout.split("\n").at(-2) ?? "{}") as Speed;
}

function compare(name: string, said: readonly string[], wanted: readonly string[]): void {
  const [ours, theirs] = [new Set(wanted), new Set(said)];
  const differs = [
    ...wanted.filter((one) => !theirs.has(one)),
    ...said.filter((one) => !ours.has(one)),
  ];
  if (differs.length > 0 || said.length !== wanted.length) {
    throw new Error(
      `${name} finds otherwise of ${differs.length} clauses of lines: ${differs.slice(0, 5).join("; ")}`,
    );
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
