import { Badge } from "@mantine/core";
import type { AuditRun } from "../audit-run-store.ts";

type Standing = Pick<AuditRun, "state" | "cutOff">;

/** Where an audit is, in a word. */
export function RunBadge({ run: { state, cutOff } }: { run: Standing }) {
  if (cutOff) return <Badge color="red">Cut off</Badge>;
  if (state === "running") return <Badge color="blue">Running</Badge>;
  if (state === "stopped") return <Badge color="gray">Stopped</Badge>;
  if (state === "failed") return <Badge color="red">Failed</Badge>;
  return <Badge color="teal">Done</Badge>;
}

/** What an audit was over, in words. */
export function overWhat(
  run: Pick<AuditRun, "over" | "firstDay" | "lastDay" | "fileName">,
  day: (day: string) => string,
): string {
  if (run.over === "file") return run.fileName ?? "a file";
  if (!run.firstDay || !run.lastDay) return "own records";
  return `Own records, ${day(run.firstDay)} to ${day(run.lastDay)}`;
}
