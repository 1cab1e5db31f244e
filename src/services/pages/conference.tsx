import { Alert, Button, Grid, Group, List, NativeSelect, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { consentStanding } from "../../people/consent-store.ts";
import {
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { isOver, statusWords } from "../appointment.ts";
import { expectNoLonger, expectSupports, findEarlierTimes } from "../booking-store.ts";
import { purposes } from "../conference-plan.ts";
import { tellingOf } from "../invitation.ts";
import { findPlanned } from "../planned-store.ts";
import { settle } from "../settle-store.ts";
import { foresee } from "./advice-for.ts";
import { NotHeld, Settled } from "./conference-ends.tsx";
import { ExpectedList } from "./expected-list.tsx";
import { RulePanel } from "./rule-panel.tsx";
import { WhenLine } from "./when-line.tsx";

export const meta = () => [{ title: "Conference · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, consumerId, params, today } = visit;
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  if (!planned) throw noSuchPage();
  if (planned.signed) return redirect(paths.note(consumerId, planned.id));
  const { appointment } = planned;
  const standings = await consentStanding(db, consumerId, today);
  const supports = planned.supports.map((support) => ({
    ...support,
    telling: tellingOf(appointment, support.toldAt),
    standing: standings.find(({ supportId }) => supportId === support.supportId) ?? null,
  }));
  const expected = planned.supports.map(({ supportId }) => supportId);
  const others = standings
    .filter(({ supportId, noContact, endedOn }) => {
      return !noContact && endedOn === null && !expected.includes(supportId);
    })
    .map(({ supportId, name, relation }) => ({ id: supportId, name, relation }));
  const open = appointment.status === "scheduled";
  const foresight = open
    ? await foresee(
        visit,
        {
          ...appointment,
          programId: planned.program.id,
          plan: planned.plan,
          supportIds: expected,
        },
        appointment.id,
      )
    : null;
  const earlier = await findEarlierTimes(db, appointment.movedFrom);
  const over =
    isOver(appointment, now(visit.services.clock, visit.me.agency.timeZone)) && !planned.started;
  return { planned, supports, others, foresight, earlier, today, over };
});

const whatToDo = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("cancel"), reason: text(500) }),
  z.object({ intent: z.literal("did-not-come"), reason: text(500) }),
  z.object({ intent: z.literal("expect"), support: identifier("Choose somebody") }),
  z.object({ intent: z.literal("drop"), support: identifier() }),
]);

export const action = act("record.write", async ({ db, me, consumerId, params, form, today }) => {
  const planned = await findPlanned(db, consumerId, params.conferenceId ?? "");
  if (!planned) throw noSuchPage();
  const { value, invalid } = parseForm(whatToDo, form);
  if (invalid) return refuse(invalid);
  const here = paths.conference(consumerId, planned.id);
  const at = { consumerId, conferenceId: planned.id };
  const { appointment } = planned;
  if (value.intent === "expect") {
    const standings = await consentStanding(db, consumerId, today);
    const found = standings.find(({ supportId }) => supportId === value.support);
    if (!found || found.noContact) return refuseField(form, "support", "Choose somebody else");
    await expectSupports(db, me, at, [found.supportId]);
    return done(here, "Added to those expected");
  }
  if (value.intent === "drop") {
    const gone = await expectNoLonger(db, at, value.support);
    if (gone) return done(here, "No longer expected");
    return refuseField(form, "form", "They were told already, so they stay on the list");
  }
  if (value.intent === "did-not-come" && appointment.day > today) {
    return refuseField(form, "form", "That day has not come yet");
  }
  const status = value.intent === "cancel" ? "cancelled" : value.intent;
  if (!(await settle(db, me, appointment.id, status, value.reason))) {
    return refuseField(form, "form", "Somebody settled this appointment meanwhile; look again");
  }
  const told = planned.supports.some(({ toldAt }) => toldAt !== null);
  const also = status === "cancelled" && told ? "; tell those who were invited" : "";
  return done(here, `${statusWords[status]}${also}`);
});

