import { Button, Group, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { editPerson, findPerson } from "../store.ts";
import { identityForm, identityOf, PersonFields, whyNotBorn } from "./person-fields.tsx";

export const meta = () => [{ title: "Identity and contact · Throughcare" }];

export const loader = page("person.add", async ({ db, consumerId, today }) => {
  const person = await findPerson(db, consumerId);
  if (!person) throw noSuchPage();
  return { person, year: Number(today.slice(0, 4)) };
});

export const action = act("person.add", async ({ db, consumerId, today, form }) => {
  const parsed = parseForm(identityForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const before = await findPerson(db, consumerId);
  const person = identityOf(parsed.value, today);
  const unborn =
    before?.date_of_birth && !person.date_of_birth
      ? "A date that was known is changed, not taken away: consents rest on it"
      : whyNotBorn(parsed.value, today);
  if (unborn) return refuseField(form, "date_of_birth", unborn);
  if (!(await editPerson(db, consumerId, person))) throw noSuchPage();
  return done(paths.person(consumerId), "Saved");
});

export default function EditPerson() {
  const { person, year } = useLoaderData<typeof loader>();
  const sending = useSending();
  const field = useFields({
    ...textOf(person),
    interpreter: person.interpreter ? "on" : "",
    born_unknown: person.date_of_birth ? "" : "on",
    about_age: person.born_about ? String(year - person.born_about) : "",
  });
  return (
    <>
      <PageHead title="Identity and contact" />
      <Form>
        <Stack>
          <PersonFields field={field} />
          <Group>
            <Button type="submit" loading={sending}>
              Save
            </Button>
            <LinkButton to={paths.person(person.id)} variant="default">
              Leave it as it was
            </LinkButton>
          </Group>
        </Stack>
      </Form>
    </>
  );
}

/** What of a row a form can hold as text. */
function textOf(row: object): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => typeof value === "string"));
}
