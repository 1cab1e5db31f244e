import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** As much as all files of one form may be. */
export const MOST_UPLOADED = 256 * 1024 * 1024;
/** What a form says beside its files. */
export const MOST_SAID = 256 * 1024;
/** Fields and files of one form: each takes memory or a file of its own, however empty. */
const MOST_PARTS = 100;

/** A file that came with a form, on this machine's disk. */
export type UploadedFile = { readonly path: string; readonly name: string; readonly size: number };

/** A form whose files were written to disk while they came: never is one in memory whole. */
export type Upload = {
  /** The other fields. */
  readonly form: FormData;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Where the files lie; whoever takes it removes it. */
  readonly folder: string;
  /** No file could be kept, for want of room on this machine's disk. */
  readonly noRoom: boolean;
};

const NO_ROOM = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

function isNoRoom(error: unknown): boolean {
  return NO_ROOM.has((error as NodeJS.ErrnoException).code ?? "");
}

/** What was sent is no form that a browser sends, or longer than allowed. */
export class BadUpload extends Error {}

/** The folders of this process are known by its number: what a killed one left is found and removed. */
export const uploadPrefix = "throughcare-upload-";

/**
 * Reads a `multipart/form-data` body as it comes. Leaves nothing behind when it throws, nor files when
 * the disk is full; then the rest is read and let go, since nobody hears an answer while they send.
 */
export async function receive(request: Request): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? bare?.trim();
  if (!boundary || !request.body) throw new BadUpload("no form");
  const folder = join(tmpdir(), `${uploadPrefix}${process.pid}-${randomUUID()}`);
  try {
    return { folder, ...(await readParts(request.body, boundary, folder)) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

type Sink = { write: (bytes: Buffer) => Promise<void>; end: () => Promise<void> };

async function readParts(body: AsyncIterable<Uint8Array>, boundary: string, folder: string) {
  const form = new FormData();
  const files = new Map<string, UploadedFile>();
  let left = MOST_UPLOADED;
  let said = MOST_SAID;
  let opened = 0;
  let parts = 0;
  let noRoom = false;
  await orNoRoom(() => mkdir(folder, { mode: 0o700 }));

  async function orNoRoom(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isNoRoom(error)) throw error;
      noRoom = true;
      files.clear();
      // What lies there is in the way of everybody.
      await rm(folder, { recursive: true, force: true });
    }
  }

  async function sinkOf(head: string): Promise<Sink> {
    if (++parts > MOST_PARTS) throw new BadUpload("too many parts");
    const line = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? "";
    const name = parameterOf(line, "name");
    if (name === null) throw new BadUpload("a part without a name");
    const fileName = parameterOf(line, "filename");
    if (fileName === null) {
      const pieces: Buffer[] = [];
      return {
        write: async (bytes) => {
          said -= bytes.length;
          if (said < 0) throw new BadUpload("too much text");
          pieces.push(Buffer.from(bytes));
        },
        end: async () => form.append(name, Buffer.concat(pieces).toString("utf8")),
      };
    }
    const path = join(folder, String(opened++));
    let handle: FileHandle | undefined;
    if (!noRoom) {
      await orNoRoom(async () => {
        handle = await open(path, "wx", 0o600);
      });
    }
    let size = 0;
    return {
      write: async (bytes) => {
        size += bytes.length;
        left -= bytes.length;
        if (left < 0) throw new BadUpload("too long");
        if (!noRoom) await orNoRoom(async () => handle?.writeFile(bytes));
      },
      end: async () => {
        await orNoRoom(async () => handle?.close());
        // A field in which nothing was chosen.
        if (size > 0 && !noRoom && !files.has(name))
          files.set(name, { path, name: fileName, size });
      },
    };
  }

  const between = Buffer.from(`\r\n--${boundary}`);
  let rest = Buffer.from("\r\n");
  let sink: Sink | null = null;
  let state: "before" | "after" | "head" | "body" | "over" = "before";
  try {
    for await (const chunk of body) {
      rest = Buffer.concat([rest, chunk]);
      for (let more = true; more && state !== "over"; ) {
        more = false;
        if (state === "before" || state === "body") {
          const at = rest.indexOf(between);
          const taken = at >= 0 ? at : Math.max(0, rest.length - between.length + 1);
          if (taken > 0) await sink?.write(rest.subarray(0, taken));
          rest = rest.subarray(at >= 0 ? at + between.length : taken);
          if (at >= 0) {
            await sink?.end();
            sink = null;
            state = "after";
            more = true;
          }
        } else if (state === "after" && rest.length >= 2) {
          // The line's end stays: a part without a header would have none.
          state = rest.toString("latin1", 0, 2) === "--" ? "over" : "head";
          more = true;
        } else if (state === "head") {
          const at = rest.indexOf("\r\n\r\n");
          if (at < 0 && rest.length > 16 * 1024) throw new BadUpload("a header too long");
          if (at >= 0) {
            sink = await sinkOf(rest.toString("utf8", 0, at));
            rest = rest.subarray(at + 4);
            state = "body";
            more = true;
          }
        }
      }
    }
    if (state !== "over") throw new BadUpload("it broke off");
  } finally {
    // What broke off leaves no open file.
    await sink?.end().catch(() => {});
  }
  return { form, files, noRoom };
}

/** A parameter as browsers write it: quotes and line ends as %22, %0D, %0A. */
function parameterOf(disposition: string, parameter: string): string | null {
  const found = new RegExp(`[;\\s]${parameter}="([^"]*)"`, "i").exec(disposition)?.[1];
  return (
    found
      ?.replaceAll("%22", '"')
      .replaceAll(/%0D|%0A/gi, " ")
      .trim() ?? null
  );
}
