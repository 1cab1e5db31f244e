/** `throughcare <command>`: one file a command, loaded only when it is asked for. */
const commands: Record<string, { summary: string; load: () => Promise<Command> }> = {
  serve: {
    summary: "serve the product (--empty: without the demonstration; --dev: with hot reload)",
    load: () => import("./serve.ts"),
  },
  test: { summary: "run every check and every test", load: () => import("./test.ts") },
  check: {
    summary: "types, style, import walls and unused code",
    load: () => import("./check.ts"),
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

export type Command = { run: (args: string[]) => Promise<number> };

const [name = "help", ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  const width = Math.max(...Object.keys(commands).map((key) => key.length));
  console.log("throughcare <command>\n");
  for (const [key, { summary }] of Object.entries(commands)) {
    console.log(`  ${key.padEnd(width)}  ${summary}`);
  }
  process.exit(name === "help" || name === "--help" ? 0 : 2);
}
process.exitCode = await (await command.load()).run(args);
