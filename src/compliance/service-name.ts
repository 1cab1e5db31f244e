import { getFact, sayValue } from "../policy/facts.ts";
import { capitalized } from "../policy/words.ts";

/** A service's code in words: "Family Conference". */
export function serviceName(code: string): string {
  return capitalized(sayValue(getFact("service", "service"), code).replaceAll("-", " "));
}
