import type { Permission } from "../../people/access.ts";

/** A page from which one gets to what carries a clause, and who may open it. */
export type Place = {
  readonly page: string;
  readonly to: string;
  readonly needs: Permission;
  /** What is there, in a few words. */
  readonly how: string;
};
