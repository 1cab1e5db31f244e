import { type RawBuilder, sql } from "kysely";

/**
 * Whether the acting member of staff may open the whole record of the consumer in a column: what
 * `access.record_consumers()` lists. Asked of few people it looks each up and lists nobody.
 */
export function wholeRecord(column: string): RawBuilder<boolean> {
  return sql`(EXISTS (SELECT FROM access.enrolled seen WHERE seen.consumer_id = ${sql.ref(column)})
    OR ${sql.ref(column)} IN (SELECT access.opened_in_emergency()))`;
}
