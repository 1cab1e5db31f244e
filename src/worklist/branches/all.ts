import { aftercare } from "./aftercare.ts";
import { agency } from "./agency.ts";
import { backIn } from "./back-in.ts";
import type { Branch } from "./branch.ts";
import { compliance } from "./compliance.ts";
import { intake } from "./intake.ts";
import { liaison } from "./liaison.ts";
import { nobodyLost } from "./nobody-lost.ts";
import { outcomes } from "./outcomes.ts";
import { placements } from "./placements.ts";
import { plans } from "./plans.ts";
import { services } from "./services.ts";

/** Every reason why something waits: a room adds its file here, and its kinds to `task.ts` and `pages/task-kinds.ts`. */
export const branches: readonly Branch[] = [
  ...backIn,
  ...nobodyLost,
  ...intake,
  ...services,
  ...plans,
  ...placements,
  ...aftercare,
  ...outcomes,
  ...liaison,
  ...agency,
  ...compliance,
];
