import { Button, Group, Paper, Stack } from "@mantine/core";
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
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { fullName } from "../consumer.ts";
import { findPerson } from "../store.ts";
import { findTakeInChoices, takeIn, takeInForm } from "./arrival.ts";
import { TakeInFields } from "./take-in-fields.tsx";

export const meta = () => [{ title: "Take in · Throughcare" }];

export const loader = page("person.add", async (visit) => {
  const { person, choices } = await getArrival(visit);
  return { id: person.id, name: fullName(person), choices };
});

export const action = act("person.add", async (visit) => {
  const { choices } = await getArrival(visit);
  const parsed = parseForm(takeInForm, visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const wrong = await takeIn(visit.db, visit, parsed.value, choices);
  if (wrong) return refuseField(visit.form, wrong.field, wrong.message);
  const message = parsed.value.from ? "Enrolled" : "On the waiting list";
  return done(paths.consumer(visit.consumerId), message);
});

/** Somebody who has come and is in no programme yet, for whoever has a programme to take them into. */
async function getArrival({ db, consumerId, today }: Visit) {
  const person = await findPerson(db, consumerId);
  const choices = await findTakeInChoices(db, today);
  if (!person?.awaiting_program || choices.programs.length === 0) throw noSuchPage();
  return { person, choices };
}

export default function TakeIn() {
  const { id, name, choices } = useLoaderData<typeof loader>();
  const me = useMe();
  const words = useWords();
  const sending = useSending();
  const own = choices.colleagues.some((colleague) => colleague.id === me.staffId);
  const field = useFields({
    keyworker_id: own ? me.staffId : "",
    program_id: choices.programs.length === 1 ? (choices.programs[0]?.id ?? "") : "",
  });
  return (
    <>
      <PageHead
        title={`Take in ${name}`}
        about={`Opens their episode. From then on their record is seen by the team of that ${words.program}, and by nobody else.`}
      />
      <Paper>
        <Form>
          <Stack>
            <TakeInFields field={field} choices={choices} />
            <Group>
              <Button type="submit" loading={sending}>
                Take in
              </Button>
              <LinkButton to={paths.person(id)} variant="default">
                Leave it
              </LinkButton>
            </Group>
          </Stack>
        </Form>
      </Paper>
    </>
  );
}
