import { afterAll, beforeAll, expect, test } from "vitest";
import { testDatabase } from "../../test/support/database.ts";
import { type Recorded, recordedAgency } from "../../test/support/recorded.ts";
import { getDay } from "../kernel/day.ts";
import { answer, ask, findQuestion, findQuestions, findQuestionsTo } from "./question-store.ts";

let it: Recorded;
let service: string;
beforeAll(async () => {
  it = await recordedAgency(await testDatabase());
  service = await it.record(await it.consumer(), { day: getDay("2026-03-02"), supports: null });
});
afterAll(() => it.db.drop());

const asking = (text: string) => ({
  agencyId: it.agencyId,
  serviceId: service,
  clause: "3.1",
  text,
  by: it.biller,
});

test("a biller's question reaches the signer, and the answer the biller; it is answered once", async () => {
  const id = (await it.as(it.biller, (db) => ask(db, asking("How many supports came?")))) ?? "";
  const [open] = await it.as(it.counselor, (db) => findQuestionsTo(db, it.counselor));
  expect(open).toMatchObject({
    id,
    clause: "3.1",
    toName: "counselor",
    askedBy: "biller",
    answer: null,
  });
  const say = (text: string) =>
    it.as(it.counselor, (db) => answer(db, { id, by: it.counselor, text }));
  expect(await say("Two; I corrected the record")).toBe(true);
  expect(await say("Three")).toBe(false);
  const [seen] = await it.as(it.biller, (db) => findQuestions(db, service));
  expect(seen).toMatchObject({ answer: "Two; I corrected the record" });
});

test("nobody but the signer answers, nobody but a biller asks, and others do not see it", async () => {
  const id = (await it.as(it.biller, (db) => ask(db, asking("And who?")))) ?? "";
  const asBiller = await it.as(it.biller, (db) => answer(db, { id, by: it.biller, text: "Me" }));
  expect(asBiller).toBe(false);
  const forged = it.as(it.biller, (db) =>
    db
      .updateTable("question")
      .set({ answer: "x", answered_by: it.counselor, answered_at: new Date() })
      .where("id", "=", id)
      .executeTakeFirst(),
  );
  expect((await forged).numUpdatedRows).toBe(0n);
  await expect(
    it.as(it.counselor, (db) => ask(db, { ...asking("?"), by: it.counselor })),
  ).rejects.toThrow(/row-level security/);
  expect(await it.as(it.administrator, (db) => findQuestion(db, id))).toBeNull();
  expect(await it.as(it.administrator, (db) => ask(db, asking("?")))).toBeNull();
});
