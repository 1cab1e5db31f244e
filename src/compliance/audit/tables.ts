/** The readable rows: `row` and the facts, typed, but for the qualification. A view: nothing is copied. */
export const LINES = "audit_line";
/** The same with the qualification, and the answers to what the bulletin asks of it. */
export const FACTS = "audit_facts";
/** Those of them that are exceptions by the bulletin, beside what was said of them. */
export const FOUND = "audit_found";
/** Rows and units by day, program, agency and whether the bulletin applies. */
export const DAYS = "audit_day";
/** The table of rows that no rule ever sees, and why. */
export const REJECTS = "audit_reject";
/** What each performer holds, by stretches of days in which it stays the same. */
export const HELD = "audit_held";
/** The table of the exceptions by a bulletin: lines that it applies to and that are not payable in full. */
export const EXCEPTIONS = "audit_exception";

/** What becomes of a line, best first. */
export const OUTCOMES = ["payable", "reduced", "denied", "pended", "not-applicable"] as const;

/** DuckDB's type of an outcome: one byte, and written to files as its text. */
export const OUTCOME = "audit_outcome";

/** Types of the programs and agencies of a file: kept by the million, their texts would take much room. */
export const PROGRAM = "audit_program";
export const AGENCY = "audit_agency";

/** To be run once on a database. */
export const OUTCOME_TYPE = `CREATE TYPE ${OUTCOME} AS ENUM (${OUTCOMES.map((name) => `'${name}'`).join(", ")})`;
