import { approaches, groups, notTaken, unitKinds } from "../placements/unit.ts";
import { codesOf, type ImportKind, number } from "./import-column.ts";

const groupsAlso = {
  pregnant: ["pregnancy", "pregnant", "perinatal"],
  "liver-disease": ["liver", "hepatitis c"],
  "severe-mental-illness": ["severe mental illness", "dual diagnosis", "co occurring"],
  offenders: ["offending", "criminal justice", "probation"],
  "young-adults": ["young adults", "young people"],
  couples: ["couple"],
} as const;

export const places = {
  label: "Programmes and beds",
  about:
    "One row a bed, or one row a unit with how many beds it has; a programme without beds has one row with nothing after its kind. What the rows of one unit say need stand in one of them only.",
  once: [["unit", "bed"]],
  alike: {
    by: "unit",
    columns: [
      ...["program", "unit_kind", "approach", "attached_to", "women_only", "men_only"],
      ...["takes_children", "drug_free", "serves", "does_not_take", "locality", "weeks"],
      ...["staffing", "about", "capacity"],
    ],
  },
  columns: [
    {
      name: "program",
      label: "Programme",
      form: "text",
      needed: true,
      most: 200,
      also: ["program", "service"],
    },
    {
      name: "program_kind",
      label: "Programme's kind",
      form: "text",
      needed: true,
      most: 60,
      also: ["kind", "program kind", "modality", "type"],
    },
    { name: "unit", label: "Unit", form: "text", most: 200, also: ["house", "ward", "unit name"] },
    {
      ...{ name: "unit_kind", label: "Unit's kind", form: "code", also: ["unit type"] },
      codes: codesOf(unitKinds, {
        detox: ["detoxification", "inpatient detox"],
        rehab: ["rehabilitation", "residential", "residential rehabilitation"],
        crisis: ["crisis intervention"],
        "second-stage": ["move on"],
        "supported-housing": ["housing"],
      }),
    },
    {
      name: "bed",
      label: "Bed",
      form: "text",
      most: 100,
      also: ["bed name", "room", "bed number", "bed no"],
    },
    {
      name: "child_place",
      label: "The bed is a child's place",
      form: "yes-no",
      also: ["child place", "childs place", "child bed", "cot"],
    },
    {
      name: "capacity",
      label: "How many beds, if they are not listed",
      form: "count",
      most: 200,
      also: ["capacity", "beds", "number of beds", "no of beds", "bed count"],
    },
    {
      name: "approach",
      label: "Approach",
      form: "code",
      also: ["model", "treatment approach", "philosophy"],
      codes: codesOf(approaches, {
        "therapeutic-community": ["tc"],
        "12-step": ["twelve step", "12 steps", "minnesota"],
        "faith-based": ["faith"],
        eclectic: ["mixed", "integrated"],
      }),
    },
    {
      name: "attached_to",
      label: "Of a detox: the rehab it is attached to",
      form: "text",
      most: 200,
      also: ["attached to", "attached rehab", "linked rehab", "linked to"],
    },
    {
      ...{ name: "women_only", label: "Women only", form: "yes-no" },
      also: ["female only", "women"],
    },
    { ...{ name: "men_only", label: "Men only", form: "yes-no" }, also: ["male only", "men"] },
    {
      ...{ name: "takes_children", label: "Takes children", form: "yes-no" },
      also: ["children", "accepts children", "child can come along"],
    },
    {
      ...{ name: "drug_free", label: "Drug-free accommodation", form: "yes-no" },
      also: ["drug free", "abstinent", "dry house"],
    },
    {
      name: "serves",
      label: "Made for (particular groups)",
      form: "codes",
      also: ["serves", "groups", "groups served", "made for", "client groups", "specialism"],
      codes: codesOf(groups, groupsAlso),
    },
    {
      name: "does_not_take",
      label: "Cannot care for safely",
      form: "codes",
      also: ["does not take", "cannot take", "exclusions", "not taken", "exclusion criteria"],
      codes: codesOf(notTaken, {
        ...groupsAlso,
        children: ["child"],
        "current-prescribing": ["prescribing", "current prescription", "methadone", "ost", "mat"],
        "risk-to-self": ["suicide risk", "self harm"],
        "risk-to-others": ["violence"],
      }),
    },
    {
      name: "locality",
      label: "Town or area",
      form: "text",
      most: 200,
      also: ["town", "city", "area", "location", "county", "place"],
    },
    {
      name: "weeks",
      label: "Usual length in weeks",
      form: "count",
      most: 200,
      also: ["weeks", "length of stay", "duration", "length in weeks", "usual weeks"],
    },
    {
      name: "staffing",
      label: "Staffing",
      form: "text",
      most: 300,
      also: ["staff", "staff on site"],
    },
    {
      name: "about",
      label: "About it",
      form: "text",
      most: 2000,
      also: ["about", "description", "notes", "comments"],
    },
  ],
} as const satisfies ImportKind;

export const stays = {
  label: "Who lies in which bed",
  about:
    "One row a person who lies in a bed today. Bring in the beds and the open episodes first; whoever is not in the unit's programme yet comes into it. Children's places are booked here afterwards.",
  once: [["number"], ["unit", "bed"]],
  columns: [
    { ...number, label: "Number of who lies there" },
    {
      name: "unit",
      label: "Unit",
      form: "text",
      needed: true,
      most: 200,
      also: ["house", "ward", "unit name", "facility"],
    },
    {
      name: "bed",
      label: "Bed",
      form: "text",
      needed: true,
      most: 100,
      also: ["bed name", "room", "bed number", "bed no"],
    },
    {
      name: "since",
      label: "In this bed since",
      form: "day",
      needed: true,
      also: ["since", "from", "in bed since", "start", "start date", "moved in", "bed start date"],
    },
    {
      name: "admitted_on",
      label: "Stay began on (if before)",
      form: "day",
      also: ["admitted", "admitted on", "admission date", "date of admission", "stay began"],
    },
    {
      name: "expected_to",
      label: "Expected to leave on",
      form: "day",
      also: [
        ...["expected to", "until", "to", "end", "end date", "expected discharge"],
        ...["expected discharge date", "planned discharge", "edd", "planned end"],
      ],
    },
  ],
} as const satisfies ImportKind;
