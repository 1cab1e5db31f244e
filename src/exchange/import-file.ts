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
  const spreadsheet = /\.xlsx$/i.test(name) || startsWith(bytes, ZIP);
  if (startsWith(bytes, OLD_EXCEL)) {
    return { problem: "This is a spreadsheet of an old kind (.xls). Save it as .xlsx or .csv." };
  }
  const read = spreadsheet ? await readSpreadsheet(bytes) : readCsv(bytes);
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

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0];

function startsWith(bytes: Uint8Array, sign: readonly number[]): boolean {
  return sign.every((byte, place) => bytes[place] === byte);
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
  const said = textOf(bytes);
  if (said.includes("\u0000")) {
    return { problem: "This is no text and no spreadsheet that can be read. Save it as .csv." };
  }
  // Excel may be told in a first line what parts the cells; it shows that line to nobody.
  const told = /^sep=(.)\r?\n/i.exec(said);
  const text = told ? said.slice(told[0].length) : said;
  const line = text.slice(0, text.search(/\r|\n|$/)).replace(/"[^"]*"/g, "");
  const delimiter =
    told?.[1] ??
    [",", ";", "\t"].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ??
    ",";
  try {
    const rows: string[][] = parse(text, {
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

/** UTF-8, or what spreadsheet programs write besides: UTF-16 with its mark, Windows-1252. */
function textOf(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder("utf-16le").decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
