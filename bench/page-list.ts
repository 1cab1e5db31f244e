import type { Database } from "../src/storage/database.ts";

/** A page as one of the staff opens it. `name` is its address without ids, the same at both sizes. */
export type Page = { who: string; path: string; name: string };

/** What each role looks at, day by day. */
const lists: Record<string, readonly string[]> = {
  "ana@demo.example": ["/", "/tasks", "/people", "/calendar", "/bulletins/FY10-Clinical-16"],
  "flo@demo.example": ["/", "/calendar"],
  "bill@demo.example": ["/claims", "/"],
  "ruth@demo.example": ["/", "/tasks"],
  "nia@alderway.example": ["/", "/tasks", "/people", "/waiting", "/leaving", "/falls-short"],
  "jack@alderway.example": ["/", "/tasks", "/beds", "/leaving"],
  "moira@alderway.example": [
    ...["/", "/tasks", "/people", "/waiting", "/beds", "/leaving", "/falls-short"],
    ...["/reports", "/reports?months=36", "/reports/stay?months=36"],
    ...["/referrals-out", "/groups", "/open-access", "/calls", "/calendar", "/directory"],
  ],
  "grace@alderway.example": ["/", "/tasks", "/reassign", "/emergency-access/review"],
  "tom@alderway.example": ["/", "/tasks", "/people", "/calendar", "/calls"],
};

const record = [
  ...["", "/plan", "/supports", "/services", "/referrals", "/who-looked", "/enrolments"],
];
const care = [
  ...["/assessment", "/placements", "/matching", "/aftercare", "/leaving", "/prescribing"],
  "/outcomes",
];

/** Whose record each opens: of a story that both sizes tell. */
const records = [
  { who: "ana@demo.example", given: "Maria", pages: [...record, "/conferences/new"] },
  { who: "jack@alderway.example", given: "Yusuf", pages: [...record, ...care] },
  { who: "moira@alderway.example", given: "Yusuf", pages: [...record, ...care] },
];

export async function pagesOf(owner: Database): Promise<Page[]> {
  const paths: Omit<Page, "name">[] = Object.entries(lists).flatMap(([who, some]) =>
    some.map((path) => ({ who, path })),
  );
  for (const { who, given, pages } of records) {
    const { id } = await owner
      .selectFrom("consumer")
      .select("id")
      .where("given_name", "=", given)
      .orderBy("created_at")
      .executeTakeFirstOrThrow();
    paths.push(...pages.map((page) => ({ who, path: `/consumers/${id}${page}` })));
    if (!who.startsWith("ana")) paths.push({ who, path: `/people/${id}/come-back` });
  }
  return paths.map((page) => ({ ...page, name: page.path.replace(/[0-9a-f-]{36}/, ":id") }));
}
