import { useCallback, useEffect, useRef, useState } from "react";
import { useBlocker } from "react-router";
import type { DraftAnswer, Texts } from "./draft-check.ts";

type Conflict = Extract<DraftAnswer, { state: "conflict" }>;

/** Where the saving stands. */
export type SaveState =
  | { readonly kind: "saved" | "waiting" | "saving" | "offline" | "signed-out" }
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "conflict"; readonly theirs: Conflict["theirs"] };

export type Checked = Pick<DraftAnswer, "said" | "cases" | "own" | "versions">;

const PAUSE_MS = 600;
const TRY_AGAIN_MS = 8000;
const LEAVE = "What you typed last is not saved yet. Leave all the same?";

/**
 * A draft that keeps itself while it is typed, one save at a time. What cannot be saved stays on the
 * page, which says so until it is, and asks before it is left.
 */
export function useDraft(
  url: string,
  start: { readonly texts: Texts; readonly saves: number; readonly checked: Checked },
) {
  const [texts, setTexts] = useState(start.texts);
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const [checked, setChecked] = useState(start.checked);
  const latest = useRef(start.texts);
  const known = useRef({ texts: start.texts, saves: start.saves });
  const keep = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);
  const paused = useRef(false);
  /** What it says has to be asked although it is saved. */
  const again = useRef(false);

  const send = useCallback(async (): Promise<void> => {
    const sent = latest.current;
    const saved = same(sent, known.current.texts);
    if ((saved && !again.current) || paused.current) return;
    again.current = false;
    setState({ kind: "saving" });
    const answer = await post(url, {
      ...{ ...sent, saves: String(known.current.saves) },
      ...(keep.current && { keep: "yes" }),
      // To save again what is saved would only make other tabs stale.
      ...(saved && { only: "said" }),
    });
    if (!("said" in answer)) {
      setState({ kind: answer.state });
      return;
    }
    setChecked(answer);
    if (answer.state === "saved") {
      known.current = { texts: sent, saves: answer.saves };
      keep.current = false;
      setState({ kind: same(latest.current, sent) ? "saved" : "waiting" });
    } else if (answer.state === "conflict") {
      paused.current = true;
      setState({ kind: "conflict", theirs: answer.theirs });
    } else setState({ kind: "invalid", message: answer.message });
  }, [url]);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    while (running.current) await running.current;
    running.current = send().finally(() => {
      running.current = null;
    });
    await running.current;
  }, [send]);

  const change = useCallback(
    (changed: Partial<Texts>) => {
      const next = { ...latest.current, ...changed };
      latest.current = next;
      setTexts(next);
      if (paused.current) return;
      const unchanged = same(next, known.current.texts);
      setState({ kind: unchanged ? "saved" : "waiting" });
      clearTimeout(timer.current);
      if (!unchanged) timer.current = setTimeout(() => void save(), PAUSE_MS);
    },
    [save],
  );

  /** Another text in its place; what stood before is kept among the earlier ones. */
  const replace = useCallback(
    (next: Texts) => {
      keep.current = true;
      change(next);
    },
    [change],
  );

  /** After a conflict: the text that is here is written over theirs, which is kept. */
  const keepMine = useCallback(() => {
    if (state.kind !== "conflict") return;
    known.current = { texts: textsOf(state.theirs), saves: state.theirs.saves };
    paused.current = false;
    keep.current = true;
    change(latest.current);
    void save();
  }, [state, change, save]);

  /** After a conflict: theirs is the text from here on. */
  const takeTheirs = useCallback(() => {
    if (state.kind !== "conflict") return;
    known.current = { texts: textsOf(state.theirs), saves: state.theirs.saves };
    paused.current = false;
    change(textsOf(state.theirs));
    // It is saved; what it says has to be asked.
    again.current = true;
    void save();
  }, [state, change, save]);

  const stuck = state.kind === "offline" || state.kind === "signed-out";
  useEffect(() => {
    if (!stuck) return;
    const timer = setInterval(() => void save(), TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [stuck, save]);

  const open = state.kind !== "saved";
  useEffect(() => {
    if (!open) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [open]);

  // On the way to another page of ours it is saved first, and asked about only where that fails.
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      !same(latest.current, known.current.texts) &&
      currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    void save().then(() => {
      const saved = same(latest.current, known.current.texts);
      if (saved || window.confirm(LEAVE)) blocker.proceed();
      else blocker.reset();
    });
  }, [blocker, save]);

  return { texts, state, checked, change, replace, keepMine, takeTheirs, save };
}

const textsOf = ({ yaml, cases }: Texts): Texts => ({ yaml, cases });

function same(a: Texts, b: Texts): boolean {
  return a.yaml === b.yaml && a.cases === b.cases;
}

async function post(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<DraftAnswer | { readonly state: "offline" | "signed-out" }> {
  try {
    const body = new URLSearchParams(fields);
    const response = await fetch(url, { method: "POST", body });
    const answers = response.headers.get("content-type")?.includes("application/json");
    if (answers && response.ok) return (await response.json()) as DraftAnswer;
    return { state: response.redirected ? "signed-out" : "offline" };
  } catch {
    return { state: "offline" };
  }
}