export default function ConferencePage() {
  const { planned, foresight, earlier, today, over } = useLoaderData<typeof loader>();
  const { appointment, consumerId } = planned;
  const dates = useDates();
  const open = appointment.status === "scheduled";
  return (
    <>
      <PageHead
        title="Family Conference"
        about={<WhenLine appointment={appointment} />}
        actions={
          <>
            {open && (
              <>
                <LinkButton to={paths.reschedule(consumerId, planned.id)} variant="default">
                  Reschedule
                </LinkButton>
                <LinkButton to={paths.hold(consumerId, planned.id)}>
                  {planned.started ? "Go on with the session" : "Hold the session"}
                </LinkButton>
              </>
            )}
            {appointment.status === "held" && (
              <LinkButton to={paths.hold(consumerId, planned.id)}>Finish and sign</LinkButton>
            )}
          </>
        }
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: foresight ? 7 : 12 }}>
          <Settled planned={planned} />
          {open && over && <NotHeld planned={planned} past over />}
          <Agenda />
          <Expected />
          {earlier.length > 0 && (
            <Section title="Earlier times">
              <List size="sm">
                {earlier.map((time) => (
                  <List.Item key={`${time.day} ${time.starts}`}>
                    {dates.weekday(time.day)}, {dates.time(time.starts)} – {dates.time(time.ends)}
                    {time.reason && <Text span c="dimmed" size="sm">{` · ${time.reason}`}</Text>}
                  </List.Item>
                ))}
              </List>
            </Section>
          )}
          {open && !over && (
            <NotHeld planned={planned} past={appointment.day <= today} over={false} />
          )}
        </Grid.Col>
        {foresight && (
          <Grid.Col span={{ base: 12, md: 5 }}>
            <RulePanel advice={foresight.advice} />
          </Grid.Col>
        )}
      </Grid>
    </>
  );
}

function Agenda() {
  const { planned } = useLoaderData<typeof loader>();
  const words = useWords();
  const plans = {
    "treatment-plan": capital(words.carePlan),
    "discharge-plan": "Discharge plan",
    both: `${capital(words.carePlan)} and discharge plan`,
    none: "Neither plan",
  };
  const chosen = purposes.filter(({ clause }) => planned.purposes.includes(clause));
  return (
    <Section title="What it is for">
      <Text size="sm">
        {capital(words.program)}: {planned.program.name}. To be discussed:{" "}
        {planned.plan ? plans[planned.plan] : "not decided yet"}.
      </Text>
      {chosen.length > 0 && (
        <List size="sm" mt="xs">
          {chosen.map(({ clause, label }) => (
            <List.Item key={clause}>
              {label}{" "}
              <Text span size="xs" c="dimmed">
                {clause}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}

function Expected() {
  const { planned, supports, others } = useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  const field = useFields({}, "expect");
  const open = planned.appointment.status === "scheduled";
  const stale = supports.filter(({ telling }) => telling === "moved" || telling === "cancelled");
  return (
    <Section title="Who is expected">
      {stale.length > 0 && (
        <Alert color="orange" icon={<IconInfoCircle aria-hidden />} mb="sm">
          {planned.appointment.status === "cancelled"
            ? "Told of the meeting, and not yet that it is cancelled: "
            : "Told of the old time, and not yet of the new one: "}
          {stale.map(({ name }) => name).join(", ")}.
        </Alert>
      )}
      <ExpectedList planned={planned} supports={supports} />
      {open && others.length > 0 && (
        <Form intent="expect">
          <Group align="flex-end" gap="xs" mt="sm">
            <NativeSelect
              label={`Expect another ${words.support}`}
              {...field("support")}
              data={[
                { value: "", label: "Choose somebody" },
                ...others.map(({ id, name, relation }) => ({
                  value: id,
                  label: `${name} · ${relation}`,
                })),
              ]}
            />
            <Button type="submit" variant="default" loading={sending}>
              Add
            </Button>
          </Group>
        </Form>
      )}
    </Section>
  );
}
