import { Text } from "@mantine/core";
import styles from "./bulletin.module.css";
import type { Counts } from "./clause-rows.ts";

const parts = [
  { of: "met", color: "var(--mantine-color-teal-6)" },
  { of: "breached", color: "var(--mantine-color-red-6)" },
  { of: "unknown", color: "var(--mantine-color-yellow-6)" },
] as const;

/** Met, breached and unknown as a small bar, and in numbers for whoever can't tell its colours. */
export function VerdictCounts({ counts }: { counts: Counts }) {
  const judged = counts.met + counts.breached + counts.unknown;
  return (
    <>
      {judged > 0 && (
        <div className={styles.bar} aria-hidden>
          {parts.map(({ of, color }) => (
            <div key={of} style={{ flex: counts[of], background: color }} />
          ))}
        </div>
      )}
      <Text size="xs" {...(judged > 0 ? {} : { c: "dimmed" })}>
        {judged > 0
          ? // No break within a number and its word, and none at all where there is room.
            parts.map(({ of }) => `${counts[of]}\u00a0${of}`).join(" · ")
          : "Nothing judged yet"}
      </Text>
      {counts.notCounted > 0 && (
        <Text size="xs" c="dimmed">
          {counts.notCounted} not asked
        </Text>
      )}
    </>
  );
}
