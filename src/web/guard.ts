import { rm } from "node:fs/promises";
import { type ExpressionBuilder, sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type RouterContextProvider,
  redirect,
} from "react-router";
import { today } from "../kernel/clock.ts";
import type { Day } from "../kernel/day.ts";
import { may, type Permission, type Role, type Rule } from "../people/access.ts";
import { logAccess, watchedLately } from "../storage/access-log.ts";
import { type Acting, actingFor, type By } from "../storage/database.ts";
import { isId } from "../storage/id.ts";
import type { DB } from "../storage/schema.ts";
import { wholeRecord } from "../storage/sight.ts";
import { paths } from "./paths.ts";
import { type Me, type Services, servicesContext } from "./services.ts";
import { BadUpload, MOST_SAID, receive, type UploadedFile } from "./upload.ts";

/** One request by a member of staff, in one transaction that acts for them. */
export type Visit = {
  db: Acting;
  me: Me;
  /** The same as what a row says of its author. */
  by: By;
  /** The agency's own calendar day. */
  today: Day;
  services: Services;
  request: Request;
  params: Record<string, string | undefined>;
  url: URL;
  /** The record this page is about; a page without one has to say whom it listed. */
  consumerId: string;
  /** Notes whose names were shown on a list, and why where a reason is owed. */
  listed: (consumerIds: readonly string[], reason?: string) => Promise<void>;
};

export type FormVisit = Visit & { form: FormData };

/** A form that may bring files: they lie on disk, and go when it is answered unless they are taken. */
export type FilesVisit = FormVisit & {
  files: ReadonlyMap<string, UploadedFile>;
  /** The disk is full: none of the files was kept. */
  noRoom: boolean;
  /** Keeps the files beyond the answer: the folder, which whoever takes it removes. */
  takeFiles: () => string;
};

type Args = LoaderFunctionArgs<RouterContextProvider> | ActionFunctionArgs<RouterContextProvider>;

/** A loader or action that says who may use it; the access matrix is read off these. */
export type Guarded<T> = ((args: Args) => Promise<T>) & { rule: Rule };

/** A loader for whoever holds the permission. */
export function page<T>(rule: Permission, load: (visit: Visit) => Promise<T>): Guarded<T> {
  return Object.assign((args: Args) => visit(args, rule, "read", load), { rule });
}

/** A loader that a page asks every few seconds: it stands in the log once in some minutes. */
export function watch<T>(rule: Permission, load: (visit: Visit) => Promise<T>): Guarded<T> {
  return Object.assign((args: Args) => visit(args, rule, "watch", load), { rule });
}

/** An action for whoever holds the permission. */
export function act<T>(rule: Permission, handle: (visit: FormVisit) => Promise<T>): Guarded<T> {
  return posted(rule, "write", handle);
}

/** A question that is posted, so that nothing of it stands in an address; it changes nothing. */
export function ask<T>(rule: Permission, answer: (visit: FormVisit) => Promise<T>): Guarded<T> {
  return posted(rule, "read", answer);
}

/** An action for whoever holds the permission, by a form with files. */
export function actWithFiles<T>(
  rule: Permission,
  handle: (visit: FilesVisit) => Promise<T>,
): Guarded<T> {
  const run = async (args: Args) => {
    refuseForeign(args.request);
    const me = await whoAsks(args.context.get(servicesContext), args.request);
    const upload = me && may(me.roles, rule) ? await received(args.request) : null;
    let left = upload?.folder;
    const takeFiles = () => {
      const folder = left ?? "";
      left = undefined;
      return folder;
    };
    try {
      const form = upload?.form ?? new FormData();
      const files = upload?.files ?? new Map();
      const noRoom = upload?.noRoom ?? false;
      return await visit(args, rule, "write", (it) =>
        handle({ ...it, form, files, noRoom, takeFiles }),
      );
    } finally {
      if (left) await rm(left, { recursive: true, force: true });
    }
  };
  return Object.assign(run, { rule });
}

/** A form of either kind; what no browser sends is answered as that, and is no fault of ours. */
async function received(request: Request) {
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("multipart/form-data")) {
    // Only files may be long: this is read into memory.
    if (Number(request.headers.get("content-length")) > MOST_SAID)
      throw data(null, { status: 413 });
    return { form: await request.formData(), files: new Map(), folder: undefined, noRoom: false };
  }
  try {
    return await receive(request);
  } catch (error) {
    if (error instanceof BadUpload) throw data(null, { status: 400 });
    throw error;
  }
}

function posted<T>(
  rule: Permission,
  action: "read" | "write",
  handle: (visit: FormVisit) => Promise<T>,
): Guarded<T> {
  const run = async (args: Args) => {
    refuseForeign(args.request);
    // What a stranger sends is not even read.
    const me = await whoAsks(args.context.get(servicesContext), args.request);
    const form = me && may(me.roles, rule) ? await args.request.formData() : new FormData();
    return visit(args, rule, action, (it) => handle({ ...it, form }));
  };
  return Object.assign(run, { rule });
}

/** A loader or action that needs nobody to be signed in. */
export function open<T>(handle: (services: Services, args: Args) => Promise<T>): Guarded<T> {
  const run = async (args: Args) => {
    if (args.request.method !== "GET") refuseForeign(args.request);
    return handle(args.context.get(servicesContext), args);
  };
  return Object.assign(run, { rule: "anybody" as const });
}

