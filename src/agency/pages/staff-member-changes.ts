import { data } from "react-router";
import { z } from "zod";
import { type Day, parseDay } from "../../kernel/day.ts";
import { roles } from "../../people/access.ts";
import {
  endSessions,
  oneTimePassword,
  resetPassword,
  resetSecondFactor,
} from "../../web/accounts.ts";
import {
  done,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { type FormVisit, noSuchPage } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { qualificationsOf } from "../credential.ts";
import {
  addCredential,
  correctCredential,
  endSpan,
  findOverlap,
  giveProgram,
  giveRole,
  type Span,
} from "../span-store.ts";
import {
  closeMember,
  findMember,
  findSupervisors,
  otherAdministrators,
  reopenMember,
  saveDetails,
} from "../staff-store.ts";
import { findPrograms, noteChange } from "../store.ts";

const day = z
  .string("Choose a day")
  .refine((text) => parseDay(text) !== null, "That is not a day")
  .transform((text) => text as Day);
const span = z.object({ valid_from: day, valid_to: day.optional() });
const role = span.extend({ role: z.enum(roles, "Choose one") });
const program = span.extend({ program_id: identifier() });
const credential = span.extend({
  qualification: z.string("Choose one").min(1, "Choose one").max(60),
  name: text(),
  issuer: text(),
  number: optionalText(100),
  supervisor_id: identifier().optional(),
});
const LAST_ADMINISTRATOR =
  "Nobody else is an administrator without an end: give another one the role first";

type Member = NonNullable<Awaited<ReturnType<typeof findMember>>>;

/** Does what one of the forms on a member of staff's page asks for. */
export async function changeMember(visit: FormVisit) {
  const { db, form, params, me, by, today, services } = visit;
  const id = params.staffId ?? "";
  const member = await findMember(db, id);
  if (!member) throw noSuchPage();
  const to = paths.staffMember(id);
  const mine = id === me.staffId;
  const [intent = "", kind = "", rowId = ""] = String(form.get("intent")).split(" ");

  switch (intent) {
    case "details": {
      const schema = z.object({ name: text(), title: optionalText(100) });
      const { value, invalid } = parseForm(schema, form);
      if (invalid) return refuse(invalid);
      await saveDetails(db, by, id, { name: value.name, title: value.title ?? null });
      return done(to, "Saved");
    }
    case "role": {
      const { value, invalid } = parseForm(role, form);
      if (invalid) return refuse(invalid);
      const wrong = await wrongSpan(visit, "staff_role", { ...dates(value), what: value.role });
      if (wrong) return wrong;
      await giveRole(db, by, id, { ...dates(value), role: value.role });
      return done(to, "Role given");
    }
    case "program": {
      const { value, invalid } = parseForm(program, form);
      if (invalid) return refuse(invalid);
      const found = (await findPrograms(db)).find((one) => one.id === value.program_id);
      if (!found) return refuseField(form, "program_id", "Choose one");
      const held = { ...dates(value), what: value.program_id };
      const wrong = await wrongSpan(visit, "staff_program", held);
      if (wrong) return wrong;
      const { program_id } = value;
      await giveProgram(db, by, id, { ...dates(value), program_id, name: found.name });
      return done(to, "Saved");
    }
    case "credential":
    case "correct":
      return saveCredential(visit, intent === "correct" ? kind : undefined);
    case "end":
      return end(visit, member, kind, rowId);
    case "reset-password": {
      if (mine || !member.user_id) throw noSuchPage();
      const password = oneTimePassword();
      await noteChange(db, by, "New one-time password given", id);
      await resetPassword(services.signIn, member.user_id, password);
      return data({ password });
    }
    case "reset-second-factor": {
      if (mine || !member.user_id) throw noSuchPage();
      await noteChange(db, by, "Second factor and passkeys removed", id);
      await resetSecondFactor(services.signIn, member.user_id);
      return done(to, "Second factor and passkeys removed");
    }
    case "close": {
      if (mine) throw noSuchPage();
      const { value, invalid } = parseForm(z.object({ last_day: day }), form);
      if (invalid) return refuse(invalid);
      if (value.last_day < member.active_from) {
        return refuseField(form, "last_day", "They were not here yet on that day");
      }
      if ((await otherAdministrators(db, id, today)) === 0) {
        return refuseField(form, "last_day", LAST_ADMINISTRATOR);
      }
      await closeMember(db, by, id, value.last_day, today);
      if (value.last_day <= today && member.user_id) {
        await endSessions(services.signIn, member.user_id);
      }
      return done(to, value.last_day <= today ? "Account closed" : "Last day set");
    }
    case "reopen":
      await reopenMember(db, by, id, today);
      return done(to, "Account open again");
    default:
      throw noSuchPage();
  }
}

async function end(visit: FormVisit, member: Member, kind: string, rowId: string) {
  const { db, form, by, today } = visit;
  const table = { role: "staff_role", program: "staff_program", credential: "credential" } as const;
  if (!Object.hasOwn(table, kind)) throw noSuchPage();
  const now = form.get("when") === "now";
  const { value, invalid } = parseForm(z.object({ last_day: day.optional() }), form);
  if (invalid) return refuse(invalid);
  if (!now && !value.last_day) return refuseField(form, "last_day", "Choose a day");
  const ending = member.roles.find(({ id }) => id === rowId);
  const last = ending?.role === "administrator";
  if (last && (await otherAdministrators(db, member.id, today)) === 0) {
    return refuseField(form, "last_day", LAST_ADMINISTRATOR);
  }
  const lastDay = now ? null : (value.last_day ?? null);
  const done_ = await endSpan(db, by, table[kind as keyof typeof table], member.id, rowId, {
    lastDay,
    today,
  });
  if (done_ === "none") throw noSuchPage();
  if (done_ === "before-it-began") {
    return refuseField(form, "last_day", "It had not begun yet on that day");
  }
  return done(paths.staffMember(member.id), now ? "Taken back" : "Last day set");
}

async function saveCredential(visit: FormVisit, correcting: string | undefined) {
  const { db, form, params, me, by, today } = visit;
  const staffId = params.staffId ?? "";
  const { value, invalid } = parseForm(credential, form);
  if (invalid) return refuse(invalid);
  const offered = qualificationsOf(me.agency.jurisdiction);
  const before = (await findMember(db, staffId))?.credentials ?? [];
  const known = [...offered.map((one) => one.value), ...before.map((one) => one.qualification)];
  if (!known.includes(value.qualification)) return refuseField(form, "qualification", "Choose one");
  const associate = offered.some((one) => one.value === value.qualification && one.associate);
  const supervisors = await findSupervisors(db, today);
  if (associate && !supervisors.some(({ id }) => id === value.supervisor_id && id !== staffId)) {
    return refuseField(form, "supervisor_id", "An associate works under a supervisor: choose one");
  }
  const held = { ...dates(value), what: value.qualification, id: correcting };
  const wrong = await wrongSpan(visit, "credential", held);
  if (wrong) return wrong;
  const row = {
    ...dates(value),
    qualification: value.qualification,
    name: value.name,
    issuer: value.issuer,
    number: value.number ?? null,
    supervisor_id: associate ? (value.supervisor_id ?? null) : null,
  };
  if (correcting === undefined) await addCredential(db, by, staffId, row);
  else if (!(await correctCredential(db, by, staffId, correcting, row))) throw noSuchPage();
  return done(paths.staffMember(staffId), "Credential saved");
}

function dates(value: { valid_from: Day; valid_to?: Day | undefined }): Span {
  return { valid_from: value.valid_from, valid_to: value.valid_to ?? null };
}

/** A span that ends before it begins, or shares a day with one of the same kind, in words. */
async function wrongSpan(
  { db, form, params, me }: FormVisit,
  table: "staff_role" | "staff_program" | "credential",
  it: Span & { what: string; id?: string | undefined },
) {
  if (it.valid_to !== null && it.valid_to < it.valid_from) {
    return refuseField(form, "valid_to", "It ends before it begins");
  }
  const other = await findOverlap(db, table, params.staffId ?? "", it);
  if (!other) return null;
  const show = (text: string) =>
    new Date(`${text}T00:00:00Z`).toLocaleDateString(me.agency.locale, {
      dateStyle: "medium",
      timeZone: "UTC",
    });
  const days = other.valid_to
    ? `from ${show(other.valid_from)} to ${show(other.valid_to)}`
    : `from ${show(other.valid_from)} on, with no end`;
  return refuseField(form, "valid_from", `They hold the same already ${days}: end that one first`);
}
