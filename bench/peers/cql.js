import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CqlTranslator,
  createModelInfoProvider,
  LibraryManager,
  ModelManager,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";
import { Executor, Library, PatientSource } from "cql-execution";
import { measure } from "./measure.js";
import { SYSTEM_MODEL } from "./system-model.js";

/** FY10-Clinical-16 in CQL, all lines of a consumer at once, as CQL judges a patient. */
const CLAUSES = { c11: "1.1", c31: "3.1", c32: "3.2", c42: "4.2", c51: "5.1" };

/** Without the marks for tracing, which only slow the engine. */
function translate(file) {
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(
    createModelInfoProvider((name) => (name === "System" ? stringAsSource(SYSTEM_MODEL) : null)),
  );
  const text = readFileSync(file, "utf8");
  const elm = CqlTranslator.fromText(text, new LibraryManager(models)).toJson();
  const { library } = JSON.parse(elm);
  const wrong = library.annotation.filter(({ errorSeverity }) => errorSeverity === "error");
  if (wrong.length > 0) throw new Error(`${file}: ${wrong.map((one) => one.message).join("; ")}`);
  const traces = new Set(["localId", "annotation", "locator"]);
  return JSON.parse(elm, (key, value) => (traces.has(key) ? undefined : value));
}

await measure((lines) => {
  const library = new Library(translate(join(import.meta.dirname, "fy10-clinical-16.cql")));
  const people = [...Map.groupBy(lines, ({ consumer_id }) => consumer_id).values()];
  return async () => {
    const found = [];
    for (const Lines of people) {
      const executor = new Executor(library, undefined, { Lines });
      const { unfilteredResults } = await executor.exec(new PatientSource([]));
      for (const line of unfilteredResults.Judged) {
        for (const [column, clause] of Object.entries(CLAUSES)) {
          const truth = line[column];
          if (truth !== true)
            found.push([line.line_id, clause, truth === null ? "unknown" : "breached"]);
        }
      }
      for (const { line_id, c41 } of unfilteredResults.Counted) {
        if (!c41) found.push([line_id, "4.1", "breached"]);
      }
    }
    return found;
  };
});
