import type { Bulletin } from "../../policy/bulletin.ts";
import type { Summary } from "./summary.ts";
export function reportHtml(bulletin: Bulletin, summary: Summary): string {
  return `${bulletin.title} ${summary.rejected}`;
}
