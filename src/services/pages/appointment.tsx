import { Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
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
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { statusWords } from "../appointment.ts";
import {
  findAppointment,
  findClashes,
  moveAppointment,
  sameSlot,
  settle,
} from "../booking-store.ts";
import { moveForm, slotOf } from "../conference-plan.ts";
import { findBookable, findConferenceOf, findPerson, findRooms } from "../schedule-store.ts";
import { usualKind } from "../service-kinds.ts";
import { ClashWarning, RoomField, StaffField, WhenFields } from "./slot-fields.tsx";
import { WhenLine } from "./when-line.tsx";

export const meta = () => [{ title: "Appointment · Throughcare" }];

export const loader = page("appointment.read", async (visit) => {
  const { db, me, today, listed } = visit;
  const { appointment, name } = await getAppointment(visit);
  await listed([appointment.consumerId]);
  const conferenceId = await findConferenceOf(db, appointment.id);
  if (conferenceId) return redirect(paths.conference(appointment.consumerId, conferenceId));
  const plan = may(me.roles, "record.write") && appointment.status === "scheduled";
  const { kind: _, ...shown } = appointment;
  return {
    appointment: shown,
    name,
    today,
    plan: plan
      ? `${paths.newConference(appointment.consumerId)}?appointment=${appointment.id}`
      : null,
    record: plan
      ? paths.newService(appointment.consumerId, usualKind[me.agency.locale], appointment.id)
      : null,
    rooms: await findRooms(db),
    staff: await findBookable(db, today),
  };
});

async function getAppointment({ db, params }: Visit) {
  const id = params.appointmentId ?? "";
  const appointment = await findAppointment(db, id);
  const person = appointment && (await findPerson(db, appointment.consumerId));
  if (!appointment || !person) throw noSuchPage();
  return { appointment, name: fullName(person) };
}

const ends = z.object({ intent: z.enum(["cancelled", "did-not-come"]), reason: text(500) });

export const action = act("appointment.write", async (visit) => {
  const { db, me, form, today } = visit;
  const { appointment } = await getAppointment(visit);
  await logAccess(db, me, {
    action: "write",
    room: "appointment",
    consumerIds: [appointment.consumerId],
  });
  const meanwhile = "Somebody settled this appointment meanwhile; look again";
  if (form.get("intent") === "move") {
    const { value, invalid } = parseForm(moveForm, form);
    if (invalid) return refuse(invalid);
    if (!(await findRooms(db)).some(({ id }) => id === value.room)) {
      return refuseField(form, "room", "Choose a room");
    }
    if (!(await findBookable(db, today)).some(({ id }) => id === value.lead)) {
      return refuseField(form, "lead", "Choose a colleague");
    }
    const slot = slotOf(value);
    if (sameSlot(appointment, slot)) {
      return refuseField(form, "form", "This is the time and place it has already");
    }
    if (!value.accept && (await findClashes(db, slot, appointment.id)).length > 0) {
      return refuseField(form, "clash", "The room or the colleague is taken at that time");
    }
    const id = await moveAppointment(db, me, appointment, slot, value.reason);
    return id ? done(paths.appointment(id), "Moved") : refuseField(form, "form", meanwhile);
  }
  const { value, invalid } = parseForm(ends, form);
  if (invalid) return refuse(invalid);
  if (value.intent === "did-not-come" && appointment.day > today) {
    return refuseField(form, "form", "That day has not come yet");
  }
  if (!(await settle(db, me, appointment.id, value.intent, value.reason))) {
    return refuseField(form, "form", meanwhile);
  }
  return done(paths.appointment(appointment.id), statusWords[value.intent]);
});

export default function AppointmentPage() {
  const { appointment, name, plan, record } = useLoaderData<typeof loader>();
  const writes = useMay()("appointment.write");
  const open = appointment.status === "scheduled";
  return (
    <Stack maw={640} gap="md">
      <PageHead
        title={name}
        about={<WhenLine appointment={appointment} />}
        actions={
          <>
            <LinkButton to={paths.calendar()} variant="default">
              Calendar
            </LinkButton>
            {plan && (
              <LinkButton to={plan} variant="default">
                Plan the conference
              </LinkButton>
            )}
            {record && <LinkButton to={record}>Record a session</LinkButton>}
          </>
        }
      />
      {!open && (
        <Paper component="section">
          <Title order={2}>{statusWords[appointment.status]}</Title>
          {appointment.reason && <Text size="sm">{appointment.reason}</Text>}
        </Paper>
      )}
      {open && writes && <Change />}
    </Stack>
  );
}

function Change() {
  const { appointment, rooms, staff, today } = useLoaderData<typeof loader>();
  const sending = useSending();
  const move = useFields(
    {
      day: appointment.day,
      starts: appointment.starts,
      ends: appointment.ends,
      room: appointment.roomId,
      lead: appointment.staffId,
    },
    "move",
  );
  return (
    <>
      <Section title="Move it">
        <Form intent="move">
          <Stack gap="sm" align="stretch">
            <WhenFields field={move} />
            <StaffField field={move} staff={staff} />
            <RoomField field={move} rooms={rooms} />
            <ClashWarning clashes={[]} error={move("clash").error !== undefined} />
            <TextInput label="Why it is moved" required {...move("reason")} />
            <Group>
              <Button type="submit" loading={sending}>
                Move
              </Button>
            </Group>
          </Stack>
        </Form>
      </Section>
      <Section title="If it does not take place">
        <Stack gap="md">
          <EndForm intent="cancelled" label="Cancel it, because" button="Cancel it" />
          {appointment.day <= today && (
            <EndForm
              intent="did-not-come"
              label="Nobody came; what is known of it"
              button="Record: did not come"
            />
          )}
        </Stack>
      </Section>
    </>
  );
}

function EndForm({ intent, label, button }: { intent: string; label: string; button: string }) {
  const field = useFields({}, intent);
  const sending = useSending();
  return (
    <Form intent={intent}>
      <Group align="flex-end" gap="xs">
        <TextInput label={label} {...field("reason")} style={{ flex: "1 1 14rem" }} />
        <Button
          type="submit"
          variant="default"
          {...(intent === "cancelled" ? { c: "red" } : {})}
          loading={sending}
        >
          {button}
        </Button>
      </Group>
    </Form>
  );
}
