import { useCallback, useEffect, useRef, useState } from "react";
import type { DraftAnswer } from "./assessment-draft.ts";

export type DraftState =
  | { kind: "saved"; at: string | null }
  | { kind: "waiting" | "saving" | "offline" | "signed-out" | "closed" | "conflict" };

const PAUSE = 900;
const TRY_AGAIN = 8000;

/**
 * A form that keeps itself while it is typed: a moment after the last key, one save at a time. What
 * cannot be saved stays on the page, and the page says so until it is.
 */
export function useDraft(url: string, start: { version: number; at: string | null }) {
  const [state, setState] = useState<DraftState>({ kind: "saved", at: start.at });
  const [version, setVersion] = useState(start.version);
  /** By field what the last save could not keep; null before the first. */
  const [wrong, setWrong] = useState<Record<string, string> | null>(null);
  const known = useRef(start.version);
  const form = useRef<HTMLFormElement | null>(null);
  const typed = useRef(0);
  const last = useRef<FormData | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<void> | null>(null);
  const theirs = useRef(0);

  const knows = useCallback((next: number) => {
    known.current = next;
    setVersion(next);
  }, []);

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    const body = last.current;
    if (!body) return;
    const sent = typed.current;
    setState({ kind: "saving" });
    running.current = post(url, body, known.current).then((answer) => {
      running.current = null;
      if (answer.state === "saved") {
        knows(answer.version);
        setWrong(answer.wrong);
        if (typed.current === sent) last.current = null;
        setState(typed.current === sent ? { kind: "saved", at: answer.at } : { kind: "waiting" });
      } else if (answer.state === "conflict") {
        theirs.current = answer.version;
        setState({ kind: "conflict" });
      } else setState({ kind: answer.state });
    });
    await running.current;
  }, [url, knows]);

  const changed = useCallback(
    (event: { currentTarget: HTMLFormElement }) => {
      form.current = event.currentTarget;
      typed.current += 1;
      last.current = new FormData(event.currentTarget);
      setState((before) =>
        before.kind === "conflict" || before.kind === "closed" ? before : { kind: "waiting" },
      );
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), PAUSE);
    },
    [save],
  );

  /** A line was taken away: the form has changed without an event of its own. */
  const again = useCallback(() => {
    if (form.current) changed({ currentTarget: form.current });
  }, [changed]);

  const paused = state.kind === "conflict" || state.kind === "closed";
  const stuck = state.kind === "offline" || state.kind === "signed-out";
  useEffect(() => {
    if (paused) clearTimeout(timer.current);
    if (!stuck) return;
    const again = setInterval(() => void save(), TRY_AGAIN);
    return () => clearInterval(again);
  }, [paused, stuck, save]);

  const mistaken = Object.keys(wrong ?? {}).length > 0;
  // What is only on this page: it would be lost with it.
  const lost = mistaken || stuck || paused;
  const unsaved = lost || state.kind !== "saved";
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);

  // Whoever goes on to another page of ours takes nothing unsaved along.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (last.current) void post(url, last.current, known.current, true);
      last.current = null;
    },
    [url],
  );

  /** After a conflict: what is typed here is written over what a colleague saved. */
  const writeOver = useCallback(() => {
    knows(theirs.current);
    void save();
  }, [knows, save]);

  /** Before the form itself is sent: nothing is saved beside it. True when it can go now. */
  const settle = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    last.current = null;
  }, []);

  const busy = useCallback(() => running.current !== null, []);
  return { state, wrong, lost, version, changed, again, writeOver, settle, busy, knows };
}

async function post(
  url: string,
  body: FormData,
  version: number,
  leaving = false,
): Promise<DraftAnswer | { state: "offline" | "signed-out" }> {
  body.set("version", String(version));
  try {
    const response = await fetch(url, { method: "POST", body, keepalive: leaving });
    const answers = response.headers.get("content-type")?.includes("application/json");
    if (answers) return (await response.json()) as DraftAnswer;
    return { state: response.redirected ? "signed-out" : "offline" };
  } catch {
    return { state: "offline" };
  }
}
