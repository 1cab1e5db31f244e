import { useLoaderData } from "react-router";
import { z } from "zod";
import { getFact } from "../../policy/facts.ts";
import {
  checkbox,
  done,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { findPrograms, saveProgram, setActive } from "../store.ts";
import { NamedList } from "./named-list.tsx";

export const meta = () => [{ title: "Programs · Throughcare" }];

/** The codes that the bulletins know, and one for all others. */
function kinds() {
  const codes = getFact("service", "program").codes ?? {};
  return [
    ...Object.entries(codes).map(([value, label]) => ({ value, label })),
    { value: "other", label: "Another kind: no bulletin here knows it" },
  ];
}

export const loader = page("agency.manage", async ({ db }) => ({
  programs: await findPrograms(db),
  kinds: kinds(),
}));

export const action = act("agency.manage", async ({ db, me, form }) => {
  const by = { agencyId: me.agency.id, staffId: me.staffId };
  if (String(form.get("intent")).startsWith("active ")) {
    const { value } = parseForm(z.object({ id: identifier(), active: checkbox }), form);
    const name = value && (await setActive(db, by, "program", value.id, value.active));
    if (!name) throw noSuchPage();
    return done(
      paths.programs(),
      value.active ? `${name} is in use again` : `${name} is out of use`,
    );
  }
  const known = await findPrograms(db);
  const codes = new Set([...kinds().map(({ value }) => value), ...known.map(({ kind }) => kind)]);
  const schema = z.object({
    id: identifier().optional(),
    name: text(100),
    kind: z.string("Choose one").refine((kind) => codes.has(kind), "Choose one"),
  });
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  if (value.id && !known.some(({ id }) => id === value.id)) throw noSuchPage();
  if (!(await saveProgram(db, by, value))) {
    return refuseField(form, "name", "Another one has this name already");
  }
  return done(paths.programs(), `${value.name} saved`);
});

export default function Programs() {
  const { programs, kinds } = useLoaderData<typeof loader>();
  const words = useWords();
  return (
    <>
      <PageHead
        title={capital(words.programs)}
        about="What staff work in and people are enrolled in. The kind is never shown to anyone outside, nor on calendars and prints."
      />
      <NamedList
        items={programs}
        choices={kinds}
        words={{
          one: words.program,
          many: `Your ${words.programs}`,
          kind: "Kind",
          kindHint: "The kind decides which bulletins speak of what is done in it.",
          empty: `No ${words.program} yet. Add the first one below.`,
        }}
      />
    </>
  );
}
