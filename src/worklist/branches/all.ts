import { agency } from "./agency.ts";
import type { Branch } from "./branch.ts";
import { compliance } from "./compliance.ts";
import { liaison } from "./liaison.ts";
import { outcomes } from "./outcomes.ts";
import { plans } from "./plans.ts";
import { services } from "./services.ts";

/** Every reason why something waits: a room adds its file here, and its kinds to `task.ts` and `pages/task-kinds.ts`. */
export const branches: readonly Branch[] = [
  ...services,
  ...plans,
  ...outcomes,
  ...liaison,
  ...agency,
  ...compliance,
];
