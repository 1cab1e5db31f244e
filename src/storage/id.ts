const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a row at all. What cannot is nobody's: it never reaches a query. */
export function isId(text: string | null | undefined): text is string {
  return ID.test(text ?? "");
}
