import type { Dialect } from "./sql-dialect.ts";

/** PostgreSQL 18 and later. */
export const postgresql: Dialect = {
  name: "postgresql",

  // A backslash means itself only under standard_conforming_strings, which a server may turn off;
  // in E'' it is doubled under either setting.
  text: (value) => {
    const quoted = `'${value.replaceAll("'", "''")}'`;
    return quoted.includes("\\") ? `E${quoted.replaceAll("\\", "\\\\")}` : quoted;
  },

  byBytes: (expression) => `${expression} COLLATE "C"`,

  isOneOf: (value, literals) => `${value} IN (${literals.join(", ")})`,

  holdsAny: (list, texts) => `${list} && ARRAY[${texts.join(", ")}]::text[]`,
};
