import { type RawBuilder, sql } from "kysely";
import type { Day } from "../../kernel/day.ts";
import type { Permission, Role } from "../../people/access.ts";
import type { TaskKind } from "../task.ts";

/**
 * What every branch may use: who asks, what they are, the agency's zone and its day. Besides, by name:
 * `mine`, whose keyworker I am; `was_mine`, whose keyworker I was last, or am, or whom I follow up in
 * their place; `nobodys`, for whoever answers for a team: whose keyworker is nobody who could see to
 * them (they are among `mine` and `was_mine` too); `wait`, who waits and is mine or my team's to move on.
 */
export type Asked = {
  me: RawBuilder<unknown>;
  roles: readonly Role[];
  zone: RawBuilder<unknown>;
  today: Day;
};

/**
 * A reason why something waits. Its rows are `consumer_id` (or NULL), `ref_id` (what the next step
 * opens), `detail` (a few words that tell two of a kind apart; nothing clinical) and `due`.
 * Row security keeps a branch to what the acting member of staff may see; the branch keeps it to
 * what is theirs to do. Nobody without the permission can have any: they are not asked.
 */
export type Branch = {
  kind: TaskKind;
  may: Permission;
  rows: (asked: Asked) => RawBuilder<unknown>;
};

/** One branch as an arm of the one query; the casts let a branch say NULL. */
export function arm({ kind, rows }: Branch, asked: Asked): RawBuilder<unknown> {
  return sql`SELECT ${sql.lit(kind)} AS kind, b.consumer_id::uuid, b.ref_id::uuid, b.detail::text, b.due::date
    FROM (${rows(asked)}) b (consumer_id, ref_id, detail, due)`;
}
