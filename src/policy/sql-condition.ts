import {
  type Condition,
  type Dictionary,
  everyCondition,
  type IsAtLeast,
  type IsAtMost,
  interpret,
  type Value,
} from "./condition.ts";
import { getFact, type SubjectName } from "./facts.ts";
import { type Dialect, literal, SQL_TYPES } from "./sql-dialect.ts";

/** What compiling a condition needs to know. */
export interface SqlContext {
  readonly subject: SubjectName;
  readonly dialect: Dialect;
  readonly reading: (name: string) => string | number;
  /** The column that tells lines apart. */
  readonly key: string;
  /** Alias of the relation with the facts. */
  readonly alias: string;
  /** Facts that the relation has no column for; they are unknown. */
  readonly absent: ReadonlySet<string>;
  /** The relation that says, for each service, whether a line overlaps one of it. */
  readonly overlaps: ReadonlyMap<string, string>;
  /** Columns that already say whether any of certain codes is held, by `heldKey`. */
  readonly held?: ReadonlyMap<string, string>;
  /** The column that already says held codes in words, by fact. */
  readonly heldWords?: ReadonlyMap<string, string>;
  /** Whether a code is looked up among one as among many; see `auditAppliesSql`. */
  readonly lookUp?: boolean;
}

/** What a rule asks of held codes: the fact, and the codes of which any will do. */
export interface HeldCodes {
  readonly fact: string;
  readonly codes: readonly string[];
}

/** A text that is the same for the same codes of the same fact. */
export function heldKey({ fact, codes }: HeldCodes): string {
  return JSON.stringify([fact, ...codes]);
}

/** Everything that conditions ask of held codes, each once. */
export function heldCodes(
  subject: SubjectName,
  conditions: readonly Condition[],
): readonly HeldCodes[] {
  const asked = conditions
    .flatMap((condition) => [...everyCondition(condition)])
    .flatMap((part): readonly HeldCodes[] => {
      if (part.op !== "is" && part.op !== "isOneOf") return [];
      if (getFact(subject, part.fact).kind !== "held-codes") return [];
      const codes = part.op === "is" ? [part.value] : part.values;
      return [{ fact: part.fact, codes: codes.map(String) }];
    });
  return [...new Map(asked.map((one) => [heldKey(one), one])).values()];
}

/**
 * A boolean expression that is true, false or null where `evaluate` gives true, false or null. Safe
 * to stand beside AND, OR and NOT.
 */
export function conditionSql(condition: Condition, context: SqlContext): string {
  return interpret(meaning, condition, context);
}

/** Services that conditions look for overlaps with. */
export function overlapServices(conditions: readonly Condition[]): readonly string[] {
  const services = conditions
    .flatMap((condition) => [...everyCondition(condition)])
    .flatMap((part) => (part.op === "noOverlapWith" ? [part.service] : []));
  return [...new Set(services)];
}

const meaning: Dictionary<SqlContext, string> = {
  is: ({ fact, value }, context) => isAmong(fact, [value], context),

  isOneOf: ({ fact, values }, context) => isAmong(fact, values, context),

  isAtLeast: (condition, context) => compare(condition, ">=", context),

  isAtMost: (condition, context) => compare(condition, "<=", context),

  allOf: ({ of }, context) => joined(of, " AND ", context),

  anyOf: ({ of }, context) => joined(of, " OR ", context),

  not: ({ of }, context) => `(NOT ${conditionSql(of, context)})`,

  noOverlapWith: ({ service }, { overlaps, key }) => {
    const relation = overlaps.get(service);
    if (relation === undefined) throw new RangeError(`No overlaps with ${service} were prepared`);
    return `(${relation}.${key} IS NULL OR ${relation}.holds)`;
  },

  byReading: ({ reading, options }, context) => {
    const branch = options[context.reading(reading)];
    if (branch === undefined) throw new RangeError(`Reading ${reading} has no branch`);
    return conditionSql(branch, context);
  },
};

function joined(of: readonly Condition[], operator: string, context: SqlContext): string {
  return `(${of.map((part) => conditionSql(part, context)).join(operator)})`;
}

function isAmong(fact: string, values: readonly Value[], context: SqlContext): string {
  const literals = values.map((value) => typed(fact, value, context));
  const column = columnOf(fact, context);
  if (getFact(context.subject, fact).kind === "held-codes") {
    const known = context.held?.get(heldKey({ fact, codes: values.map(String) }));
    if (known !== undefined) return `${context.alias}.${known}`;
    return `(${context.dialect.holdsAny(column, literals)})`;
  }
  const [only] = literals;
  return literals.length === 1 && !(context.lookUp && typeof values[0] === "string")
    ? `(${column} = ${only})`
    : `(${context.dialect.isOneOf(column, literals)})`;
}

function compare(
  { fact, value }: IsAtLeast | IsAtMost,
  operator: ">=" | "<=",
  context: SqlContext,
): string {
  const bound = typeof value === "object" ? context.reading(value.reading) : value;
  const column = columnOf(fact, context);
  const byBytes = getFact(context.subject, fact).kind === "time";
  const left = byBytes ? context.dialect.byBytes(column) : column;
  return `(${left} ${operator} ${typed(fact, bound, context)})`;
}

/** A fact's column, or a typed null where the relation has none. */
export function columnOf(fact: string, { subject, alias, absent }: SqlContext): string {
  const { kind } = getFact(subject, fact);
  return absent.has(fact) ? `CAST(NULL AS ${SQL_TYPES[kind]})` : `${alias}.${fact}`;
}

function typed(fact: string, value: Value, { subject, dialect }: SqlContext): string {
  const written = literal(dialect, value);
  return getFact(subject, fact).kind === "day" ? `DATE ${written}` : written;
}
