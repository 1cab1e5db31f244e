import { type Basis, groundsOf } from "../../people/disclosure.ts";

/** Grounds on which somebody close to a person may be told; consent first of all. */
const towardsFamily: readonly Basis[] = [
  "consent",
  "vital-interests",
  "safeguarding-child",
  "safeguarding-adult",
  "public-interest",
];

/** What the law of the place lets tell somebody close to a person. */
export function familyGrounds(jurisdiction: string) {
  return groundsOf(jurisdiction).filter(({ basis }) => towardsFamily.includes(basis));
}
