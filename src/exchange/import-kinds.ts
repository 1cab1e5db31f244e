import { type Role, roles } from "../people/access.ts";
import { email, emailNames, type ImportKind } from "./import-column.ts";
import { peopleKinds } from "./import-people.ts";
import { places, stays } from "./import-places.ts";

/** What can come from another system, in the order in which one thing needs another. */
export const importKinds = {
  staff: {
    label: "Staff",
    about: "One row a person. They have no account yet: open one for each under Staff.",
    once: [["email"]],
    columns: [
      {
        name: "name",
        label: "Name",
        form: "text",
        needed: true,
        most: 200,
        also: ["full name", "staff name", "employee", "employee name", "worker"],
      },
      email("email", "Email", emailNames, true),
      {
        name: "title",
        label: "Title",
        form: "text",
        most: 100,
        also: ["job title", "position", "post", "job role"],
      },
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
        also: ["start date", "date started", "from", "hired", "hire date", "joined"],
      },
    ],
  },
  credentials: {
    label: "Credentials",
    about: "One row a qualification held, from day to day.",
    once: [["staff_email", "qualification", "valid_from"]],
    columns: [
      email(
        "staff_email",
        "Email of who holds it",
        ["email", "staff", "holder", "staff email", ...emailNames],
        true,
      ),
      {
        name: "qualification",
        label: "Qualification code",
        form: "text",
        needed: true,
        most: 60,
        also: ["code", "type", "kind", "qualification"],
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
        also: [
          ...["license number", "licence number", "license no", "licence no", "registration"],
          ...["registration number", "registration no", "pin", "no", "ref"],
        ],
      },
      {
        name: "valid_from",
        label: "Valid from",
        form: "day",
        needed: true,
        also: ["from", "issued", "issue date", "date issued", "start", "start date"],
      },
      {
        name: "valid_to",
        label: "Valid to",
        form: "day",
        also: [
          "to",
          "expires",
          "expiry",
          "expiry date",
          "expiration date",
          "until",
          "end",
          "end date",
        ],
      },
      email("supervisor_email", "Supervisor's email", ["supervisor", "supervised by"]),
    ],
  },
  places,
  ...peopleKinds,
  stays,
} as const satisfies Record<string, ImportKind>;
export type ImportKindName = keyof typeof importKinds;
export const importKindNames = Object.keys(importKinds) as [ImportKindName, ...ImportKindName[]];

export function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
