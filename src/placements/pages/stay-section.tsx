import { Alert, Group, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { reasonWords } from "../../episodes/episode.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { childrenWords, standsFor, withoutPlace } from "../child.ts";
import { nightsWords } from "../stay.ts";
import { BedHistory } from "./bed-history.tsx";
import { BringAlong, firstPlaces } from "./child-forms.tsx";
import type { loader } from "./placement.tsx";
import {
  Admit,
  Book,
  ComeBack,
  EndStay,
  Expect,
  GoOnLeave,
  Move,
  Withdraw,
} from "./placement-forms.tsx";
import { Told } from "./told.tsx";

/** The stay itself: where it stands, what can be done about it, and every bed of it. */
export function StaySection() {
  const data = useLoaderData<typeof loader>();
  const {
    placement,
    standing,
    open,
    unit,
    now,
    away,
    booked,
    today,
    choices,
    consumerId,
    children,
    onward,
  } = data;
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  const inside = placement.admitted_on !== null;
  const until = placement.expected_to;
  const anyBed = choices.length > 0;
  /** Whether the beds of the unit that was asked for are kept here. */
  const kept = choices.some(({ id }) => id === placement.unit_id);
  const target = booked?.unit_id ?? ((inside && unit.attached_to) || placement.unit_id);
  const placesIn = (unitId: string) =>
    firstPlaces(
      choices,
      unitId,
      today,
      placement.children_with,
      children.filter(standsFor).map(({ bed_id }) => bed_id),
    );
  // Where a child can be put now: beside the bed the parent is in, or is booked into.
  const parent = booked ?? now;
  const beside = choices.find(({ id }) => id === parent?.unit_id)?.childPlaces.length ?? 0;
  const without = withoutPlace(placement.children_with, children);
  return (
    <Section
      title="The stay"
      actions={
        write &&
        open && (
          <Group gap={6}>
            {!inside && (
              <>
                {anyBed && (
                  <OpenForm
                    to={form.opens("book")}
                    variant={booked || !kept ? "default" : "filled"}
                  >
                    {booked ? "Book another bed" : kept ? "Book a bed" : "Book a bed of ours"}
                  </OpenForm>
                )}
                <OpenForm
                  to={form.opens("admit")}
                  variant={booked && booked.starts_on <= today ? "filled" : "default"}
                >
                  Admit
                </OpenForm>
                <OpenForm to={form.opens("withdraw")}>Withdraw</OpenForm>
              </>
            )}
            {inside && (
              <>
                {(anyBed || onward.length > 0) && (!booked || booked.starts_on <= today) && (
                  <OpenForm to={form.opens("move")} variant={booked ? "filled" : "default"}>
                    Move
                  </OpenForm>
                )}
                {choices.some(({ id }) => id === unit.attached_to) && !booked && (
                  <OpenForm to={form.opens("book")}>Book a bed in {unit.rehab}</OpenForm>
                )}
                {away ? (
                  <OpenForm to={form.opens("back")} variant="filled">
                    Back from leave
                  </OpenForm>
                ) : (
                  <OpenForm to={form.opens("leave")}>Leave of absence</OpenForm>
                )}
                {beside > 0 && without === 0 && (
                  <OpenForm to={form.opens("child")}>
                    {placement.children_with > 0 ? "Another child comes" : "A child comes"}
                  </OpenForm>
                )}
                <OpenForm to={form.opens("expect")}>Expected end</OpenForm>
                <OpenForm to={form.opens("end")}>End the stay</OpenForm>
              </>
            )}
          </Group>
        )
      }
    >
      {form.isOpen("book") && (
        <Book
          choices={choices}
          today={today}
          unitId={(inside && unit.attached_to) || placement.unit_id}
          childPlaces={placesIn((inside && unit.attached_to) || placement.unit_id)}
        />
      )}
      {form.isOpen("admit") && (
        <Admit
          {...{ choices, today, unitId: placement.unit_id }}
          childPlaces={placesIn(target)}
          booked={booked?.bed_id ?? null}
          until={booked?.ends_on ?? null}
        />
      )}
      {form.isOpen("move") && (
        <Move
          {...{ choices, today, until, booked, onward, rehab: unit.rehab }}
          back={unit.detoxes
            .filter(({ id }) => [...choices, ...onward].some((choice) => choice.id === id))
            .map(({ name }) => name)}
          childPlaces={placesIn(booked?.unit_id ?? unit.attached_to ?? unit.id)}
        />
      )}
      {form.isOpen("child") && parent && (
        <BringAlong
          {...{ choices, today, unitId: parent.unit_id }}
          from={booked && booked.starts_on > today ? booked.starts_on : today}
        />
      )}
      {form.isOpen("expect") && <Expect {...{ today, until }} />}
      {form.isOpen("leave") && <GoOnLeave today={today} />}
      {form.isOpen("back") && away && <ComeBack id={away.id} today={today} />}
      {form.isOpen("end") && <EndStay today={today} unit={unit.name} />}
      {form.isOpen("withdraw") && <Withdraw />}
      <Group gap="0.5rem 2rem" align="flex-start">
        <Fact label={placement.ended_on ? "Length of stay" : "The stay so far"}>
          {standing.day === null
            ? "Not admitted yet"
            : placement.ended_on
              ? nightsWords(standing.nights ?? 0)
              : `Day ${standing.day}`}
        </Fact>
        {placement.admitted_on && <Fact label="Admitted">{dates.day(placement.admitted_on)}</Fact>}
        {inside && open && (
          <Fact label="Expected to leave">{until ? dates.day(until) : "Nobody knows yet"}</Fact>
        )}
        {placement.ended_on && (
          <Fact label={placement.end_planned ? "Ended as planned" : "Ended unplanned"}>
            {dates.day(placement.ended_on)}: {reasonWords(placement.end_reason)}
          </Fact>
        )}
        {placement.withdrawn_on && (
          <Fact label="Withdrawn">
            {dates.day(placement.withdrawn_on)}: {placement.withdrawn_reason}
          </Fact>
        )}
        {placement.children_with > 0 && (
          <Fact label="Comes with">{childrenWords(placement.children_with)}</Fact>
        )}
      </Group>
      {open && beside > 0 && without > 0 && (
        <Group gap="xs" mt="sm">
          <Text size="sm" c="var(--mantine-color-orange-text)" fw={500}>
            No place is kept for {childrenWords(without)}.
          </Text>
          {write && (
            <OpenForm to={form.opens("child")} variant="light">
              Keep a child's place
            </OpenForm>
          )}
        </Group>
      )}
      {placement.provider_id && (
        <div style={{ marginTop: "0.5rem" }}>
          <Told
            need="placement"
            service={{ id: placement.provider_id, name: placement.provider ?? unit.name }}
          />
        </div>
      )}
      {placement.ended_on && (
        <LinkButton to={paths.leaving(consumerId)} variant="default" size="compact-sm" mt="sm">
          Advice and contact on leaving
        </LinkButton>
      )}
      {placement.end_note && (
        <Text size="sm" mt="xs">
          {placement.end_note}
        </Text>
      )}
      {standing.late === "leaving" && (
        <Alert color="red" mt="sm" title="They were expected to have left">
          The bed counts as taken until they leave. Record the ending, or say until when they stay.
        </Alert>
      )}
      <BedHistory />
    </Section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm" fw={500} component="div">
        {children}
      </Text>
    </div>
  );
}
