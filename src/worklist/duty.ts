/** Who has the duty now, and where they are reached. */
export type OnDuty = { name: string; reached_on: string | null };

/** The same for whoever has to tell them by word of mouth. */
export function dutyWords(onDuty: readonly OnDuty[]): string {
  if (onDuty.length === 0) return "Nobody is on the rota now: tell any clinician who is here.";
  const each = onDuty.map(({ name, reached_on }) =>
    reached_on ? `${name} (${reached_on})` : name,
  );
  return `On duty now: ${each.join(", ")}.`;
}
