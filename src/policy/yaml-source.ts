import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from "yaml";
import type { Path, Report } from "./parse-condition.ts";

/** Something wrong in a file, and where. */
export interface LoadProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The clause it stands in, or null outside of the clauses. */
  readonly clause: string | null;
  readonly message: string;
}

export type Loaded<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly LoadProblem[] };

/** A YAML file opened for reading: its data, and a way to take down what is wrong at a place in it. */
export interface YamlSource {
  readonly document: Document;
  readonly data: unknown;
  readonly problems: readonly LoadProblem[];
  readonly report: Report;
}

/** One slip can make a thousand. */
const MOST_YAML_ERRORS = 10;

/** Opens the file. A file that is not UTF-8 or not YAML has its problems already. */
export function openYaml(bytes: Uint8Array, file: string): YamlSource {
  const lines = new LineCounter();
  const text = decode(bytes);
  const document = parseDocument(text ?? "", { lineCounter: lines, uniqueKeys: true });
  const problems: LoadProblem[] = [];
  const add = (offset: number, path: Path, message: string) => {
    const clause = path[0] === "clauses" && path.length > 1 ? String(path[1]) : null;
    problems.push({ file, line: lines.linePos(offset).line, clause, message });
  };
  const report: Report = (path, message) => add(offsetOf(document, path), path, message);
  if (text === null) add(0, [], "is not UTF-8 text");
  for (const error of document.errors.slice(0, MOST_YAML_ERRORS)) {
    add(error.pos[0], clauseAt(document, error.pos[0]), sayYamlError(error));
  }
  const data = problems.length === 0 ? safely(() => document.toJS(), report) : null;
  return { document, data, problems, report };
}

/** One line for people: file, line, clause, what. */
export function sayProblem({ file, line, clause, message }: LoadProblem): string {
  return `${file}:${line}: ${clause === null ? "" : `clause ${clause}: `}${message}`;
}

/** Without the place and the excerpt, which the problem has already. */
function sayYamlError({ message }: Error): string {
  return message.replace(/ at line \d+, column \d+:.*$/s, "");
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** An alias that grows without end, or names no anchor, only shows when the data is built. */
function safely(build: () => unknown, report: Report): unknown {
  try {
    return build();
  } catch (error) {
    report([], error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** Where the deepest part of the path that exists begins; for a map's entry, where its key begins. */
function offsetOf(document: Document, path: Path): number {
  let offset = 0;
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step));
      if (pair === undefined) return offset;
      offset = (isNode(pair.key) && pair.key.range?.[0]) || offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = (isNode(node) && node.range?.[0]) || offset;
    } else {
      return offset;
    }
  }
  return offset;
}

/** The path of the clause in which an offset lies, for problems that have no path of their own. */
function clauseAt(document: Document, offset: number): Path {
  const clauses = document.get("clauses", true);
  if (!isMap(clauses)) return [];
  const holding = clauses.items.findLast(
    ({ key }) => isNode(key) && key.range != null && key.range[0] <= offset,
  );
  return holding === undefined ? [] : ["clauses", String(holding.key)];
}
