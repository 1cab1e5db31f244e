import { Button, Group, Paper, Stack } from "@mantine/core";
import { useActionData, useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { findPerson } from "../../people/store.ts";
import { bookAppointment } from "../../services/booking-store.ts";
import {
  Form,
  type Invalid,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { readFirstTime } from "./free-times.ts";
import { ReferralFields, referralForm, referralOf, Unseen } from "./referral-fields.tsx";
import { findReferring, findTeamsFor, takeIt, takenBy } from "./take-referral.ts";

export const meta = () => [{ title: "Take a referral · Throughcare" }];

export const loader = page("referral.take", async (visit) => {
  const { db, consumerId, today } = visit;
  const person = await findPerson(db, consumerId);
  if (!person) throw noSuchPage();
  return {
    id: person.id,
    name: fullName(person),
    back: person.whole_record ? paths.consumer(person.id) : paths.person(person.id),
    today,
    ...(await findReferring(visit, await findTeamsFor(visit, consumerId), consumerId)),
  };
});

export const action = act("referral.take", async (visit) => {
  const { me, form, consumerId } = visit;
  const parsed = parseForm(referralForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const teams = await findTeamsFor(visit, consumerId);
  if (!teams && !me.roles.includes("front-desk")) throw noSuchPage();
  const { program_id: programId, first_time } = parsed.value;
  const into = teams?.stays ? null : (programId ?? null);
  const first = await readFirstTime(visit, first_time, { programId: into, consumerId });
  if ("refused" in first) return refuseField(form, first.refused.field, first.refused.message);
  const wrong = await takeIt(visit, consumerId, referralOf(parsed.value), { teams, programId });
  if (wrong) return refuseField(form, wrong.field, wrong.message);
  if (first.slot) await bookAppointment(visit.db, me, consumerId, first.slot);
  return takenBy(visit, consumerId, teams, first.slot !== null);
});

/** A referral of somebody who is known to the agency. */
export default function Referred() {
  const { name, back, today, teams, choices, times, onDuty, contact } =
    useLoaderData<typeof loader>();
  const refused = (useActionData() as Partial<Invalid> | undefined)?.typed;
  const typed = refused?.["help[]"];
  const field = useFields({
    received_on: today,
    urgency: "routine",
    source: contact?.source,
    reason: contact?.reason,
    program_id: teams?.programs.length === 1 ? (teams.programs[0]?.id ?? "") : "",
  });
  return (
    <>
      <PageHead
        title={`Referral of ${name}`}
        about="Opens an episode when none is open. Ask before you write: what is not asked stays open."
      />
      <Paper>
        <Form>
          <Stack>
            <ReferralFields
              field={field}
              today={today}
              teams={teams}
              typedHelp={Array.isArray(typed) ? typed : refused ? [] : (contact?.help ?? [])}
              choices={choices}
              times={times}
            />
            {!teams && <Unseen onDuty={onDuty} />}
            <Group>
              <Button type="submit" loading={useSending()}>
                Take the referral
              </Button>
              <LinkButton to={back} variant="default">
                Leave it
              </LinkButton>
            </Group>
          </Stack>
        </Form>
      </Paper>
    </>
  );
}
