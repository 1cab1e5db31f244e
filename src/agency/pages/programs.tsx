import { Button, Checkbox, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { getFact } from "../../policy/facts.ts";
import {
  checkbox,
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital, wordsOf } from "../../web/words.ts";
import { programKinds } from "../agency.ts";
import { findPrograms, saveProgram, setActive } from "../store.ts";
import { NamedList } from "./named-list.tsx";

export const meta = ({ loaderData }: { loaderData?: { title: string } }) => [
  { title: `${loaderData?.title ?? "Settings"} · Throughcare` },
];

/** The kinds that the place knows: a list of its own or the codes of its bulletins; and all others. */
function kindsOf(jurisdiction: string) {
  const own = programKinds[jurisdiction];
  const codes = getFact("service", "program").codes ?? {};
  return [
    ...(own ?? Object.entries(codes).map(([value, label]) => ({ value, label }))),
    { value: "other", label: "Another kind: no bulletin here knows it" },
  ];
}

export const loader = page("agency.manage", async ({ db, me }) => ({
  programs: await findPrograms(db),
  kinds: kindsOf(me.agency.jurisdiction),
  title: capital(wordsOf(me.agency.locale).programs),
}));

export const action = act("agency.manage", async ({ db, me, by, form }) => {
  if (String(form.get("intent")).startsWith("active ")) {
    const { value } = parseForm(z.object({ id: identifier(), active: checkbox }), form);
    const name =
      value &&
      (await setActive(
        db,
        by,
        "program",
        value.id,
        value.active,
        wordsOf(me.agency.locale).program,
      ));
    if (!name) throw noSuchPage();
    return done(
      paths.programs(),
      value.active ? `${name} is in use again` : `${name} is out of use`,
    );
  }
  const known = await findPrograms(db);
  const offered = kindsOf(me.agency.jurisdiction);
  const called = wordsOf(me.agency.locale);
  if (form.get("intent") === "usual") {
    const { value } = parseForm(z.object({ kinds: z.array(z.string()).default([]) }), form);
    const chosen = offered.filter(({ value: kind }) => value?.kinds.includes(kind));
    for (const { value: kind, label } of chosen) {
      await saveProgram(db, by, { name: usualName(label), kind }, called.program);
    }
    return done(paths.programs(), chosen.length ? "Added" : "None was ticked");
  }
  const codes = new Set([...offered.map(({ value }) => value), ...known.map(({ kind }) => kind)]);
  const schema = z.object({
    id: identifier().optional(),
    name: text(100),
    kind: z.string("Choose one").refine((kind) => codes.has(kind), "Choose one"),
  });
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  if (value.id && !known.some(({ id }) => id === value.id)) throw noSuchPage();
  if (!(await saveProgram(db, by, value, called.program))) {
    return refuseField(form, "name", "Another one has this name already");
  }
  return done(paths.programs(), `${value.name} saved`);
});

/** A kind's label without what stands in brackets or after a comma. */
function usualName(label: string): string {
  return label.replace(/ \(.*\)|,.*/g, "");
}

export default function Programs() {
  const { programs, kinds } = useLoaderData<typeof loader>();
  const words = useWords();
  return (
    <>
      <PageHead
        title={capital(words.programs)}
        about="What staff work in and people are enrolled in. The kind is never shown to anyone outside, nor on calendars and prints."
      />
      {programs.length === 0 && <Usual />}
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

/** For an agency that has just opened: those it runs are ticked, and named as they usually are. */
function Usual() {
  const { kinds } = useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  return (
    <Section title="Begin with the usual ones">
      <Form intent="usual">
        <Stack gap="sm">
          <Checkbox.Group label={`Tick the ${words.programs} that you run; names can be changed`}>
            <Stack gap={6} mt={6}>
              {kinds
                .filter(({ value }) => value !== "other")
                .map(({ value, label }) => (
                  <Checkbox key={value} name="kinds[]" value={value} label={label} />
                ))}
            </Stack>
          </Checkbox.Group>
          <div>
            <Button type="submit" variant="light" loading={sending}>
              Add those that are ticked
            </Button>
          </div>
        </Stack>
      </Form>
    </Section>
  );
}
