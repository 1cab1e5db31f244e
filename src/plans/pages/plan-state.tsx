import { Badge } from "@mantine/core";
import type { Plan } from "../store.ts";

const states: Record<string, { label: string; color: string }> = {
  draft: { label: "Draft", color: "orange" },
  active: { label: "In force", color: "teal" },
  superseded: { label: "Superseded", color: "gray" },
};

/** Whether a version is written, in force or superseded; after its episode closed, none is in force. */
export function State({ plan }: { plan: Pick<Plan, "state" | "closed_on"> }) {
  const { label, color } = states[plan.state] ?? { label: plan.state, color: "gray" };
  const last = plan.state === "active" && plan.closed_on;
  return <Badge color={last ? "gray" : color}>{last ? "Last of its episode" : label}</Badge>;
}
