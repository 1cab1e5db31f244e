import { parseDay } from "../../kernel/day.ts";
import { ask } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { type Found, fullName } from "../consumer.ts";
import { searchPeople } from "../store.ts";

/** The command palette's search: posted, because a name has no place in an address. */
export const action = ask("person.read", async ({ db, form, listed }) => {
  const typed = String(form.get("q") ?? "").slice(0, 100);
  const born = parseDay(typed.trim());
  const people = await searchPeople(db, { words: born ? "" : typed, born, most: 8 });
  await listed(people.map((person) => person.id));
  return {
    found: people.map(
      (person): Found => ({
        id: person.id,
        name: fullName(person),
        born: person.date_of_birth,
        number: person.number,
        to: person.whole_record ? paths.consumer(person.id) : paths.person(person.id),
      }),
    ),
  };
});
