/** A JSON Schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** Where the cursor is in a bulletin's file: the keys around it, and whether a key or a value is wanted. */
export interface Place {
  /** From the outermost in; `[]` for an item of a list. */
  readonly path: readonly string[];
  readonly wants: "key" | "value";
  /** Where the word that is being typed begins. */
  readonly from: number;
}

/** One thing that may stand at a place. */
export interface Choice {
  readonly label: string;
  readonly detail: string | null;
  readonly wants: "key" | "value";
}

const WORD = /[\w."'-]*$/;

/**
 * The place of an offset in YAML, in block or flow style, as far as the lines before it tell. It looks at
 * indentation and brackets alone, so it also works while the file is half written.
 */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lines = before.split("\n");
  const last = lines.at(-1) ?? "";
  const word = WORD.exec(last)?.[0] ?? "";
  const line = last.slice(0, last.length - word.length);
  const from = offset - word.length;
  const { outer, flow } = readLine(line);
  const indent = /^\s*- /.test(last) ? last.search(/\S/) : indentOf(last);
  const path = [...keysAbove(lines.slice(0, -1), indent), ...outer];
  if (flow === null) {
    const key = /^\s*(?:- +)*(["']?)([\w.-]+)\1:\s+$/.exec(line)?.[2];
    return key === undefined
      ? { path, wants: "key", from }
      : { path: [...path, key], wants: "value", from };
  }
  return { path: [...path, ...flow.path], wants: flow.wants, from };
}

function indentOf(line: string): number {
  return /^\s*(?:- +)*/.exec(line)?.[0].length ?? 0;
}

/** The keys under which an indentation stands. */
function keysAbove(lines: readonly string[], indent: number): readonly string[] {
  const keys: string[] = [];
  let within = indent;
  for (const line of lines.toReversed()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const dashes = /^(\s*)((?:- +)+)/.exec(line);
    const dashAt = dashes?.[1]?.length ?? null;
    const keyAt = indentOf(line);
    const key = /^\s*(?:- +)*(["']?)([\w.-]+)\1:\s*(?:[>|][+-]?)?\s*(?:#.*)?$/.exec(line)?.[2];
    if (keyAt < within && key !== undefined) {
      keys.unshift(key);
      within = keyAt;
    }
    if (dashAt !== null && dashAt < within) {
      keys.unshift("[]");
      within = dashAt;
    }
    // A list may stand as far out as its key.
    if (within === 0 && keys[0] !== "[]") break;
  }
  return keys;
}

/** What the cursor's own line opens before it: items of lists, and brackets that are not closed yet. */
function readLine(line: string) {
  const outer = [...(/^\s*((?:- +)*)/.exec(line)?.[1] ?? "").matchAll(/- +/g)].map(() => "[]");
  const start = line.search(/[{[]/);
  if (start < 0) return { outer, flow: null };
  const key = /(["']?)([\w.-]+)\1:\s*$/.exec(line.slice(0, start))?.[2];
  if (key !== undefined) outer.push(key);
  const stack: { kind: "map" | "list"; key: string | null }[] = [];
  let word = "";
  for (const letter of line.slice(start)) {
    const top = stack.at(-1);
    if (letter === "{" || letter === "[") {
      stack.push({ kind: letter === "{" ? "map" : "list", key: null });
      word = "";
    } else if (letter === "}" || letter === "]") {
      stack.pop();
      word = "";
    } else if (letter === ":" && top?.kind === "map") {
      top.key = word.trim().replaceAll(/["']/g, "");
      word = "";
    } else if (letter === "," && top) {
      top.key = null;
      word = "";
    } else word += letter;
  }
  const top = stack.at(-1);
  if (!top) return { outer: [], flow: null };
  const path = stack.flatMap(({ kind, key: at }) => (kind === "list" ? ["[]"] : (at ?? [])));
  const wants: Place["wants"] = top.kind === "map" && top.key === null ? "key" : "value";
  return { outer, flow: { path, wants } };
}

/** What the schema lets stand at a place, each once. */
export function choicesAt(schema: Schema, { path, wants }: Pick<Place, "path" | "wants">) {
  let here = unfold(schema, schema);
  for (const step of path) here = here.flatMap((one) => below(schema, one, step));
  const keys = here.flatMap((one) => keysOf(schema, one));
  const values = here.flatMap(valuesOf);
  // An item of a list may be a value or a map.
  const item = path.at(-1) === "[]";
  const found =
    wants === "value" ? [...values, ...keys.map(inBrackets)] : item ? [...keys, ...values] : keys;
  return [...new Map(found.map((choice) => [choice.label, choice])).values()];
}

function inBrackets(choice: Choice): Choice {
  return { ...choice, label: `{ ${choice.label}: ` };
}

/** The schema itself and every one that it says it is or may be. */
function unfold(root: Schema, schema: unknown): readonly Schema[] {
  if (typeof schema !== "object" || schema === null) return [];
  const one = schema as Schema;
  const named = typeof one.$ref === "string" ? [resolve(root, one.$ref)] : [];
  const several = [one.anyOf, one.oneOf].flatMap((of) => (Array.isArray(of) ? of : []));
  const rest = [...named, ...several].flatMap((each) =>
    // What is said beside a $ref describes it better than what it refers to.
    unfold(root, one.description && each ? { ...each, description: one.description } : each),
  );
  return named.length > 0 ? rest : [one, ...rest];
}

function resolve(root: Schema, ref: string): Schema | undefined {
  const steps = ref.replace(/^#\//, "").split("/");
  const found = steps.reduce<unknown>((at, step) => (at as Schema | undefined)?.[step], root);
  return found as Schema | undefined;
}

function below(root: Schema, schema: Schema, step: string): readonly Schema[] {
  if (step === "[]") return unfold(root, schema.items);
  const properties = (schema.properties ?? {}) as Schema;
  if (Object.hasOwn(properties, step)) return unfold(root, properties[step]);
  return unfold(root, schema.additionalProperties);
}

function keysOf(root: Schema, schema: Schema): readonly Choice[] {
  return Object.entries((schema.properties ?? {}) as Schema).map(([label, of]) => ({
    ...{ label, wants: "key" },
    detail: unfold(root, of).find(({ description }) => description)?.description as string | null,
  }));
}

function valuesOf(schema: Schema): readonly Choice[] {
  const { description = null } = schema as { description?: string | null };
  const flags = schema.type === "boolean" ? [true, false] : [];
  const consts = "const" in schema ? [schema.const] : [];
  const listed = Array.isArray(schema.enum) ? schema.enum : [];
  return [...flags, ...consts, ...listed].map((value) => ({
    ...{ label: String(value), detail: "const" in schema ? description : null, wants: "value" },
  }));
}
