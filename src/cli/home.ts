import { join } from "node:path";

/** The folder of the project. */
export const home = join(import.meta.dirname, "../..");
