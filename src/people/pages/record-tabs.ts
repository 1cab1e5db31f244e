import { paths } from "../../web/paths.ts";
import { capital, type Words } from "../../web/words.ts";

type Label = string | ((words: Words) => string);

/** A page of the record: what it is called, where it is, and addresses that belong to it besides. */
type RecordPage = {
  label: Label;
  to: (id: string) => string;
  also?: (id: string) => string[];
};

/** A tab: one page, or several that are told apart in a second row while one of them is open. */
type RecordTab = { label: Label; pages: readonly RecordPage[] };

/**
 * The record's pages in the order of the journey. A new page is one line here, in the tab where one
 * would look for it.
 */
export const recordTabs: readonly RecordTab[] = [
  { label: "Timeline", pages: [{ label: "Timeline", to: paths.consumer }] },
  {
    label: "Assessment",
    pages: [
      { label: "Assessment", to: paths.assessment },
      { label: "Referral & triage", to: paths.triage },
    ],
  },
  {
    label: (words) => capital(words.carePlan),
    pages: [
      { label: (words) => capital(words.carePlan), to: paths.plan },
      { label: "Relapse prevention", to: paths.relapsePlan },
      { label: "Prescribing", to: paths.prescribing },
    ],
  },
  {
    label: "Sessions",
    pages: [
      {
        label: "Sessions",
        to: paths.services,
        also: (id) => [`/consumers/${id}/conferences/`],
      },
    ],
  },
  {
    label: "Placement",
    pages: [
      { label: "Stays", to: paths.placements },
      { label: "Find a place", to: paths.matching },
    ],
  },
  { label: "Referrals", pages: [{ label: "Referrals", to: paths.referrals }] },
  {
    label: "Supports & consent",
    pages: [
      {
        label: (words) => capital(words.supports),
        to: paths.supports,
        also: (id) => [`/consumers/${id}/consents/`],
      },
      { label: "What was disclosed", to: paths.disclosures },
    ],
  },
  {
    label: "Leaving & aftercare",
    pages: [
      { label: "Discharge plan", to: paths.dischargePlan },
      { label: "Aftercare plan", to: paths.aftercare },
      { label: "Leaving", to: paths.leaving },
    ],
  },
  { label: "Outcomes", pages: [{ label: "Outcomes", to: paths.outcomes }] },
  { label: "Who looked", pages: [{ label: "Who looked", to: paths.whoLooked }] },
];

/** How a tab or a page is called in the agency's words. */
export function labelOf({ label }: { label: Label }, words: Words): string {
  return typeof label === "string" ? label : label(words);
}

/** Whether an address belongs to a page of the record. */
export function isWithin({ to, also }: RecordPage, id: string, pathname: string): boolean {
  const home = to(id);
  if (pathname === home) return true;
  if (home !== paths.consumer(id) && pathname.startsWith(`${home}/`)) return true;
  return (also?.(id) ?? []).some((prefix) => pathname.startsWith(prefix));
}
