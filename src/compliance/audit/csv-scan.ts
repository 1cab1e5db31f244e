import { open } from "node:fs/promises";
import { Refusal } from "./refusal.ts";

/** Whether a file has the form of RFC 4180 throughout: its records after the header. */
export interface CsvScan {
  readonly records: number;
  /** Bytes of the longest record, the header included. */
  readonly longest: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;
const CHUNK = 4 << 20;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** Where the reading stands between two bytes. */
const AT_START = 0;
const IN_PLAIN = 1;
const IN_QUOTES = 2;
const AFTER_QUOTE = 3;
const AFTER_CR = 4;

/**
 * Reads a CSV file's bytes once and refuses what is not RFC 4180: a broken quote, a record of another
 * width than the header, a bare carriage return, both kinds of line end. Keeps no record. The database
 * reads the values; it forgives some of this (an empty line is skipped), which would miscount rows.
 * `header` is told the first record's cells as soon as they are read.
 */
export async function scanCsv(
  file: string,
  header: (names: readonly string[]) => void,
  progress: (bytes: number) => void = () => {},
): Promise<CsvScan> {
  const handle = await open(file);
  const buffer = Buffer.allocUnsafe(CHUNK);
  let state = AT_START;
  let width = 1;
  let headerWidth = 0;
  let records = -1;
  let line = 1;
  let recordLine = 1;
  let carriages = 0;
  let position = 0;
  let recordStart = 0;
  let longest = 0;
  const headerBytes: Buffer[] = [];

  const refuse = (what: string): never => {
    const at = records < 0 ? "the header" : `row ${records + 1}`;
    throw new Refusal(`${file}: line ${recordLine}, ${at}: ${what}`);
  };
  const endRecord = (end: number, withCarriage: boolean) => {
    if (end - recordStart > longest) longest = end - recordStart;
    if (records < 0) {
      headerWidth = width;
      header(cellsOf(file, headerBytes));
    } else if (width !== headerWidth) {
      refuse(`it has ${width} ${width === 1 ? "cell" : "cells"} and the header has ${headerWidth}`);
    }
    if (withCarriage) carriages++;
    if (carriages > 0 && carriages <= records + 1) refuse("line ends are both LF and CRLF");
    records++;
    width = 1;
    recordLine = line;
    recordStart = end;
  };

  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, position);
      if (bytesRead === 0) break;
      let i = 0;
      if (position === 0 && BYTE_ORDER_MARK.every((byte, at) => buffer[at] === byte)) i = 3;
      let headerFrom = i;
      while (i < bytesRead) {
        const byte = buffer[i++] as number;
        if (state === IN_QUOTES) {
          if (byte === QUOTE) state = AFTER_QUOTE;
          else if (byte === LF) line++;
        } else if (state === AFTER_CR) {
          if (byte !== LF) refuse("a carriage return without a line feed");
          line++;
          if (records < 0) headerBytes.push(Buffer.from(buffer.subarray(headerFrom, i)));
          endRecord(position + i, true);
          headerFrom = i;
          state = AT_START;
        } else if (byte === COMMA) {
          width++;
          state = AT_START;
        } else if (byte === LF) {
          line++;
          if (records < 0) headerBytes.push(Buffer.from(buffer.subarray(headerFrom, i)));
          endRecord(position + i, false);
          headerFrom = i;
          state = AT_START;
        } else if (byte === CR) {
          state = AFTER_CR;
        } else if (byte === QUOTE) {
          if (state === AT_START || state === AFTER_QUOTE) state = IN_QUOTES;
          else refuse("a quote inside a cell that does not begin with one");
        } else if (state === AFTER_QUOTE) {
          refuse("something stands between a closing quote and the next comma");
        } else {
          state = IN_PLAIN;
        }
      }
      if (records < 0) headerBytes.push(Buffer.from(buffer.subarray(headerFrom, bytesRead)));
      position += bytesRead;
      progress(position);
    }
    if (state === IN_QUOTES) refuse("a quote is opened and never closed");
    if (state === AFTER_CR) refuse("a carriage return without a line feed");
    const unfinished =
      position > recordStart && (records < 0 ? headerBytes.some((part) => part.length > 0) : true);
    if (unfinished) {
      // The last record needs no line end; it must not count as one that ends otherwise.
      if (carriages > 0) carriages++;
      endRecord(position, false);
    }
    if (records < 0) throw new Refusal(`${file}: it is empty, without a header`);
    return { records, longest };
  } finally {
    await handle.close();
  }
}

/** The cells of one well-formed record. */
function cellsOf(file: string, bytes: readonly Buffer[]): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(bytes));
  } catch {
    throw new Refusal(`${file}: line 1, the header: it is not UTF-8`);
  }
  const cells = text.replace(/\r?\n$/, "").match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)/g) ?? [];
  return cells.map((cell) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}
