import { fullName } from "../../people/consumer.ts";
import { judge } from "../../policy/judge.ts";
import type { Visit } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import type { CareKind } from "../care-record.ts";
import {
  findKeyworkers,
  findOwnPrograms,
  NOBODY,
  SHORT_ORDERS,
  type ShortAsked,
  type ShortFall,
  type ShortOrder,
} from "../care-short-store.ts";
import { type Bench, benchOf } from "../judge.ts";
import { sayCare } from "./care-said.ts";

/** How the list is narrowed and ordered, as its address says it; what makes no sense is left out. */
export type ShortFilter = { clause: string; program: string; keyworker: string; order: string };

export const shortOrders: Readonly<Record<ShortOrder, string>> = {
  weight: "What is required first",
  oldest: "Longest standing first",
  newest: "Newest first",
  keyworker: "By keyworker",
};

/** What the address asks for, and what may be asked. */
export async function readShortAsked({ db, me, services, url }: Visit) {
  const bench = benchOf(me, services.shelf);
  const clauses = clausesOf(bench);
  const programs = await findOwnPrograms(db);
  const keyworkers = bench.care.length > 0 ? await findKeyworkers(db) : [];
  const ask = (name: string) => url.searchParams.get(name);
  const clause = clauses.find(({ value }) => value === ask("clause")) ?? null;
  const program = programs.find(({ id }) => id === ask("program")) ?? null;
  const keyworker =
    [...keyworkers, { id: NOBODY }].find(({ id }) => id === ask("keyworker")) ?? null;
  const order = SHORT_ORDERS.find((one) => one === ask("order")) ?? "weight";
  const of: Omit<ShortAsked, "skip" | "most"> = {
    ...{ bulletin: clause?.bulletin ?? null, clause: clause?.number ?? null, order },
    ...{ programId: program?.id ?? null, keyworkerId: keyworker?.id ?? null },
  };
  const filter: ShortFilter = {
    ...{ clause: clause?.value ?? "", program: program?.id ?? "" },
    ...{ keyworker: keyworker?.id ?? "", order: order === "weight" ? "" : order },
  };
  return { bench, clauses, programs, keyworkers, of, filter };
}

/** The clauses of the bulletins in force that are judged, to narrow the list by. */
function clausesOf({ care }: Bench) {
  const all = care.flatMap(({ number: bulletin, title, clauses }) =>
    clauses
      .filter(({ must, should }) => must ?? should)
      .map(({ number, gist }) => ({
        ...{ value: `${bulletin}/${number}`, bulletin, number },
        label: `${title} ${number}: ${gist.length > 60 ? `${gist.slice(0, 57).trimEnd()}…` : gist}`,
      })),
  );
  return [...new Map(all.map((one) => [one.value, one])).values()];
}

/** A row of the list in words: judged once more by itself, for why it falls short. */
export function sayShort(row: ShortFall, { care }: Bench) {
  const { record, consumer, onDay, programs, bulletin, keyworker } = row;
  return care
    .filter(({ number }) => number === bulletin)
    .flatMap((one) => judge(one, [record.line]))
    .flatMap((judged) => sayCare(judged, care))
    .filter(({ clause, advises }) => clause === row.clause && advises === (row.kind === "should"))
    .map((said) => ({
      key: `${record.id} ${bulletin} ${row.clause} ${row.kind}`,
      ...{ said, name: fullName(consumer), number: consumer.number, onDay, programs, keyworker },
      kind: record.kind,
      to: PLACES[record.kind](consumer.id, record.id),
    }))
    .slice(0, 1);
}

const PLACES: Readonly<Record<CareKind, (consumerId: string, id: string) => string>> = {
  prescribing: paths.prescribing,
  placement: paths.placement,
  "aftercare-plan": paths.aftercare,
};

export const careKinds: Readonly<Record<CareKind, string>> = {
  prescribing: "Prescribing",
  placement: "Placement",
  "aftercare-plan": "Aftercare plan",
};
