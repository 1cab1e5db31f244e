import type { Bulletin } from "../policy/bulletin.ts";
import type { Line } from "../policy/facts.ts";
import { judge } from "../policy/judge.ts";

/** Whether one qualification alone would satisfy every rule that asks for a performer's. */
export function satisfiesAlone(
  bulletins: readonly Bulletin[],
  line: Line,
  qualification: string,
): boolean {
  const alone = { ...line, performer_qualification: [qualification] };
  return bulletins
    .flatMap((bulletin) => judge(bulletin, [alone]))
    .flatMap(({ findings }) => findings)
    .filter(({ kind, facts }) => kind === "must" && "performer_qualification" in facts)
    .every(({ verdict }) => verdict === "met");
}
