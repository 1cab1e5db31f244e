import { Button, Group, Paper, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import { now } from "../../kernel/clock.ts";
import { parseDay } from "../../kernel/day.ts";
import { parseTime } from "../../kernel/time.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
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
import { minutesLater, USUAL_MINUTES, usualStart } from "../appointment.ts";
import { bookAppointment, findClashes } from "../booking-store.ts";
import { slotForm, slotOf } from "../conference-plan.ts";
import { findBookable, findPerson, findRooms, findSighted } from "../schedule-store.ts";
import { ClashWarning, RoomField, StaffField, WhenFields } from "./slot-fields.tsx";

export const meta = () => [{ title: "Book a time · Throughcare" }];

export const loader = page("appointment.write", async (visit) => {
  const { db, me, consumerId, url, services, today } = visit;
  const person = await findPerson(db, consumerId);
  if (!person) throw noSuchPage();
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const usual = usualStart(now(services.clock, me.agency.timeZone));
  const starts = parseTime(asked("starts")) ?? usual.starts;
  const { ids, keyworker } = await findSighted(db, consumerId);
  return {
    sighted: ids,
    // What an appointment is for is planned by those who know the person.
    kind: kindAsked(url, me.roles),
    name: fullName(person),
    rooms: await findRooms(db),
    staff: await findBookable(db, today),
    start: {
      day: parseDay(asked("day")) ?? usual.day,
      starts,
      ends: parseTime(asked("ends")) ?? minutesLater(starts, USUAL_MINUTES),
      room: asked("room"),
      lead: asked("lead") || (keyworker ?? ""),
    },
  };
});

function kindAsked(url: URL, roles: Parameters<typeof may>[0]) {
  const asked = url.searchParams.get("kind") === "discharge-conference";
  return asked && may(roles, "record.write") ? ("discharge-conference" as const) : null;
}

export const action = act("appointment.write", async ({ db, me, consumerId, form, today, url }) => {
  const { value, invalid } = parseForm(slotForm, form);
  if (invalid) return refuse(invalid);
  if (!(await findRooms(db)).some(({ id }) => id === value.room)) {
    return refuseField(form, "room", "Choose a room");
  }
  if (!(await findBookable(db, today)).some(({ id }) => id === value.lead)) {
    return refuseField(form, "lead", "Choose a colleague");
  }
  const slot = slotOf(value);
  if (!value.accept && (await findClashes(db, slot)).length > 0) {
    return refuseField(form, "clash", "The room or the colleague is taken at that time");
  }
  const kind = kindAsked(url, me.roles);
  const id = await bookAppointment(db, me, consumerId, slot, kind ? { kind } : {});
  if (kind) return done(paths.dischargePlan(consumerId), "Planned: it stands in the calendar");
  return done(paths.appointment(id), "Booked");
});

export default function BookFor() {
  const { name, rooms, staff, sighted, start, kind } = useLoaderData<typeof loader>();
  const sending = useSending();
  const field = useFields(start);
  return (
    <Stack maw={640} gap="md">
      <PageHead
        title={kind ? "Plan a discharge conference" : "Book a time"}
        about={
          kind
            ? `For ${name}: what has to be in place when care ends. With family or without.`
            : `For ${name}. What it is for is planned by the colleague.`
        }
      />
      <Form>
        <Paper component="section" mb="md">
          <Stack gap="sm">
            <WhenFields field={field} />
            <StaffField field={field} staff={staff} sighted={sighted} />
            <RoomField field={field} rooms={rooms} />
            <ClashWarning clashes={[]} error={field("clash").error !== undefined} />
          </Stack>
        </Paper>
        <Group>
          <Button type="submit" loading={sending}>
            Book
          </Button>
          <LinkButton to={paths.calendar()} variant="subtle">
            Do not book
          </LinkButton>
        </Group>
      </Form>
    </Stack>
  );
}
