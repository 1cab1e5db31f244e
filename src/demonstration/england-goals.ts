import type { StoryGoal } from "./stories.ts";

/** A goal in one of the four domains with its first step and who does what about it. */
export function goal(
  domain: "substance-use" | "health" | "offending" | "social-functioning",
  text: string,
  { step, does }: { step: string; does: StoryGoal["interventions"][number] },
): StoryGoal {
  return { domain, text, objectives: [step], interventions: [does] };
}
