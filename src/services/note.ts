/** As much of a conference as decides what may be done with its note. */
export type NoteStanding = {
  signedBy: string | null;
  voided: boolean;
  /** The supervisor who has to co-sign; null when nobody has to, or no supervisor is on file. */
  cosignBy: string | null;
  cosigned: boolean;
  /** What the supervisor said: beside a co-signature, or on giving the note back. */
  remark: string | null;
  /** The service, if there is one, may not be claimed before somebody co-signs. */
  serviceWaits: boolean;
};

export type NoteState = "unsigned" | "signed" | "waits" | "given-back" | "cosigned" | "voided";

/** Where a note stands. */
export function noteState(note: NoteStanding): NoteState {
  if (note.signedBy === null) return "unsigned";
  if (note.voided) return "voided";
  if (note.cosigned) return "cosigned";
  if (note.cosignBy === null && !note.serviceWaits) return "signed";
  return note.remark === null ? "waits" : "given-back";
}

/** What each state is called on a page. */
export const noteStateWords: Record<NoteState, string> = {
  unsigned: "Not signed yet",
  signed: "Signed",
  waits: "Waits for co-signature",
  "given-back": "Given back to its author",
  cosigned: "Signed and co-signed",
  voided: "Voided",
};

type Person = { staffId: string; supervisor: boolean };

/** With whether the one who has to co-sign can't any more: is no supervisor, or has not this record. */
export type CosignStanding = NoteStanding & { cosignerLost: boolean };

/** The supervisor of the associate's credential; any other one where none is on file or can. Never one's own. */
export function mayCosign(note: CosignStanding, me: Person): boolean {
  const state = noteState(note);
  if (state !== "waits" && state !== "given-back") return false;
  if (!me.supervisor || note.signedBy === me.staffId) return false;
  return note.cosignBy === null || note.cosignerLost || note.cosignBy === me.staffId;
}

/** Whoever signed it, or a supervisor. */
export function mayVoid(signed: { signedBy: string | null; voided: boolean }, me: Person): boolean {
  if (signed.signedBy === null || signed.voided) return false;
  return signed.signedBy === me.staffId || me.supervisor;
}

/** A fact is corrected by whoever signed it, and nobody else. */
export function mayCorrect(
  signed: { signedBy: string | null; voided: boolean },
  me: Pick<Person, "staffId">,
): boolean {
  return signed.signedBy === me.staffId && !signed.voided;
}

/** A correction that changes payment is decided by a supervisor, and never by whoever asked for it. */
export function mayDecide(correction: { by: string; state: string }, me: Person): boolean {
  return correction.state === "waiting" && me.supervisor && correction.by !== me.staffId;
}
