import { mkdirSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeLeftUploads } from "../../src/compliance/audit/file-run.ts";
import { auditUpload, findUploadedFindings } from "../../src/compliance/audit/uploaded.ts";
import { auditBench, conference, csvOf } from "./files.ts";

let bench: Awaited<ReturnType<typeof auditBench>>;
beforeAll(async () => {
  bench = await auditBench();
});
afterAll(() => bench?.close());

test("an uploaded file is audited as it goes along, and its findings are read page by page", async () => {
  const lines = ["c", "a", "b"].map((id) => conference(id, { setting: "home", program: "x" }));
  const folder = join(bench.folder, "uploaded");
  const shares: number[] = [];
  const summary = await auditUpload({
    ...{ lines: bench.write("upload.csv", csvOf(lines)), folder, bulletin: bench.founding },
    progress: (share) => shares.push(share),
    warn: () => {},
  });
  expect(summary.lines.denied).toBe(3);
  expect(shares.at(-1)).toBeGreaterThan(0.8);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const first = await findUploadedFindings(folder, { most: 4 });
  expect(first.findings.map(({ line_id, clause }) => line_id + clause)).toEqual([
    ...["a1.1", "a4.2", "b1.1", "b4.2"],
  ]);
  const last = await findUploadedFindings(folder, { most: 4, offset: first.next ?? 0 });
  expect(last.findings.map(({ line_id, clause }) => line_id + clause)).toEqual(["c1.1", "c4.2"]);
  expect(last.next).toBeNull();
  expect((await findUploadedFindings(join(folder, "none"))).findings).toEqual([]);
});

test("what a killed server left of uploads is removed, and nothing that is at work", async () => {
  const place = join(bench.folder, "left");
  const gone = 2 ** 22 + 1;
  const left = (name: string, age = 0) => {
    const folder = join(place, name);
    mkdirSync(folder, { recursive: true });
    const then = new Date(Date.now() - age);
    utimesSync(folder, then, then);
  };
  const dayAndMore = 90_000_000;
  left(`throughcare-upload-${gone}-aaa`);
  left(`throughcare-upload-${process.pid}-bbb`);
  left(`throughcare-upload-${process.ppid}-ccc`);
  left(`throughcare-upload-${process.ppid}-ddd`, dayAndMore);
  left("throughcare-audit-eee", dayAndMore);
  left("another", dayAndMore);
  await removeLeftUploads(false, place);
  const [own, other] = ["bbb", "ccc"];
  const kept = ["another", "throughcare-audit-eee", `throughcare-upload-${process.ppid}-${other}`];
  expect(readdirSync(place).toSorted()).toEqual(
    [...kept, `throughcare-upload-${process.pid}-${own}`].toSorted(),
  );
  // At the start this process has none of its own yet: its number was another's.
  await removeLeftUploads(true, place);
  expect(readdirSync(place).toSorted()).toEqual(kept.toSorted());
});
