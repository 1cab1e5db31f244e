import { Alert, Anchor, Button, Grid, Group, Paper, Stack, Title } from "@mantine/core";
import { useState } from "react";
import { Link, redirect, useLoaderData } from "react-router";
import { now } from "../../kernel/clock.ts";
import { type Day, parseDay } from "../../kernel/day.ts";
import { parseTime } from "../../kernel/time.ts";
import { consentStanding } from "../../people/consent-store.ts";
import { isId } from "../../storage/id.ts";
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
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { clashesOf, minutesLater, USUAL_MINUTES, usualStart } from "../appointment.ts";
import { bookConference, findAppointment, findClashes } from "../booking-store.ts";
import { enrolledOn, planForm, purposes, slotOf } from "../conference-plan.ts";
import { findPlanned } from "../planned-store.ts";
import { findBelonging, findLeads, findRooms, findTaken } from "../schedule-store.ts";
import { foresee } from "./advice-for.ts";
import { AgendaField, ProgramField, PurposeFields, SupportFields } from "./plan-fields.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { ClashWarning, LeadField, RoomField, WhenFields } from "./slot-fields.tsx";
import { useForesight } from "./use-foresight.ts";

export const meta = () => [{ title: "Plan a Family Conference · Throughcare" }];

export const loader = page("record.write", async (visit) => {
  const { db, consumerId, today } = visit;
  const choices = await findChoices(visit);
  const start = await findStart(visit, choices);
  const standings = await consentStanding(db, consumerId, today);
  const supports = standings
    .filter(({ endedOn }) => endedOn === null || endedOn > today)
    .map(({ supportId, name, relation, organisation, noContact, invite }) => ({
      ...{ id: supportId, name, relation, organisation, noContact, invite },
    }));
  const sketch = {
    ...start.slot,
    programId: start.programId,
    plan: start.plan,
    supportIds: start.supportIds,
  };
  const foresight = await foresee(visit, sketch, start.appointmentId);
  const { rooms, leads, programs, episodeId } = choices;
  return {
    rooms,
    leads,
    programs,
    plannable: episodeId !== null,
    supports,
    start,
    foresight,
    consumerId,
  };
});

async function findChoices({ db, consumerId, today }: Visit) {
  return {
    ...(await findBelonging(db, consumerId)),
    rooms: await findRooms(db),
    leads: await findLeads(db, today),
  };
}

/** What the form starts with: the slot that was clicked, an earlier conference, or what is usual. */
async function findStart(visit: Visit, choices: Awaited<ReturnType<typeof findChoices>>) {
  const { db, me, consumerId, url, services } = visit;
  const { rooms, leads, programs, keyworkerId } = choices;
  const asked = (name: string) => url.searchParams.get(name) ?? "";
  const waiting = await findWaiting(visit, asked("appointment"));
  const like = isId(asked("like")) ? await findPlanned(db, consumerId, asked("like")) : null;
  const usual = usualStart(now(services.clock, me.agency.timeZone));
  const day = waiting?.day ?? parseDay(asked("day")) ?? usual.day;
  const starts = waiting?.starts ?? parseTime(asked("starts")) ?? usual.starts;
  const ends = waiting?.ends ?? parseTime(asked("ends")) ?? minutesLater(starts, USUAL_MINUTES);
  const leadOf = (id: string | null) => leads.find((lead) => lead.id === id)?.id;
  const staffId =
    waiting?.staffId ?? leadOf(asked("lead")) ?? leadOf(me.staffId) ?? leadOf(keyworkerId) ?? "";
  const taken = await findTaken(db, { from: day, to: day });
  const free = rooms.find(
    ({ id, setting }) =>
      setting === "office" &&
      clashesOf({ day, starts, ends, roomId: id, staffId: "" }, taken).length === 0,
  );
  const roomId =
    waiting?.roomId ??
    rooms.find(({ id }) => id === (asked("room") || like?.appointment.roomId))?.id ??
    free?.id ??
    "";
  const program = programs.find((each) => enrolledOn(each, day)) ?? programs[0];
  return {
    slot: {
      day,
      starts,
      ends: ends > starts ? ends : minutesLater(starts, USUAL_MINUTES),
      roomId,
      staffId,
    },
    programId: like?.program.id ?? program?.id ?? null,
    plan: like
      ? like.plan
      : asked("for") === "3.1.1.3"
        ? ("discharge-plan" as const)
        : ("treatment-plan" as const),
    purposes:
      like?.purposes ?? purposes.map(({ clause }) => clause).filter((one) => one === asked("for")),
    supportIds: like?.supports.map(({ supportId }) => supportId) ?? [],
    appointmentId: waiting?.id ?? null,
  };
}

/** An appointment of theirs that was booked before anybody planned what it is for. */
async function findWaiting({ db, consumerId }: Visit, id: string) {
  const found = isId(id) ? await findAppointment(db, id) : null;
  const fits =
    found?.consumerId === consumerId &&
    found.status === "scheduled" &&
    found.kind === "appointment";
  return fits ? found : null;
}

