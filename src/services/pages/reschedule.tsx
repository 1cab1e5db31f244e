import { Alert, Button, Grid, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { redirect, useLoaderData } from "react-router";
import { type Day, parseDay } from "../../kernel/day.ts";
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
import { findClashes, moveAppointment, sameSlot } from "../booking-store.ts";
import { moveForm, slotOf } from "../conference-plan.ts";
import { findPlanned } from "../planned-store.ts";
import { findLeads, findRooms } from "../schedule-store.ts";
import { foresee } from "./advice-for.ts";
import { RulePanel } from "./rule-panel.tsx";
import { ClashWarning, LeadField, RoomField, WhenFields } from "./slot-fields.tsx";
import { useForesight } from "./use-foresight.ts";
import { WhenLine } from "./when-line.tsx";

export const meta = () => [{ title: "Reschedule · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const { db, consumerId, params, today } = visit;
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  if (!planned) throw noSuchPage();
  const { appointment } = planned;
  if (planned.signed || appointment.status !== "scheduled") {
    return redirect(paths.conference(consumerId, planned.id));
  }
  const supportIds = planned.supports.map(({ supportId }) => supportId);
  const sketch = { ...appointment, programId: planned.program.id, plan: planned.plan, supportIds };
  return {
    planned,
    rooms: await findRooms(db),
    leads: await findLeads(db, today),
    foresight: await foresee(visit, sketch, appointment.id),
  };
});

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, params, form, today } = visit;
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  if (!planned || planned.signed) throw noSuchPage();
  const { value, invalid } = parseForm(moveForm, form);
  if (invalid) return refuse(invalid);
  if (!(await findRooms(db)).some(({ id }) => id === value.room)) {
    return refuseField(form, "room", "Choose a room");
  }
  if (!(await findLeads(db, today)).some(({ id }) => id === value.lead)) {
    return refuseField(form, "lead", "Choose who leads it");
  }
  const { appointment } = planned;
  const slot = slotOf(value);
  if (sameSlot(appointment, slot)) {
    return refuseField(form, "form", "This is the time and place it has already");
  }
  const clashes = await findClashes(db, slot, appointment.id);
  if (clashes.length > 0 && !value.accept) {
    return refuseField(form, "clash", "Somebody else has this room or this lead at that time");
  }
  if (!(await moveAppointment(db, me, appointment, slot, value.reason))) {
    return refuseField(form, "form", "Somebody settled this appointment meanwhile; look again");
  }
  const told = planned.supports.some(({ toldAt }) => toldAt !== null);
  const to = paths.conference(consumerId, planned.id);
  return done(to, told ? "Moved; tell those who were invited" : "Moved");
});

export default function Reschedule() {
  const { planned, rooms, leads, ...data } = useLoaderData<typeof loader>();
  const { appointment, consumerId, supports } = planned;
  const { foresight, pending, changed } = useForesight(paths.advice(consumerId), data.foresight);
  const [day, setDay] = useState<Day | null>(appointment.day);
  const sending = useSending();
  const field = useFields({
    day: appointment.day,
    starts: appointment.starts,
    ends: appointment.ends,
    room: appointment.roomId,
    lead: appointment.staffId,
  });
  const told = supports.filter(({ toldAt }) => toldAt !== null);
  const onChange = (event: React.FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    setDay(parseDay(String(new FormData(form).get("day") ?? "")));
    changed(form);
  };
  return (
    <>
      <PageHead
        title="Reschedule"
        about={
          <>
            Now: <WhenLine appointment={appointment} />. The earlier time stays on the record.
          </>
        }
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Form onChange={onChange}>
            <input type="hidden" name="except" value={appointment.id} />
            <input type="hidden" name="program" value={planned.program.id} />
            <input type="hidden" name="plan" value={planned.plan ?? ""} />
            {supports.map(({ supportId }) => (
              <input key={supportId} type="hidden" name="supports[]" value={supportId} />
            ))}
            <Paper component="section" mb="md">
              <Stack gap="sm">
                <WhenFields field={field} />
                <RoomField field={field} rooms={rooms} />
                <LeadField field={field} leads={leads} day={day} />
                <ClashWarning
                  clashes={foresight?.clashes ?? []}
                  error={field("clash").error !== undefined}
                />
                <TextInput label="Why it is moved" required {...field("reason")} />
              </Stack>
            </Paper>
            {told.length > 0 && (
              <Alert color="gray" mb="md">
                <Text size="sm">
                  Invited already: {told.map(({ name }) => name).join(", ")}. After moving you can
                  tell them the new time.
                </Text>
              </Alert>
            )}
            <Group>
              <Button type="submit" loading={sending}>
                Move the conference
              </Button>
              <LinkButton to={paths.conference(consumerId, planned.id)} variant="subtle">
                Leave it as it is
              </LinkButton>
            </Group>
          </Form>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <RulePanel advice={foresight?.advice ?? null} pending={pending} />
        </Grid.Col>
      </Grid>
    </>
  );
}
