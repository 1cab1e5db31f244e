import { createHash } from "node:crypto";
import { z } from "zod";
import { parseDay } from "../kernel/day.ts";
import type { Bulletin, Clause, Reading, Rule } from "./bulletin.ts";
import { type Condition, everyCondition } from "./condition.ts";
import { getFact, SUBJECTS, type SubjectName } from "./facts.ts";
import { readingsNamedBy } from "./leaning.ts";
import { checkClauseNumbers, checkReadings } from "./load-checks.ts";
import { type Path, parseCondition, type Report } from "./parse-condition.ts";
import { READINGS } from "./readings.ts";
import { type Loaded, openYaml, type YamlSource } from "./yaml-source.ts";

const text = z.string().min(1);
const day = z.string().transform((raw, context) => {
  const parsed = parseDay(raw);
  if (parsed === null) context.addIssue({ code: "custom", message: "expected a date YYYY-MM-DD" });
  return parsed ?? z.NEVER;
});
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected lower-case words joined by -");

/** The file's outline. Conditions are read afterwards, with the facts of the subject. */
const outline = z.strictObject({
  number: text,
  title: text,
  issuer: text,
  jurisdiction: slug,
  status: slug,
  effective: z.strictObject({ from: day, until: day.optional() }),
  about: z.enum(Object.keys(SUBJECTS) as [SubjectName, ...SubjectName[]]),
  applies: z.unknown().optional(),
  readings: z
    .record(
      z.string(),
      z.strictObject({ value: z.union([z.string(), z.number()]), clause: text, because: text }),
    )
    .default({}),
  clauses: z.record(
    z.string(),
    z.strictObject({
      gist: text,
      note: z.literal(true).optional(),
      work: z.union([slug, z.array(slug).min(1)]).optional(),
      when: z.unknown().optional(),
      must: z.unknown().optional(),
      should: z.unknown().optional(),
      limit: z
        .strictObject({
          units: z.int().min(1).max(1_000_000),
          per: z.enum(["day", "week", "month"]),
          each: z.literal("consumer"),
        })
        .optional(),
    }),
  ),
});
export type Outline = z.infer<typeof outline>;

/**
 * Reads a bulletin's file. `bytes` are what its content hash is of; `file` is its name in problems.
 * Gives the bulletin, or every problem with file, line and clause.
 */
export function loadBulletin(bytes: Uint8Array, file: string): Loaded<Bulletin> {
  const source = openYaml(bytes, file);
  if (source.problems.length > 0) return { ok: false, problems: source.problems };

  checkClauseNumbers(source);
  const parsed = outline.safeParse(source.data);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) source.report(issue.path as string[], issue.message);
    return { ok: false, problems: source.problems };
  }
  const raw = parsed.data;
  checkReadings(raw, source.report);
  const applies = parseApplies(raw, source);
  const clauses = Object.entries(raw.clauses).map(([number, clause]) =>
    parseClause(raw.about, number, clause, source.report),
  );
  const { from, until = null } = raw.effective;
  if (until !== null && until < from) {
    source.report(["effective", "until"], "the last day in force is before the first");
  }
  if (source.problems.length > 0 || applies === null) {
    return { ok: false, problems: source.problems };
  }
  const { number, title, issuer, jurisdiction, status, about } = raw;
  const value: Bulletin = {
    ...{ number, title, issuer, jurisdiction, status, about, applies },
    effective: Object.freeze({ from, until }),
    readings: Object.freeze(readingsOf(raw, clauses)),
    clauses: Object.freeze(clauses),
    contentHash: createHash("sha256").update(bytes).digest("hex"),
  };
  return { ok: true, value: Object.freeze(value) };
}

function parseApplies({ about, applies }: Outline, { report }: YamlSource) {
  const condition = parseCondition(applies, { subject: about, path: ["applies"], report });
  if (condition === null) return null;
  for (const part of everyCondition(condition)) {
    if (part.op === "noOverlapWith" || part.op === "byReading") {
      report(["applies"], `${part.op} can't decide whether a bulletin applies`);
    } else if ("fact" in part && !getFact(about, part.fact).needed) {
      report(["applies"], `${part.fact} can be missing, so it can't decide whether it applies`);
    }
  }
  return condition;
}

/** A limit counts a line or does not: there is no third way, so what decides it is never missing. */
function checkLimitWhen(about: SubjectName, when: Condition, path: Path, report: Report) {
  for (const part of everyCondition(when)) {
    if (part.op === "noOverlapWith") {
      report(path, "noOverlapWith can't decide whether a limit counts a line");
    } else if ("fact" in part && !getFact(about, part.fact).needed) {
      report(path, `${part.fact} can be missing, so it can't decide whether a limit counts a line`);
    }
  }
}

function parseClause(
  subject: SubjectName,
  number: string,
  raw: Outline["clauses"][string],
  report: Report,
): Clause {
  const path = ["clauses", number];
  const condition = (kind: "when" | "must" | "should") =>
    raw[kind] === undefined
      ? null
      : parseCondition(raw[kind], { subject, path: [...path, kind], report });
  const { gist, note = false, limit = null } = raw;
  const work = Object.freeze([raw.work ?? []].flat());
  const clause: Clause = Object.freeze({
    ...{ number, gist, note, work },
    when: condition("when"),
    must: condition("must"),
    should: condition("should"),
    limit: limit && Object.freeze(limit),
  });
  const ruled = raw.must !== undefined || raw.should !== undefined || limit !== null;
  if (!ruled && !note && work.length === 0) {
    report(path, "is carried by nothing: give it must, should, limit, work or note");
  }
  if (note && (ruled || work.length > 0)) report(path, "a note has nothing to enforce or to do");
  if (!ruled && raw.when !== undefined) report([...path, "when"], "says when, and asks nothing");
  if (new Set(work).size < work.length) report([...path, "work"], "names the same work twice");
  if (limit !== null && !SUBJECTS[subject].claimed) {
    report([...path, "limit"], `${SUBJECTS[subject].label} has no units to limit`);
  }
  if (limit !== null && clause.when !== null) {
    checkLimitWhen(subject, clause.when, [...path, "when"], report);
  }
  return clause;
}

/** Those of the file, then Throughcare's defaults for what the rules lean on and the file leaves out. */
function readingsOf(raw: Outline, clauses: readonly Clause[]): readonly Reading[] {
  const stated = Object.entries(raw.readings).map(([name, reading]) => ({ name, ...reading }));
  const kinds: readonly Rule["kind"][] = ["must", "should", "limit"];
  const leaned = clauses.flatMap((clause) =>
    kinds.flatMap((kind) => {
      const names = kind === "limit" && clause.limit === null ? [] : readingsNamedBy(clause, kind);
      return names.map((name) => ({ name, clause: clause.number }));
    }),
  );
  const silent = [...new Map(leaned.toReversed().map((lean) => [lean.name, lean])).values()]
    .toReversed()
    .filter(({ name }) => !(name in raw.readings))
    .map(({ name, clause }) => {
      const because = "The bulletin's file does not say; this is Throughcare's default.";
      return { name, value: READINGS[name].default, clause, because };
    });
  return [...stated, ...silent].map((reading) => Object.freeze(reading as Reading));
}
