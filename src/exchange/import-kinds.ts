import { type Role, roles } from "../people/access.ts";

/** What a cell is read as. `words`: several, parted by commas or semicolons. */
type Form = "text" | "day" | "yes-no" | "email" | "words" | "role" | "code";

export type ImportColumn = {
  name: string;
  label: string;
  form: Form;
  needed?: boolean;
  most?: number;
  /** The codes it takes, with other words that mean the same. */
  codes?: Readonly<Record<string, readonly string[]>>;
  /** Other names that it has in files, in small letters. */
  also?: readonly string[];
};

export type ImportKind = {
  label: string;
  about: string;
  columns: readonly ImportColumn[];
  /** No two rows of a file may have the same of these. */
  once: readonly string[];
};

const number: ImportColumn = {
  name: "number",
  label: "Number",
  form: "text",
  needed: true,
  most: 40,
  also: [
    "id",
    "client id",
    "consumer number",
    "client number",
    "case number",
    "service user id",
    "mrn",
  ],
};
const email = (
  name: string,
  label: string,
  also: readonly string[],
  needed = false,
): ImportColumn => ({
  ...{ name, label, also, needed },
  form: "email",
  most: 200,
});

/** What can come from another system, in the order in which one thing needs another. */
export const importKinds = {
  staff: {
    label: "Staff",
    about: "One row a person. They have no account yet: open one for each under Staff.",
    once: ["email"],
    columns: [
      {
        name: "name",
        label: "Name",
        form: "text",
        needed: true,
        most: 200,
        also: ["full name", "staff name"],
      },
      email("email", "Email", ["e-mail", "email address", "mail"], true),
      { name: "title", label: "Title", form: "text", most: 100, also: ["job title", "position"] },
      { name: "roles", label: "Roles", form: "role", also: ["role"] },
      {
        name: "programs",
        label: "Programmes",
        form: "words",
        also: ["program", "programs", "programme", "team", "teams"],
      },
      {
        name: "active_from",
        label: "Works here since",
        form: "day",
        also: ["start date", "from", "hired"],
      },
    ],
  },
  credentials: {
    label: "Credentials",
    about: "One row a qualification held, from day to day.",
    once: ["staff_email", "qualification", "valid_from"],
    columns: [
      email("staff_email", "Email of who holds it", ["email", "staff", "holder"], true),
      {
        name: "qualification",
        label: "Qualification code",
        form: "text",
        needed: true,
        most: 60,
        also: ["code", "type", "kind"],
      },
      {
        name: "name",
        label: "Name of the credential",
        form: "text",
        needed: true,
        most: 200,
        also: ["credential", "title"],
      },
      {
        name: "issuer",
        label: "Issued by",
        form: "text",
        needed: true,
        most: 200,
        also: ["board", "body", "issuing body"],
      },
      {
        name: "number",
        label: "Number",
        form: "text",
        most: 60,
        also: ["license number", "licence number", "registration"],
      },
      {
        name: "valid_from",
        label: "Valid from",
        form: "day",
        needed: true,
        also: ["from", "issued", "start"],
      },
      {
        name: "valid_to",
        label: "Valid to",
        form: "day",
        also: ["to", "expires", "expiry", "until", "end"],
      },
      email("supervisor_email", "Supervisor's email", ["supervisor", "supervised by"]),
    ],
  },
  places: {
    label: "Programmes and beds",
    about: "One row a bed; a programme without beds has one row with nothing after its kind.",
    once: ["unit", "bed"],
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
      { name: "unit", label: "Unit", form: "text", most: 200, also: ["house", "ward"] },
      {
        ...{ name: "unit_kind", label: "Unit's kind", form: "code", also: ["unit type"] },
        codes: {
          detox: ["detoxification", "inpatient detox"],
          rehab: ["rehabilitation", "residential"],
          crisis: ["crisis intervention"],
          "second-stage": ["second stage", "move-on"],
          "supported-housing": ["supported housing", "housing"],
          other: [],
        },
      },
      {
        name: "bed",
        label: "Bed",
        form: "text",
        most: 100,
        also: ["bed name", "room", "bed number"],
      },
      { name: "women_only", label: "Women only", form: "yes-no", also: ["female only"] },
      { name: "takes_children", label: "Takes children", form: "yes-no", also: ["children"] },
    ],
  },
  consumers: {
    label: "People you serve",
    about: "One row a person: who they are and how to reach them, nothing clinical.",
    once: ["number"],
    columns: [
      number,
      {
        name: "given_name",
        label: "Given name",
        form: "text",
        needed: true,
        most: 100,
        also: ["first name", "forename", "first"],
      },
      {
        name: "family_name",
        label: "Family name",
        form: "text",
        needed: true,
        most: 100,
        also: ["last name", "surname", "last"],
      },
      {
        name: "preferred_name",
        label: "Preferred name",
        form: "text",
        most: 100,
        also: ["known as", "nickname"],
      },
      {
        name: "date_of_birth",
        label: "Date of birth",
        form: "day",
        needed: true,
        also: ["dob", "birth date", "birthdate", "born"],
      },
      { name: "pronouns", label: "Pronouns", form: "text", most: 60 },
      {
        name: "phone",
        label: "Phone",
        form: "text",
        most: 60,
        also: ["telephone", "mobile", "cell"],
      },
      {
        name: "safe_to_call",
        label: "When it is safe to call",
        form: "text",
        most: 300,
        also: ["contact notes"],
      },
      { name: "language", label: "Language", form: "text", most: 60, also: ["preferred language"] },
      {
        name: "interpreter",
        label: "Needs an interpreter",
        form: "yes-no",
        also: ["interpreter needed"],
      },
      {
        name: "access_needs",
        label: "Access needs",
        form: "text",
        most: 300,
        also: ["accessibility"],
      },
    ],
  },
  supports: {
    label: "Family and other supports",
    about: "One row a person around somebody. Consents are not taken over: they are signed here.",
    once: ["number", "name"],
    columns: [
      { ...number, label: "Number of whose support they are" },
      {
        name: "name",
        label: "Name",
        form: "text",
        needed: true,
        most: 200,
        also: ["support name", "contact name"],
      },
      {
        name: "relation",
        label: "Relation",
        form: "text",
        needed: true,
        most: 100,
        also: ["relationship"],
      },
      {
        ...{ name: "kind", label: "Kind", form: "code", needed: true, also: ["type"] },
        codes: {
          "family-member": ["family", "family member", "relative"],
          "significant-other": ["significant other", "partner", "friend"],
          "referral-source": ["referral source", "professional", "agency"],
        },
      },
      {
        name: "organisation",
        label: "Organisation",
        form: "text",
        most: 200,
        also: ["organization", "employer"],
      },
      { name: "phone", label: "Phone", form: "text", most: 60, also: ["telephone", "mobile"] },
      { name: "email", label: "Email", form: "text", most: 200, also: ["e-mail"] },
      { name: "language", label: "Language", form: "text", most: 60 },
    ],
  },
  episodes: {
    label: "Open episodes",
    about: "One row a person who is in care, or waits for it, today.",
    once: ["number"],
    columns: [
      { ...number, label: "Number of whose episode it is" },
      {
        name: "opened_on",
        label: "Opened on",
        form: "day",
        needed: true,
        also: ["episode start", "admission date", "referral date", "opened"],
      },
      {
        name: "program",
        label: "Programme",
        form: "text",
        needed: true,
        most: 200,
        also: ["program", "team"],
      },
      {
        name: "in_program_since",
        label: "In it since (empty: waits)",
        form: "day",
        also: ["start date", "enrolled", "since"],
      },
      email("keyworker_email", "Keyworker's email", [
        "keyworker",
        "counselor",
        "counselor email",
        "primary counselor",
      ]),
    ],
  },
} as const satisfies Record<string, ImportKind>;
export type ImportKindName = keyof typeof importKinds;
export const importKindNames = Object.keys(importKinds) as [ImportKindName, ...ImportKindName[]];

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
