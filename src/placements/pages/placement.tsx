import { Alert, Anchor, Badge, Group, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { benchOf } from "../../compliance/judge.ts";
import { findCareVerdicts } from "../../compliance/pages/care-said.ts";
import { reasonWords } from "../../episodes/episode.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { jointPrompt } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import { missingFrom } from "../second-stage.ts";
import { nightsWords, standingOf, stands, statusWords } from "../stay.ts";
import { findAskedOf, findGoingOn, findParts, findPlacement } from "../store.ts";
import { goesOnTo, unitKinds } from "../unit.ts";
import { findUnit } from "../unit-store.ts";
import { findChoices, findOnward } from "./bed-choices.ts";
import { BedHistory } from "./bed-history.tsx";
import { FundingSection } from "./funding-section.tsx";
import { JointSection } from "./joint-section.tsx";
import { placementAction } from "./placement-action.ts";
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
import { SecondStageSection } from "./second-stage-section.tsx";
import { Told } from "./told.tsx";
import { UseSection } from "./use-section.tsx";

export const meta = () => [{ title: "Placement · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const { db, me, services, consumerId, params, today } = visit;
  const placement = await findPlacement(db, consumerId, params.placementId ?? "");
  if (!placement) throw noSuchPage();
  const all = await findParts(db, consumerId);
  const of = <P extends { placement_id: string | null }>(parts: P[]) =>
    parts.filter((part) => part.placement_id === placement.id);
  const parts = { stays: of(all.stays), leaves: of(all.leaves), funding: of(all.funding) };
  const standing = standingOf(placement, parts, today);
  const now = parts.stays.find((stay) => stay.arrived_on && !stay.left_on) ?? null;
  const unit = await findUnit(db, placement.at_unit_id);
  if (!unit) throw new Error("a placement is in a unit");
  const open = stands(standing.status);
  const { needs } = await findNeeds(db, consumerId, today);
  const secondStage = unit.kind === "second-stage" || unit.kind === "supported-housing";
  const going = secondStage ? await findGoingOn(db, placement, today) : null;
  const inside = open && placement.admitted_on !== null;
  const choices = open ? await findChoices(db, today, inside ? goesOnTo(unit) : undefined) : [];
  return {
    consumerId,
    today,
    placement,
    standing,
    open,
    unit,
    now,
    stays: parts.stays,
    booked: parts.stays.find((stay) => !stay.arrived_on && !stay.cancelled_on) ?? null,
    leaves: parts.leaves,
    away: parts.leaves.find((leave) => leave.returned_on === null) ?? null,
    funding: parts.funding.map((line) => ({
      ...line,
      late: line.state === "pending" && line.panel_on !== null && line.panel_on < today,
    })),
    uses: of(all.uses).map((use) => ({ ...use, late: !use.reviewed_on && use.review_due < today })),
    choices,
    onward: inside ? await findOnward(db, unit, choices) : null,
    places: of(all.places),
    joint: jointPrompt(needs),
    asked: await findAskedOf(db, consumerId, placement.id),
    providers: await findProviderChoices(db),
    care: going ? await findCareVerdicts(db, benchOf(me, services.shelf), consumerId) : [],
    secondStage: going && {
      keyworker: going.keyworker,
      drugRelated: Number(going.drug_related),
      nonDrugRelated: Number(going.non_drug_related),
      activePlan: going.active_plan,
      residentialBefore: going.residential_before,
      missing: missingFrom({
        activePlan: going.active_plan,
        keyworker: going.keyworker,
        drugRelated: Number(going.drug_related),
        nonDrugRelated: Number(going.non_drug_related),
        residentialBefore: going.residential_before,
        withoutResidentialReason: placement.without_residential_reason,
      }),
    },
  };
});

export const action = act("record.write", placementAction);

const lateWords = {
  leaving: "Expected to have left",
  return: "Not back from leave",
  admission: "Has not come yet",
  panel: "The panel's day has passed",
} as const;

/** One stay, from being asked for to its end. */
export default function Placement() {
  const { placement, standing, unit, consumerId, secondStage } = useLoaderData<typeof loader>();
  const dates = useDates();
  const status = statusWords[standing.status];
  return (
    <>
      <PageHead
        title={
          <Group gap="sm" component="span" display="inline-flex">
            {unit.name}
            <Badge size="lg" color={status.color}>
              {status.label}
            </Badge>
            {standing.late && (
              <Badge size="lg" color="red">
                {lateWords[standing.late]}
              </Badge>
            )}
          </Group>
        }
        about={`${unitKinds[unit.kind]}, asked for ${dates.day(placement.requested_on)} by ${placement.asker}`}
        actions={
          <Anchor component={Link} to={paths.placements(consumerId)} size="sm">
            All placements
          </Anchor>
        }
      />
      <StaySection />
      {secondStage && <SecondStageSection />}
      <UseSection />
      <FundingSection />
      <JointSection />
    </>
  );
}

function StaySection() {
  const data = useLoaderData<typeof loader>();
  const { placement, standing, open, unit, away, booked, today, choices, consumerId } = data;
  const { onward } = data;
  const dates = useDates();
  const form = useOneForm();
  const write = useMay()("record.write");
  const inside = placement.admitted_on !== null;
  const until = placement.expected_to;
  const anyBed = choices.length > 0;
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
                  <OpenForm to={form.opens("book")} variant={booked ? "default" : "filled"}>
                    {booked ? "Book another bed" : "Book a bed"}
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
                {(anyBed || onward) && (!booked || booked.starts_on <= today) && (
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
        />
      )}
      {form.isOpen("admit") && (
        <Admit
          {...{ choices, today, unitId: placement.unit_id }}
          booked={booked?.bed_id ?? null}
          until={booked?.ends_on ?? null}
        />
      )}
      {form.isOpen("move") && (
        <Move {...{ choices, today, until, booked, onward, rehab: unit.rehab }} />
      )}
      {form.isOpen("expect") && <Expect {...{ today, until }} />}
      {form.isOpen("leave") && <GoOnLeave today={today} />}
      {form.isOpen("back") && away && <ComeBack id={away.id} today={today} />}
      {form.isOpen("end") && <EndStay today={today} unit={unit.name} />}
      {form.isOpen("withdraw") && <Withdraw />}
      <Group gap="xl" align="flex-start">
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
          <Fact label="Comes with">
            {placement.children_with === 1 ? "1 child" : `${placement.children_with} children`}
          </Fact>
        )}
      </Group>
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
