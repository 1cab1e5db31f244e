import { benchOf } from "../../compliance/judge.ts";
import { act, noSuchPage } from "../../web/guard.ts";
import { type Draft, privateMinutesOf, readDraft } from "../conference-draft.ts";
import { findHeld, saveDraft } from "../hold-store.ts";
import { type Length, lengthOf } from "../session-facts.ts";
import { findAtDoor } from "./at-door.ts";

/** Somebody who is not checked in, and what would change that; it names no reason but the consent's. */
export type TurnedAway = { id: string; reason: string; arrange: string; mayListen: boolean };

/** What saving a draft answers. */
export type SaveAnswer =
  | {
      state: "saved";
      version: number;
      savedAt: string;
      length: Length | null;
      turnedAway: TurnedAway[];
    }
  | { state: "conflict"; version: number; savedAt: string | null; draft: Draft }
  | { state: "closed" }
  | { state: "invalid"; message: string };

/** Keeps the draft while it is typed. Not a form's page: the hold page sends it by itself. */
export const action = act("record.write", async (visit) => {
  const { db, consumerId, params, form, me, services } = visit;
  const held = await findHeld(db, consumerId, params.conferenceId ?? "", { lock: true });
  if (!held) throw noSuchPage();
  const read = readDraft(parseJson(form.get("draft")));
  if (!read.success) {
    return answer({ state: "invalid", message: read.error.issues[0]?.message ?? "" }, 422);
  }
  const { people, answers } = await findAtDoor(visit);
  const version = Number(form.get("version"));
  const saved = await saveDraft(db, held, { draft: read.data, version }, answers);
  if (saved.state === "closed") return answer({ state: "closed" }, 409);
  const savedAt = saved.savedAt?.toISOString() ?? null;
  if (saved.state === "conflict") return answer({ ...saved, savedAt }, 409);
  const { start, end } = read.data.times;
  const session = { kind: "family-conference", day: held.day, start, end };
  const turnedAway = saved.turnedAway.map((id): TurnedAway => {
    const person = people.find((one) => one.id === id);
    if (!person || person.checkIn.yes || person.noContact) {
      return { id, reason: "They cannot be part of this.", arrange: "", mayListen: false };
    }
    return { id, ...person.checkIn, mayListen: true };
  });
  return answer({
    state: "saved",
    version: saved.version,
    savedAt: savedAt ?? "",
    length: lengthOf(
      { ...session, privateMinutes: privateMinutesOf(read.data) },
      benchOf(me, services.shelf).bulletins,
    ),
    turnedAway,
  });
});

function answer(body: SaveAnswer, status = 200): Response {
  return Response.json(body, { status });
}

/** What was sent, or null when it is no JSON. */
function parseJson(sent: FormDataEntryValue | null): unknown {
  try {
    return JSON.parse(String(sent));
  } catch {
    return null;
  }
}