async function visit<T>(
  { request, params, context }: Args,
  rule: Permission,
  action: "read" | "write" | "watch",
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const services = context.get(servicesContext);
  const url = new URL(request.url);
  const me = await whoAsks(services, request);
  if (!me) throw redirect(paths.signIn(url.pathname + url.search));
  // The shell's own loader stays out of this; every page and form waits for the new password.
  if (me.mustChangePassword && !isAccount(url.pathname)) throw redirect(paths.account());
  if (!may(me.roles, rule) || !namesRows(params)) throw noSuchPage();
  const room = `${rule} ${pattern(url.pathname)}`;
  return actingFor(services.database, me.staffId, async (db) => {
    const consumerId = params.consumerId ?? "";
    if (consumerId) {
      if (!(await inSight(db, rule, consumerId))) throw noSuchPage();
      const known = action === "watch" && (await watchedLately(db, room, consumerId));
      const kind = action === "write" ? "write" : "read";
      if (!known) await logAccess(db, me, { action: kind, room, consumerIds: [consumerId] });
    }
    return work({
      db,
      me,
      by: { staffId: me.staffId, agencyId: me.agency.id },
      services,
      request,
      params,
      url,
      consumerId,
      today: today(services.clock, me.agency.timeZone),
      listed: (consumerIds, reason) =>
        logAccess(db, me, { action: "listed", room, consumerIds, ...(reason && { reason }) }),
    });
  });
}

/** Who is signed in, if anybody is and they still work here. */
export function whoAsks(services: Services, request: Request): Promise<Me | null> {
  services.me ??= find();
  return services.me;

  async function find(): Promise<Me | null> {
    // A page that looks every few seconds is nobody at the keyboard: it keeps no session alive.
    const at = new URL(request.url).pathname.replace(/\.data$/, "");
    const watches = at === paths.alerts() || at.endsWith("/watch");
    const session = await services.signIn.api.getSession({
      headers: request.headers,
      query: { disableRefresh: watches },
    });
    if (!session) return null;
    const { rows } = await sql<{ staff_id: string; name: string; roles: Role[] }>`
      SELECT staff_id, name, roles FROM access.staff_of(${session.user.id})`.execute(
      services.database,
    );
    const staff = rows[0];
    if (!staff) return null;
    const agency = await actingFor(services.database, staff.staff_id, (db) =>
      db
        .selectFrom("agency")
        .selectAll()
        .select((eb) => chosenBulletins(eb))
        .executeTakeFirstOrThrow(),
    );
    return {
      staffId: staff.staff_id,
      name: staff.name,
      roles: staff.roles,
      mustChangePassword: session.user.mustChangePassword === true,
      agency: {
        id: agency.id,
        name: agency.name,
        neutralName: agency.neutral_name,
        phone: agency.phone,
        jurisdiction: agency.jurisdiction,
        bulletins: agency.bulletins as unknown as NonNullable<Me["agency"]["bulletins"]>,
        locale: agency.locale as Me["agency"]["locale"],
        timeZone: agency.time_zone,
        cosignAssociates: agency.cosign_associates,
        redisclosureNotice: agency.redisclosure_notice,
      },
    };
  }
}

/** The agency's own choice of bulletins, from when to when. */
function chosenBulletins(eb: ExpressionBuilder<DB, "agency">) {
  return jsonArrayFrom(
    eb
      .selectFrom("agency_bulletin")
      .whereRef("agency_bulletin.agency_id", "=", "agency.id")
      .select(["jurisdiction", "number", "valid_from as from", "valid_to as until"])
      .orderBy("valid_from"),
  ).as("bulletins");
}

/** The same answer for a record that is not there and for one that is not yours. */
export function noSuchPage() {
  return data(null, { status: 404 });
}

/** Every `…Id` of an address is the id of a row; what cannot be one is no page. */
function namesRows(params: Args["params"]): boolean {
  return Object.entries(params).every(([name, value]) => !name.endsWith("Id") || isId(value));
}

async function inSight(db: Acting, rule: Permission, consumerId: string): Promise<boolean> {
  const whole = rule.startsWith("record.");
  const found = await db
    .selectFrom("consumer")
    .select("id")
    .where("id", "=", consumerId)
    .$if(whole, (query) => query.where(wholeRecord("consumer.id")))
    .executeTakeFirst();
  return found !== undefined;
}

/** Cookies travel with forms of other sites only if we let them: we do not. */
function refuseForeign(request: Request): void {
  const site = request.headers.get("sec-fetch-site");
  const origin = request.headers.get("origin");
  const foreign =
    (site !== null && site !== "same-origin" && site !== "none") ||
    (origin !== null && hostOf(origin) !== request.headers.get("host"));
  if (foreign) throw data(null, { status: 403 });
}

/** "null" is what a sandboxed frame calls itself: no host, and so none of ours. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

function isAccount(pathname: string): boolean {
  return pathname.replace(/\.data$/, "") === paths.account();
}

/** The path without its ids, for the log. */
function pattern(pathname: string): string {
  return pathname.replace(/\.data$/, "").replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id");
}
