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