export const action = act("record.write", async (visit) => {
  const { db, me, consumerId, form, url } = visit;
  const { value, invalid } = parseForm(planForm, form);
  if (invalid) return refuse(invalid);
  const { rooms, leads, programs, episodeId } = await findChoices(visit);
  if (episodeId === null) throw noSuchPage();
  if (!rooms.some(({ id }) => id === value.room)) return refuseField(form, "room", "Choose a room");
  if (!leads.some(({ id }) => id === value.lead)) {
    return refuseField(form, "lead", "Choose who leads it");
  }
  if (!programs.some(({ id }) => id === value.program)) {
    return refuseField(form, "program", "Choose one");
  }
  const known = await consentStanding(db, consumerId, visit.today);
  const supportIds = known
    .filter(({ supportId, noContact }) => value.supports.includes(supportId) && !noContact)
    .map(({ supportId }) => supportId);
  const appointment = await findWaiting(visit, url.searchParams.get("appointment") ?? "");
  const slot = slotOf(value);
  const clashes = await findClashes(db, slot, appointment?.id ?? null);
  if (clashes.length > 0 && !value.accept) {
    return refuseField(form, "clash", "Somebody else has this room or this lead at that time");
  }
  const conferenceId = await bookConference(db, me, {
    ...{ consumerId, episodeId, programId: value.program, slot, appointment, supportIds },
    purposes: value.purposes,
    plan: value.plan ?? null,
  });
  if (conferenceId === null) return redirect(paths.calendar());
  return done(paths.conference(consumerId, conferenceId), "Conference booked");
});

export default function NewConference() {
  const { plannable, consumerId, programs } = useLoaderData<typeof loader>();
  const words = useWords();
  if (!plannable || programs.length === 0) {
    return (
      <Empty
        action={
          <LinkButton to={paths.enrolments(consumerId)}>
            Open an episode or {words.enrol}
          </LinkButton>
        }
      >
        A conference belongs to an episode and a {words.program}; this {words.consumer} has none
        yet.
      </Empty>
    );
  }
  return (
    <>
      <PageHead
        title="Plan a Family Conference"
        about="Book the time and place and say who is expected. Nobody is invited by this yet."
      />
      <PlanForm />
    </>
  );
}

function PlanForm() {
  const data = useLoaderData<typeof loader>();
  const { start, consumerId, rooms, leads, programs, supports } = data;
  const { foresight, pending, changed } = useForesight(paths.advice(consumerId), data.foresight);
  const [day, setDay] = useState<Day | null>(start.slot.day);
  const words = useWords();
  const sending = useSending();
  const field = useFields({
    day: start.slot.day,
    starts: start.slot.starts,
    ends: start.slot.ends,
    room: start.slot.roomId,
    lead: start.slot.staffId,
    program: start.programId,
    plan: start.plan,
  });
  const onChange = (event: React.FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    setDay(parseDay(String(new FormData(form).get("day") ?? "")));
    changed(form);
  };
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Form onChange={onChange}>
          {start.appointmentId && <input type="hidden" name="except" value={start.appointmentId} />}
          <Stack gap="md">
            <Paper component="section">
              <Stack gap="sm">
                <Title order={2}>When and where</Title>
                <WhenFields field={field} />
                <RoomField field={field} rooms={rooms} />
                <LeadField field={field} leads={leads} day={day} />
                <ClashWarning
                  clashes={foresight?.clashes ?? []}
                  error={field("clash").error !== undefined}
                />
              </Stack>
            </Paper>
            <Paper component="section">
              <Stack gap="sm">
                <Title order={2}>What it is for</Title>
                <Group grow align="flex-start" preventGrowOverflow={false}>
                  <ProgramField field={field} programs={programs} day={day} />
                  <AgendaField field={field} />
                </Group>
                <PurposeFields saved={start.purposes} />
              </Stack>
            </Paper>
            <Paper component="section">
              <Stack gap="sm">
                <Title order={2}>Who is expected</Title>
                {supports.length === 0 ? (
                  <Alert color="gray">
                    No {words.support} is on the record yet. <AddSupport id={consumerId} />
                  </Alert>
                ) : (
                  <>
                    <SupportFields supports={supports} saved={start.supportIds} day={day} />
                    <AddSupport id={consumerId} />
                  </>
                )}
              </Stack>
            </Paper>
            <Group>
              <Button type="submit" loading={sending}>
                Book the conference
              </Button>
              <LinkButton to={paths.consumer(consumerId)} variant="subtle">
                Do not book
              </LinkButton>
            </Group>
          </Stack>
        </Form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <RulePanel advice={foresight?.advice ?? null} pending={pending} />
      </Grid.Col>
    </Grid>
  );
}

function AddSupport({ id }: { id: string }) {
  const words = useWords();
  return (
    <Anchor component={Link} to={paths.newSupport(id)} size="sm">
      {capital(`add a ${words.support}`)}
    </Anchor>
  );
}
