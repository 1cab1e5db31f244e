import { Engine } from "json-rules-engine";
import { measure } from "./measure.js";

/**
 * FY10-Clinical-16 as rules of json-rules-engine: for each clause one rule that says breached and one that
 * says unknown, since it knows true and false only. A rule sees the facts of one line, so 3.2 (other lines
 * of the day) and 4.1 (the week's units) can't be written.
 */
const PROGRAMS = ["adolescent", "women-children", "women-children-enhanced", "general"]
  .concat("general-enhanced", "opioid")
  .map((name) => `cstar-${name}`);
const PLANS = ["treatment-plan", "discharge-plan", "both"];

const is = (fact, operator, value) => ({ fact, operator, value });
const missing = (fact) => is(fact, "equal", null);
const recorded = (fact) => is(fact, "notEqual", null);
const applies = [
  is("service", "equal", "family-conference"),
  is("service_date", "atLeastText", "2010-04-15"),
];

/** Of each clause, what breaches it whatever else is recorded, and the facts that it needs. */
const CLAUSES = {
  1.1: {
    breached: [{ all: [recorded("program"), is("program", "notIn", PROGRAMS)] }],
    facts: ["program"],
  },
  3.1: {
    breached: [
      is("supports_present", "lessThan", 1),
      { all: [recorded("plan_discussed"), is("plan_discussed", "notIn", PLANS)] },
    ],
    facts: ["supports_present", "plan_discussed"],
  },
  4.2: {
    breached: [
      { all: [recorded("setting"), is("setting", "notEqual", "office")] },
      is("consumer_present", "equal", false),
    ],
    facts: ["setting", "consumer_present"],
  },
  5.1: {
    breached: [
      {
        all: [
          is("qualifications", "doesNotContain", "qsap"),
          is("qualifications", "doesNotContain", "asac"),
        ],
      },
    ],
    facts: ["qualifications"],
  },
};

await measure((lines) => {
  const engine = new Engine();
  engine.addOperator("atLeastText", (a, b) => a >= b);
  for (const [clause, { breached, facts }] of Object.entries(CLAUSES)) {
    engine.addRule({
      conditions: { all: [...applies, { any: breached }] },
      event: { type: "breached", params: { clause } },
    });
    engine.addRule({
      conditions: { all: [...applies, { any: facts.map(missing) }, { not: { any: breached } }] },
      event: { type: "unknown", params: { clause } },
    });
  }
  return async () => {
    const found = [];
    for (const line of lines) {
      const { events } = await engine.run(line);
      for (const { type, params } of events) found.push([line.line_id, params.clause, type]);
    }
    return found;
  };
});
