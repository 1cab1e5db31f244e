import {
  Alert,
  Button,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconEar } from "@tabler/icons-react";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMe, useWords } from "../../web/use-me.ts";
import { recordFamilyContact } from "../booking-store.ts";
import { findPlanned } from "../planned-store.ts";
import { settle } from "../settle-store.ts";

export const meta = () => [{ title: "Family came alone · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const planned = await getPlanned(visit);
  const { status } = planned.appointment;
  if (planned.signed || (status !== "scheduled" && status !== "family-only")) {
    return redirect(paths.conference(visit.consumerId, planned.id));
  }
  return {
    here: paths.conference(visit.consumerId, planned.id),
    supports: planned.supports.map(({ supportId, name, relation }) => ({
      id: supportId,
      label: `${name} · ${relation}`,
    })),
  };
});

async function getPlanned({ db, consumerId, params }: Visit) {
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  if (!planned) throw noSuchPage();
  return planned;
}

const contactForm = z.object({
  support: z.string().optional(),
  who: z.string().trim().max(200).optional(),
  heard: text(4000),
});

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form, today } = visit;
  const planned = await getPlanned(visit);
  const { value, invalid } = parseForm(contactForm, form);
  if (invalid) return refuse(invalid);
  const support = planned.supports.find(({ supportId }) => supportId === value.support);
  const who = support?.name ?? value.who;
  if (!who) return refuseField(form, "who", "Say who came, as they named themselves");
  const { appointment } = planned;
  if (appointment.day > today) return refuseField(form, "form", "That day has not come yet");
  const first = appointment.status === "scheduled";
  if (first && !(await settle(db, me, appointment.id, "family-only", null))) {
    return refuseField(form, "form", "Somebody settled this appointment meanwhile; look again");
  }
  if (!first && appointment.status !== "family-only") throw noSuchPage();
  await recordFamilyContact(db, me, {
    ...{ consumerId, appointmentId: appointment.id, who, heard: value.heard },
    supportId: support?.supportId ?? null,
  });
  return done(paths.conference(consumerId, planned.id), "Recorded what was heard");
});

export default function FamilyContact() {
  const { supports, here } = useLoaderData<typeof loader>();
  const words = useWords();
  const { agency } = useMe();
  const sending = useSending();
  const field = useFields();
  return (
    <Stack maw={680} gap="md">
      <PageHead
        title={`Family came, the ${words.consumer} did not`}
        about="No conference was held. What family said is kept as something heard; nothing is claimed for it."
      />
      <Alert color="orange" icon={<IconEar aria-hidden />} title="Listen, and tell nothing">
        <Text size="sm">
          You may listen to whatever they want to say. Neither say nor deny that somebody comes
          here, how they are, or why they are not here today, whatever consents there are. You may
          tell what anyone may know: how help works in general, and where relatives find support for
          themselves.
        </Text>
        <Text size="sm" mt={6} fs="italic">
          “I can listen to you. I can't talk about anybody, not even whether they come to{" "}
          {agency.neutralName}.”
        </Text>
      </Alert>
      <Form>
        <Paper component="section" mb="md">
          <Stack gap="sm">
            {supports.length > 0 && (
              <NativeSelect
                label="Who came"
                {...field("support")}
                data={[
                  ...supports.map(({ id, label }) => ({ value: id, label })),
                  { value: "", label: "Somebody else" },
                ]}
              />
            )}
            <TextInput
              label={supports.length > 0 ? "Somebody else: their name" : "Who came"}
              {...field("who")}
            />
            <Textarea
              label="What they said"
              description="Only what was heard, in their words where possible"
              autosize
              minRows={4}
              {...field("heard")}
            />
          </Stack>
        </Paper>
        <Group>
          <Button type="submit" loading={sending}>
            Record what was heard
          </Button>
          <LinkButton to={here} variant="subtle">
            Back
          </LinkButton>
        </Group>
      </Form>
    </Stack>
  );
}
