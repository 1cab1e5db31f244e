import { Badge, Button, Group, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
import {
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { CAME, isOver, statusWords } from "../appointment.ts";
import { findAppointment, findClashes, moveAppointment, sameSlot } from "../booking-store.ts";
import { moveForm, slotOf } from "../conference-plan.ts";
import { findBookable, findConferenceOf, findPerson, findRooms } from "../schedule-store.ts";
import { usualKind } from "../service-kinds.ts";
import { followUp, isTakenBackStill, settle, takeBack } from "../settle-store.ts";
import { ClashWarning, RoomField, StaffField, WhenFields } from "./slot-fields.tsx";
import { WhenLine } from "./when-line.tsx";

export const meta = () => [{ title: "Appointment · Throughcare" }];

export const loader = page("appointment.read", async (visit) => {
  const { db, me, today, listed, url, services } = visit;
  const { appointment, name } = await getAppointment(visit);
  await listed([appointment.consumerId]);
  const conferenceId = await findConferenceOf(db, appointment.id);
  const writes = may(me.roles, "record.write");
  const came = url.searchParams.get("came") === "yes" && writes;
  const { consumerId } = appointment;
  if (conferenceId) {
    const to = came ? paths.hold : paths.conference;
    return redirect(to(consumerId, conferenceId));
  }
  const plan = writes && appointment.status === "scheduled";
  const discharge = writes && appointment.discharge;
  const record = discharge
    ? `${paths.dischargePlan(consumerId)}?do=conference&appointment=${appointment.id}`
    : paths.newService(consumerId, usualKind[me.agency.locale], appointment.id);
  if (came && plan) return redirect(record);
  const { kind: _, discharge: __, statusAt, statusBy, ...shown } = appointment;
  const over = isOver(appointment, now(services.clock, me.agency.timeZone));
  const mine = statusBy === me.staffId && appointment.followUp === null;
  const missed = appointment.status === "did-not-come";
  return {
    appointment: shown,
    name,
    today,
    over,
    discharge: discharge ? paths.dischargePlan(consumerId) : null,
    plan:
      plan && !discharge
        ? `${paths.newConference(consumerId)}?appointment=${appointment.id}`
        : null,
    record: plan ? record : null,
    // Pressed by mistake: for a day, whoever said it takes it back.
    takesBack:
      mine &&
      (missed || appointment.status === "cancelled") &&
      statusAt !== null &&
      services.clock().epochMilliseconds - statusAt.getTime() < 86_400_000 &&
      (await isTakenBackStill(db, appointment.id)),
    again: paths.bookFor(consumerId),
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

const ends = z.object({ intent: z.enum(["cancelled", "did-not-come"]), reason: optionalText(500) });

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
  const here = paths.appointment(appointment.id);
  if (form.get("intent") === "take-back") {
    if (await takeBack(db, me, appointment.id)) return done(here, "Taken back: it is open again");
    return refuseField(form, "form", meanwhile);
  }
  if (form.get("intent") === "follow-up") {
    const how = form.get("how") === "not-needed" ? "not-needed" : "reached";
    if (await followUp(db, me, appointment.id, how)) return done(here, "Kept");
    return refuseField(form, "form", meanwhile);
  }
  const { value, invalid } = parseForm(ends, form);
  if (invalid) return refuse(invalid);
  if (value.intent === "cancelled" && !value.reason && appointment.day >= today) {
    return refuseField(form, "reason", "Say why");
  }
  if (value.intent === "did-not-come" && appointment.day > today) {
    return refuseField(form, "form", "That day has not come yet");
  }
  if (!(await settle(db, me, appointment.id, value.intent, value.reason ?? null))) {
    return refuseField(form, "form", meanwhile);
  }
  return done(here, statusWords[value.intent]);
});

export default function AppointmentPage() {
  const { appointment, name, plan, record, over, discharge } = useLoaderData<typeof loader>();
  const writes = useMay()("appointment.write");
  const open = appointment.status === "scheduled";
  return (
    <Stack maw={640} gap="md">
      <PageHead
        title={
          <>
            {name} {discharge && <Badge color="gray">Discharge conference</Badge>}
          </>
        }
        about={<WhenLine appointment={appointment} />}
        actions={
          <>
            <LinkButton to={paths.calendar()} variant="default">
              Calendar
            </LinkButton>
            <LinkButton to={paths.person(appointment.consumerId)} variant="default">
              How to reach them
            </LinkButton>
            {plan && !over && (
              <LinkButton to={plan} variant="default">
                Plan the conference
              </LinkButton>
            )}
            {record && !over && (
              <LinkButton to={discharge ?? record}>
                {discharge ? "Open the discharge plan" : "Record a session"}
              </LinkButton>
            )}
          </>
        }
      />
      {!open && <Settled />}
      {open && over && writes && <CameOrNot />}
      {open && writes && <Move />}
      {open && !over && writes && <Ends />}
    </Stack>
  );
}

/** What became of it, and what comes next. */
function Settled() {
  const { appointment, takesBack, again } = useLoaderData<typeof loader>();
  const writes = useMay()("appointment.write");
  const { status, followUp: followed } = appointment;
  const missed = status === "did-not-come";
  return (
    <Paper component="section">
      <Title order={2}>{statusWords[status]}</Title>
      {appointment.reason && <Text size="sm">{appointment.reason}</Text>}
      {missed && followed && (
        <Text size="sm">
          {followed === "reached" ? "They were reached since." : "No follow-up was needed."}
        </Text>
      )}
      {missed && !followed && (
        <Text size="sm" mt={4}>
          Whoever was booked is asked to reach them, until they are seen or have a new time.
        </Text>
      )}
      {writes && (
        <Group gap="xs" mt="sm">
          {missed && !followed && (
            <>
              <LinkButton to={again} size="sm">
                Book another time
              </LinkButton>
              <OneButton intent="follow-up" how="reached" label="Reached them" />
              <OneButton intent="follow-up" how="not-needed" label="No follow-up needed" />
            </>
          )}
          {takesBack && <OneButton intent="take-back" label="Take it back" />}
        </Group>
      )}
    </Paper>
  );
}

function OneButton({ intent, how, label }: { intent: string; how?: string; label: string }) {
  const sending = useSending();
  return (
    <Form intent={intent}>
      {how && <input type="hidden" name="how" value={how} />}
      <Button type="submit" size="sm" variant="default" loading={sending}>
        {label}
      </Button>
    </Form>
  );
}

/** It is over: what became of it comes before everything else. */
function CameOrNot() {
  const { record } = useLoaderData<typeof loader>();
  return (
    <Section title={CAME}>
      <Stack gap="md">
        {record && (
          <Group>
            <LinkButton to={record}>They came: write it up</LinkButton>
          </Group>
        )}
        <EndForm intent="did-not-come" label="What is known of it" button="Did not come" />
        <EndForm intent="cancelled" label="Why, if it is known" button="It was cancelled" />
      </Stack>
    </Section>
  );
}

function Ends() {
  const { appointment, today } = useLoaderData<typeof loader>();
  return (
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
  );
}

function Move() {
  const { appointment, rooms, staff } = useLoaderData<typeof loader>();
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
