import { useEffect } from "react";
import { useFetcher, useRevalidator } from "react-router";
import { paths } from "../../web/paths.ts";
import type { RunStanding } from "../audit-run-store.ts";

/**
 * Audits as they stand now, looked at again and again while one of them runs. The page itself is loaded anew only when one is over: looking is nobody at the keyboard, and keeps no
 * session alive.
 */
export function useStandings<Run extends RunStanding>(
  runs: readonly Run[],
  everyMs: number,
): readonly Run[] {
  const { load, data } = useFetcher<{ standings: readonly RunStanding[] }>({ key: "audits-watch" });
  const { revalidate } = useRevalidator();
  const running = runs.some(isRunning);
  useEffect(() => {
    if (!running) return;
    const watch = setInterval(() => void load(paths.auditsWatch()), everyMs);
    return () => clearInterval(watch);
  }, [running, load, everyMs]);
  const seen = new Map(data?.standings.map((one) => [one.id, one]));
  const over = runs.some((run) => {
    const now = seen.get(run.id);
    return isRunning(run) && now !== undefined && !isRunning(now);
  });
  useEffect(() => {
    if (over) void revalidate();
  }, [over, revalidate]);
  return runs.map((run) => {
    const now = seen.get(run.id);
    return isRunning(run) && now ? { ...run, share: now.share, doing: now.doing } : run;
  });
}

export function isRunning({ state, cutOff }: Pick<RunStanding, "state" | "cutOff">): boolean {
  return state === "running" && !cutOff;
}
