import { useCallback, useEffect, useRef, useState } from "react";
import type { Draft, DraftSection } from "../conference-draft.ts";
import { mergeDrafts } from "../merge-drafts.ts";
import type { Length } from "../session-facts.ts";
import type { SaveAnswer, TurnedAway } from "./hold-draft.ts";

export type SaveState =
  | { kind: "saved"; at: string | null }
  | { kind: "waiting" | "saving" | "offline" | "signed-out" | "closed" }
  | { kind: "invalid"; message: string }
  | { kind: "conflict"; at: string | null; version: number; theirs: Draft };

export type Start = {
  draft: Draft;
  version: number;
  savedAt: string | null;
  length: Length | null;
};

const PAUSE = 900;
const TRY_AGAIN = 8000;

/**
 * A draft that keeps itself while it is typed: a moment after the last key, one save at a time. What
 * cannot be saved stays on the page, and the page says so until it is.
 */
export function useAutosave(url: string, start: Start) {
  const [draft, setDraft] = useState(start.draft);
  const [state, setState] = useState<SaveState>({ kind: "saved", at: start.savedAt });
  const [length, setLength] = useState(start.length);
  const [turnedAway, setTurnedAway] = useState<readonly TurnedAway[]>([]);
  const [clashes, setClashes] = useState<readonly DraftSection[]>([]);
  const known = useRef({ draft: start.draft, version: start.version });
  const latest = useRef(start.draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean> | null>(null);

  const send = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    if (sent === known.current.draft) return true;
    setState({ kind: "saving" });
    const answer = await post(url, sent, known.current.version);
    switch (answer.state) {
      case "saved": {
        known.current = { draft: sent, version: answer.version };
        setLength(answer.length);
        setState({ kind: "saved", at: answer.savedAt });
        if (answer.turnedAway.length === 0) return true;
        const out = answer.turnedAway.map(({ id }) => id);
        setTurnedAway((before) => [
          ...before.filter(({ id }) => !out.includes(id)),
          ...answer.turnedAway,
        ]);
        const base = withoutCheckIn(sent, out);
        latest.current = latest.current === sent ? base : withoutCheckIn(latest.current, out);
        known.current.draft = base;
        setDraft(latest.current);
        return true;
      }
      case "conflict":
        setState({
          kind: "conflict",
          ...{ at: answer.savedAt, version: answer.version, theirs: answer.draft },
        });
        return false;
      case "invalid":
        setState({ kind: "invalid", message: answer.message });
        return false;
      default:
        setState({ kind: answer.state });
        return false;
    }
  }, [url]);

  /** Saves what is not saved yet; true when everything is. */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    while (running.current) await running.current;
    running.current = send().finally(() => {
      running.current = null;
    });
    const saved = await running.current;
    if (!saved || latest.current === known.current.draft) return saved;
    return flush();
  }, [send]);

  const change = useCallback(
    <S extends DraftSection>(section: S, value: Draft[S], now = false) => {
      latest.current = { ...latest.current, [section]: value };
      setDraft(latest.current);
      setState((before) =>
        before.kind === "conflict" || before.kind === "closed" ? before : { kind: "waiting" },
      );
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), now ? 0 : PAUSE);
    },
    [flush],
  );

  const paused = state.kind === "conflict" || state.kind === "closed";
  const stuck = state.kind === "offline" || state.kind === "signed-out";
  useEffect(() => {
    if (paused) clearTimeout(timer.current);
    if (!stuck) return;
    const again = setInterval(() => void flush(), TRY_AGAIN);
    return () => clearInterval(again);
  }, [paused, stuck, flush]);

  const open = state.kind !== "saved" && state.kind !== "closed";
  useEffect(() => {
    if (!open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [open]);

  /** After a conflict: both windows' words together, saved over the other's. */
  const putTogether = useCallback(() => {
    if (state.kind !== "conflict") return;
    const merged = mergeDrafts(known.current.draft, latest.current, state.theirs);
    known.current = { draft: state.theirs, version: state.version };
    latest.current = merged.draft;
    setDraft(merged.draft);
    setClashes(merged.clashes);
    void flush();
  }, [state, flush]);

  const forget = useCallback((id: string) => {
    setTurnedAway((before) => before.filter((one) => one.id !== id));
  }, []);

  const version = () => known.current.version;
  return { draft, change, state, length, turnedAway, forget, clashes, putTogether, flush, version };
}

function withoutCheckIn(draft: Draft, ids: readonly string[]): Draft {
  const supports = draft.here.supports.map((support) =>
    ids.includes(support.id) ? { ...support, came: null } : support,
  );
  return { ...draft, here: { ...draft.here, supports } };
}

async function post(
  url: string,
  draft: Draft,
  version: number,
): Promise<SaveAnswer | { state: "offline" | "signed-out" }> {
  const body = new FormData();
  body.set("version", String(version));
  body.set("draft", JSON.stringify(draft));
  try {
    const response = await fetch(url, { method: "POST", body });
    const isAnswer = response.headers.get("content-type")?.includes("application/json");
    if (isAnswer) return (await response.json()) as SaveAnswer;
    return { state: response.redirected ? "signed-out" : "offline" };
  } catch {
    return { state: "offline" };
  }
}
