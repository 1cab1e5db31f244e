import {
  Alert,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useActionData, useLoaderData } from "react-router";
import { findColleagues } from "../../episodes/store.ts";
import { isId } from "../../storage/id.ts";
import { Form, type Invalid, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { findAppointment } from "../booking-store.ts";
import { correctable } from "../correction.ts";
import { findRooms } from "../schedule-store.ts";
import { heldOn, kindsFor, ownQualification, sayKind, usualKind } from "../service-kinds.ts";
import { findOpenGoals } from "../session-note-store.ts";
import { findEnrolledPrograms, findHolders } from "../session-store.ts";
import { recordSession } from "./new-service-action.ts";
import { NextSession } from "./next-session.tsx";

export const meta = () => [{ title: "Record a session · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const { db, consumerId, today, url, me } = visit;
  const kind = url.searchParams.get("kind") ?? "";
  const offered = kindsFor(me.agency.locale);
  const appointment = await expectedBy(visit);
  return {
    consumerId,
    today,
    // The kind that was asked for, or that the appointment was booked for; else what is usual here.
    kind: Object.hasOwn(offered, kind) ? kind : usualKind[me.agency.locale],
    appointment,
    // Their roles are no page's business.
    colleagues: (await findColleagues(db, consumerId)).map(({ id, name, title }) => ({
      ...{ id, name, title },
    })),
    programs: await findEnrolledPrograms(db, consumerId),
    goals: await findOpenGoals(db, consumerId),
    rooms: await findRooms(db),
    holders: await findHolders(
      db,
      Object.values(ownQualification).map(({ code }) => code),
    ),
  };
});

/** The appointment that this session was, when it was booked. */
async function expectedBy({ db, consumerId, url }: Parameters<Parameters<typeof page>[1]>[0]) {
  const id = url.searchParams.get("appointment") ?? "";
  const found = isId(id) ? await findAppointment(db, id) : null;
  if (found?.consumerId !== consumerId || found.status !== "scheduled") return null;
  const { day, starts, ends, setting, staffId } = found;
  return { id, day, starts, ends, setting, staffId };
}

const settings = correctable.setting.input === "choice" ? correctable.setting.choices : {};

export const action = act("record.write", recordSession);

export default function NewService() {
  const data = useLoaderData<typeof loader>();
  const { consumerId, today, colleagues, programs, holders, appointment, goals } = data;
  const me = useMe();
  const { locale } = me.agency;
  const words = useWords();
  const answer = useActionData() as Partial<Invalid> | undefined;
  const typed = (name: string) => {
    const value = answer?.typed?.[name];
    return typeof value === "string" ? value : undefined;
  };
  const mine = colleagues.some(({ id }) => id === me.staffId) ? me.staffId : "";
  const by = appointment?.staffId ?? mine;
  const field = useFields({
    day: appointment?.day ?? today,
    starts: appointment?.starts,
    // Times that nobody saw are not suggested: a claim may rest on them.
    ends: appointment?.ends,
    setting: appointment?.setting,
    consumer: "yes",
    performer: by,
    program: programs[0]?.id,
  });
  const sending = useSending();
  const [kind, setKind] = useState(typed("kind") ?? data.kind);
  const [performer, setPerformer] = useState(typed("performer") ?? by);
  const [day, setDay] = useState<string>(typed("day") ?? appointment?.day ?? today);
  const own = ownQualification[kind];
  const unqualified = own && performer && !heldOn(holders, performer, day) ? own.label : null;
  const chosen = answer?.typed?.["goals[]"];
  return (
    <>
      <PageHead
        title={`Record: ${sayKind(kind, locale)}`}
        about="What was done, in a few lines. It may be late; two services can't both stand for the same minutes."
      />
      <Form>
        {appointment && <input type="hidden" name="appointment" value={appointment.id} />}
        <Stack maw={760} gap={0}>
          <Section title="When">
            <Stack gap="sm">
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                <TextInput
                  label="Day"
                  type="date"
                  max={today}
                  {...field("day")}
                  onChange={(event) => setDay(event.currentTarget.value)}
                />
                <TextInput label="Started" type="time" {...field("starts")} />
                <TextInput label="Ended" type="time" {...field("ends")} />
              </SimpleGrid>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <NativeSelect
                  label="Service"
                  {...field("kind")}
                  defaultValue={kind}
                  onChange={(event) => setKind(event.currentTarget.value)}
                  data={Object.entries(kindsFor(locale)).map(([value, label]) => ({
                    value,
                    label,
                  }))}
                />
                <NativeSelect
                  label="Performed by"
                  {...field("performer")}
                  onChange={(event) => setPerformer(event.currentTarget.value)}
                >
                  <option value="">Choose…</option>
                  {colleagues.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </NativeSelect>
              </SimpleGrid>
              {unqualified && (
                <Alert
                  color="orange"
                  title={`No qualification as ${unqualified} on file for that day`}
                >
                  It can be recorded all the same. That Family Therapy's own performer is one with
                  this credential is our reading of clause 3.2.
                </Alert>
              )}
            </Stack>
          </Section>
          <Section title="What was worked on">
            <Stack gap="sm">
              <Textarea label="Note" autosize minRows={4} {...field("note")} />
              {goals.length > 0 && (
                <Checkbox.Group
                  label={`Goals of the ${words.carePlan} that it was about`}
                  defaultValue={Array.isArray(chosen) ? chosen : []}
                  error={answer?.errors?.goals}
                >
                  <Stack gap={6} mt={6}>
                    {goals.map(({ lineage, text }) => (
                      <Checkbox key={lineage} name="goals[]" value={lineage} label={text} />
                    ))}
                  </Stack>
                </Checkbox.Group>
              )}
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <NativeSelect label={capital(words.program)} {...field("program")}>
                  <option value="">None</option>
                  {programs.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </NativeSelect>
                <NativeSelect label="Setting" {...field("setting")}>
                  <option value="">Not recorded</option>
                  {Object.entries(settings).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </NativeSelect>
                <NativeSelect label={`${capital(words.consumer)} took part`} {...field("consumer")}>
                  <option value="">Not recorded</option>
                  <option value="yes">Yes</option>
                  <option value="no">No</option>
                </NativeSelect>
                <TextInput
                  label={`${capital(words.supports)} who took part`}
                  type="number"
                  min={0}
                  {...field("supports")}
                />
              </SimpleGrid>
            </Stack>
          </Section>
          <NextSession rooms={data.rooms} today={today} />
          <Group mb="md">
            <Button type="submit" loading={sending}>
              Record it
            </Button>
            <LinkButton to={paths.services(consumerId)} variant="subtle" color="gray">
              Go back
            </LinkButton>
          </Group>
          <Text size="xs" c="dimmed">
            The note stays as it is saved; more can be added below it.
          </Text>
        </Stack>
      </Form>
    </>
  );
}
