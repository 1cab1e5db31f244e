import { useCallback, useEffect, useRef, useState } from "react";
import { paths } from "../../web/paths.ts";
import type { EffectAnswer } from "./draft-effect.ts";

const PAUSE_MS = 900;
const NOT_NOW: EffectAnswer = {
  problem: "It could not be worked out just now. Change the period or the text to try again.",
};

interface Asked {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/**
 * What a draft would change, asked a moment after the last key. One question at a time: each may take the
 * database seconds, and what was typed meanwhile is asked when it has answered.
 */
export function useWorkedOut(draftId: string, { text, from, to }: Asked, ready: boolean) {
  const [answer, setAnswer] = useState<EffectAnswer | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = useRef<Asked>({ text, from, to });
  const answered = useRef("");
  const running = useRef(false);

  const ask = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    while (answered.current !== JSON.stringify(wanted.current)) {
      const asked = wanted.current;
      const found = await post(draftId, asked);
      answered.current = JSON.stringify(asked);
      setAnswer(found);
    }
    running.current = false;
    setBusy(false);
  }, [draftId]);

  useEffect(() => {
    if (!ready) return;
    const next = { text, from, to };
    const timer = setTimeout(
      () => {
        wanted.current = next;
        void ask();
      },
      answered.current === "" ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [text, from, to, ready, ask]);
  return { answer, busy: busy && ready };
}

async function post(draftId: string, { text, from, to }: Asked): Promise<EffectAnswer> {
  try {
    const body = new URLSearchParams({ yaml: text, from, to });
    const response = await fetch(paths.draftEffect(draftId), { method: "POST", body });
    const answers = response.headers.get("content-type")?.includes("application/json");
    return answers && response.ok ? ((await response.json()) as EffectAnswer) : NOT_NOW;
  } catch {
    return NOT_NOW;
  }
}
