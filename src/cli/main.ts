import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { home } from "./home.ts";

// What was stripped of its types and compiled once is kept: a command answers in half the time.
enableCompileCache(join(home, "node_modules/.cache/node"));

/** `throughcare <command>`: one file a command, loaded only when it is asked for. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  serve: {
    summary: "serve the product (--empty: without the demonstration; --dev: with hot reload)",
    load: () => import("./serve.ts"),
  },
  audit: {
    summary: "judge a file of service lines: audit LINES --bulletin NUMBER --out DIR",
    load: () => import("./audit.ts"),
  },
  "what-if": {
    summary: "compare a draft with what is in force: what-if LINES --draft FILE --out DIR",
    load: () => import("./what-if.ts"),
  },
  test: { summary: "run every check and every test", load: () => import("./test.ts") },
  check: {
    summary: "types, style, import walls and unused code",
    load: () => import("./check.ts"),
  },
  bench: {
    summary:
      "measure every page, small and larger (--times N --people N); bench audit (--lines N --rounds N --peers)",
    load: () => import("./bench.ts"),
  },
  schema: {
    summary: "write the files generated from the database and the fact catalogue",
    load: () => import("./schema.ts"),
  },
  "verify-log": {
    summary: "prove that nobody altered the access log",
    load: () => import("./verify-log.ts"),
  },
};

export type Command = {
  run: (args: string[]) => Promise<number>;
  /** What `--help` prints, where a command takes more than its summary says. */
  help?: string;
};

const [name = "help", ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
const wantsHelp = args.includes("--help") || args.includes("-h");
const asked = ["help", "--help", "-h"].includes(name) || wantsHelp;
const help = command && wantsHelp ? (await command.load()).help : undefined;
if (help !== undefined) {
  console.log(help);
  process.exit(0);
}
if (!command || asked) {
  if (!asked) console.error(`There is no command "${name}".\n`);
  const width = Math.max(...Object.keys(commands).map((key) => key.length));
  const say = asked ? console.log : console.error;
  say("throughcare <command>\n");
  for (const [key, { summary }] of Object.entries(commands)) {
    say(`  ${key.padEnd(width)}  ${summary}`);
  }
  process.exit(asked ? 0 : 2);
}
try {
  process.exit(await (await command.load()).run(args));
} catch (error) {
  // A line to act on; where in the source it came from helps nobody but us.
  const { message, cause, code } = error as Error & { code?: string };
  console.error(message);
  if (cause instanceof Error) console.error(cause.message);
  if (process.env.THROUGHCARE_DEBUG) console.error(error);
  process.exit(code?.startsWith("ERR_PARSE_ARGS") ? 2 : 1);
}
