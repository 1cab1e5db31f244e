/**
 * Rows as CSV by RFC 4180: CRLF, a header, quotes where a value holds a comma, a quote or a line's end.
 * Null is an empty cell. Values are never altered: see service-lines.ts.
 */
export function writeCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string | number | boolean | null): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The same for people who open it in a spreadsheet: text that one would take for a formula gets an
 * apostrophe before it. Never for what another system reads, which wants values as they are.
 */
export function writeSheet(
  header: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  return writeCsv(
    header,
    rows.map((row) => row.map((value) => (typeof value === "string" ? asText(value) : value))),
  );
}

function asText(value: string): string {
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
