import { Alert, Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf, lockConsumer } from "../../compliance/judge.ts";
import { findColleagues } from "../../episodes/store.ts";
import { type Day, parseDay } from "../../kernel/day.ts";
import { parseEndTime, parseTime, type TimeOfDay } from "../../kernel/time.ts";
import {
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { correctable } from "../correction.ts";
import type { Setting } from "../service.ts";
import { heldOn, ownQualification, type SimpleKind, simpleKinds } from "../service-kinds.ts";
import { findEnrolledPrograms, findHolders } from "../session-store.ts";
import { recordService } from "../standing-store.ts";

export const meta = () => [{ title: "Record a service · Throughcare" }];

export const loader = page("record.write", async ({ db, consumerId, today }) => ({
  consumerId,
  today,
  // Their roles are no page's business.
  colleagues: (await findColleagues(db, consumerId)).map(({ id, name, title }) => ({
    ...{ id, name, title },
  })),
  programs: await findEnrolledPrograms(db, consumerId),
  holders: await findHolders(
    db,
    Object.values(ownQualification).map(({ code }) => code),
  ),
}));

const settings = correctable.setting.input === "choice" ? correctable.setting.choices : {};

const form = z
  .object({
    kind: z.enum(Object.keys(simpleKinds) as [SimpleKind, ...SimpleKind[]], "Choose a service"),
    day: z
      .string("Say on which day")
      .transform((typed) => parseDay(typed))
      .refine((day): day is Day => day !== null, "Write the date as a day of the calendar"),
    starts: z
      .string("Say when it started")
      .transform((typed) => parseTime(typed.slice(0, 5)))
      .refine((time): time is TimeOfDay => time !== null, "Write the time as hours and minutes"),
    ends: z
      .string("Say when it ended")
      .transform((typed) => parseEndTime(typed.slice(0, 5)))
      .refine((time): time is TimeOfDay => time !== null, "Write the time as hours and minutes"),
    performer: identifier("Choose who performed it"),
    program: z.uuid().optional(),
    setting: z.enum(Object.keys(settings) as [string, ...string[]]).optional(),
    consumer: z.enum(["yes", "no"]).optional(),
    supports: z.coerce
      .number("Write a number")
      .int("Write a whole number")
      .min(0, "Write a number of 0 or more")
      .max(200, "At most 200")
      .optional(),
  })
  .refine(({ starts, ends }) => starts < ends, {
    path: ["ends"],
    message: "It has to end after it starts, on the same day",
  });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, me, services, today } = visit;
  const parsed = parseForm(form, visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  if (given.day > today) return refuseField(visit.form, "day", "That day is still to come");
  await lockConsumer(db, consumerId);
  const colleagues = await findColleagues(db, consumerId);
  const programs = await findEnrolledPrograms(db, consumerId);
  if (!colleagues.some(({ id }) => id === given.performer)) {
    return refuseField(visit.form, "performer", "Choose who performed it");
  }
  if (given.program && !programs.some(({ id }) => id === given.program)) {
    return refuseField(visit.form, "program", "Choose one they were enrolled in");
  }
  const recorded = await recordService(db, benchOf(me, services.shelf), {
    consumerId,
    programId: given.program ?? null,
    kind: given.kind,
    day: given.day,
    starts: given.starts,
    ends: given.ends,
    privateMinutes: 0,
    setting: (given.setting ?? null) as Setting | null,
    consumerPresent: given.consumer ? given.consumer === "yes" : null,
    supportsPresent: given.supports ?? null,
    planDiscussed: null,
    performerId: given.performer,
    conferenceId: null,
    awaitsCosign: false,
    recordedBy: me.staffId,
  });
  if (!recorded) {
    return refuseField(
      visit.form,
      "ends",
      "It comes to no whole unit, so there is no service to record. Write it up where you keep contacts.",
    );
  }
  return done(
    paths.service(consumerId, recorded.serviceId),
    recorded.moved.length > 0 ? "Recorded, and the week judged again" : "Recorded",
  );
});

export default function NewService() {
  const { consumerId, today, colleagues, programs, holders } = useLoaderData<typeof loader>();
  const me = useMe();
  const words = useWords();
  const answer = useActionData() as { typed?: Record<string, string> } | undefined;
  const mine = colleagues.some(({ id }) => id === me.staffId) ? me.staffId : "";
  const field = useFields({ day: today, performer: mine, program: programs[0]?.id });
  const sending = useSending();
  const [kind, setKind] = useState(answer?.typed?.kind ?? "individual-counseling");
  const [performer, setPerformer] = useState(answer?.typed?.performer ?? mine);
  const [day, setDay] = useState<string>(answer?.typed?.day ?? today);
  const own = ownQualification[kind];
  const unqualified = own && performer && !heldOn(holders, performer, day) ? own.label : null;
  return (
    <>
      <PageHead
        title="Record another service"
        about="A service that is no Family Conference: what counts here are its times, for two services can't both be claimed for the same minutes. It may be late; the week is judged again."
      />
      <Section title="What was done">
        <Form>
          <Stack maw={720}>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <NativeSelect
                label="Service"
                {...field("kind")}
                defaultValue={kind}
                onChange={(event) => setKind(event.currentTarget.value)}
                data={Object.entries(simpleKinds).map(([value, label]) => ({ value, label }))}
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
            <Group>
              <Button type="submit" loading={sending}>
                Record it
              </Button>
              <LinkButton to={paths.services(consumerId)} variant="subtle" color="gray">
                Go back
              </LinkButton>
            </Group>
          </Stack>
        </Form>
      </Section>
    </>
  );
}
