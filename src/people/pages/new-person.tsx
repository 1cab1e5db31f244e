import { Button, Fieldset, Group, Stack } from "@mantine/core";
import { data, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { addPerson, findLikely } from "../store.ts";
import { findTakeInChoices, takeIn, takeInForm } from "./arrival.ts";
import { Likely } from "./likely.tsx";
import { identityForm, identityOf, PersonFields, whyNotBorn } from "./person-fields.tsx";
import { TakeInFields } from "./take-in-fields.tsx";

export const meta = () => [{ title: "Add a person · Throughcare" }];

export const loader = page("person.add", async ({ db, today }) => ({
  choices: await findTakeInChoices(db, today),
}));

const newPerson = identityForm.extend(takeInForm.shape);

export const action = act("person.add", async ({ db, me, by, today, form, listed }) => {
  const parsed = parseForm(newPerson, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { program_id, from, keyworker_id, ...given } = parsed.value;
  const person = identityOf(given, today);
  const unborn = whyNotBorn(given, today);
  if (unborn) return refuseField(form, "date_of_birth", unborn);
  const somebodyElse = form.get("somebody_else") === "on";
  const likely = somebodyElse ? [] : await findLikely(db, person);
  if (likely.length > 0) {
    await listed(likely.map(({ id }) => id));
    const { invalid } = parseForm(z.never(), form);
    return data({ errors: undefined, typed: invalid?.typed, likely }, { status: 409 });
  }
  if (from && !program_id)
    return refuseField(form, "program_id", "Choose what it is the first day of");
  const choices = await findTakeInChoices(db, today);
  const consumerId = await addPerson(db, me, person);
  if (!program_id) return done(paths.person(consumerId), "Added, enrolled nowhere yet");
  const wanted = { program_id, from, keyworker_id };
  const wrong = await takeIn(db, { by, today, consumerId }, wanted, choices);
  if (wrong) throw new Error("choices changed between two lines");
  return done(
    paths.consumer(consumerId),
    from ? "Added and enrolled" : "Added to the waiting list",
  );
});

export default function NewPerson() {
  const { choices } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const me = useMe();
  const words = useWords();
  const sending = useSending();
  const own = choices.colleagues.some(({ id }) => id === me.staffId);
  const field = useFields({
    language: "English",
    keyworker_id: own ? me.staffId : "",
    program_id: choices.programs.length === 1 ? (choices.programs[0]?.id ?? "") : "",
  });
  const likely = answer && "likely" in answer ? answer.likely : [];
  return (
    <>
      <PageHead
        title="Add a person"
        about={`Somebody who has come for the first time. Whoever was here before keeps their record: find them under ${words.consumers} instead.`}
      />
      <Form>
        <Stack>
          <PersonFields field={field} />
          {choices.programs.length > 0 && (
            <Fieldset legend="Where they go">
              <TakeInFields field={field} choices={choices} optional />
            </Fieldset>
          )}
          {likely.length > 0 && <Likely likely={likely} />}
          <Group>
            <Button type="submit" loading={sending}>
              Add this person
            </Button>
            <LinkButton to={paths.people()} variant="default">
              Leave it
            </LinkButton>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
