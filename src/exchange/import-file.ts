import { parse } from "csv-parse/sync";
import { readSheet } from "read-excel-file/node";

/** More than an agency has of anything; more is likely the wrong file. */
export const MOST_ROWS = 20_000;
const MOST_BYTES = 20_000_000;

export type Table = { header: string[]; rows: string[][] };

/** A file of another system as a table of texts, or why it cannot be read, in the user's words. */
export async function readTable(
  name: string,
  bytes: Uint8Array,
): Promise<Table | { problem: string }> {
  if (bytes.byteLength === 0) return { problem: "The file is empty." };
  if (bytes.byteLength > MOST_BYTES) return { problem: "The file is larger than 20 MB. Split it." };
  const read = /\.xlsx$/i.test(name) ? await readSpreadsheet(bytes) : readCsv(bytes);
  if ("problem" in read) return read;
  const [first, ...rows] = read.rows;
  const header = (first ?? []).map((cell) => cell.trim());
  if (header.filter(Boolean).length === 0)
    return { problem: "The first row must name the columns." };
  const twice = header.find((cell, place) => cell && header.indexOf(cell) !== place);
  if (twice) return { problem: `Two columns are called “${twice}”. Rename one.` };
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
  if (filled.length === 0) return { problem: "There is nothing below the names of the columns." };
  if (rows.length > MOST_ROWS)
    return { problem: `There are more than ${MOST_ROWS} rows. Split the file.` };
  return { header, rows };
}

async function readSpreadsheet(
  bytes: Uint8Array,
): Promise<{ rows: string[][] } | { problem: string }> {
  try {
    const rows = await readSheet(Buffer.from(bytes));
    return { rows: rows.map((row) => row.map(cellText)) };
  } catch {
    return { problem: "This is not a spreadsheet that can be read. Save it as .xlsx or .csv." };
  }
}

/** Days are written as days, whatever the spreadsheet shows them as. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

function readCsv(bytes: Uint8Array): { rows: string[][] } | { problem: string } {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  const line = text.slice(0, text.search(/\r?\n|$/));
  const delimiter =
    [",", ";", "\t"].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ",";
  try {
    const rows: string[][] = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
    });
    return { rows };
  } catch (error) {
    const at = error instanceof Error && "lines" in error ? ` near line ${error.lines}` : "";
    return { problem: `This is not a CSV file that can be read: a quote is open${at}.` };
  }
}
