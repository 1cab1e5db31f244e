import { parseDay } from "../../kernel/day.ts";
import { act } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { may } from "../access.ts";
import { type Found, fullName } from "../consumer.ts";
import { searchPeople } from "../store.ts";

/** The command palette's search: posted, because a name has no place in an address. */
export const action = act("person.read", async ({ db, form, me, listed }) => {
  const typed = String(form.get("q") ?? "").slice(0, 100);
  const born = parseDay(typed.trim());
  const people = await searchPeople(db, { words: born ? "" : typed, born, most: 8 });
  await listed(people.map((person) => person.id));
  const to = may(me.roles, "record.read") ? paths.consumer : paths.person;
  return {
    found: people.map(
      (person): Found => ({
        id: person.id,
        name: fullName(person),
        born: person.date_of_birth,
        number: person.number,
        to: to(person.id),
      }),
    ),
  };
});
