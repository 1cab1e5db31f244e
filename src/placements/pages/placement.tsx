import { Anchor, Badge, Group } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { benchOf } from "../../compliance/judge.ts";
import { findCareVerdicts } from "../../compliance/pages/care-said.ts";
import { findProviderChoices } from "../../liaison/provider-store.ts";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { jointPrompt } from "../match.ts";
import { findNeeds } from "../match-store.ts";
import { asksDrugFree, missingFrom } from "../second-stage.ts";
import { standingOf, stands, statusWords } from "../stay.ts";
import { findAskedOf, findGoingOn, findParts, findPlacement } from "../store.ts";
import { goesOnTo, unitKinds } from "../unit.ts";
import { findUnit } from "../unit-store.ts";
import { findChoices, findOnward } from "./bed-choices.ts";
import { FundingSection } from "./funding-section.tsx";
import { JointSection } from "./joint-section.tsx";
import { placementAction } from "./placement-action.ts";
import { SecondStageSection } from "./second-stage-section.tsx";
import { StaySection } from "./stay-section.tsx";
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
    children: of(all.children),
    booked: parts.stays.find((stay) => !stay.arrived_on && !stay.cancelled_on) ?? null,
    leaves: parts.leaves,
    away: parts.leaves.find((leave) => leave.returned_on === null) ?? null,
    funding: parts.funding.map((line) => ({
      ...line,
      late: line.state === "pending" && line.panel_on !== null && line.panel_on < today,
    })),
    uses: of(all.uses).map((use) => ({ ...use, late: !use.reviewed_on && use.review_due < today })),
    choices,
    onward: inside ? await findOnward(db, unit, choices) : [],
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
      house: { id: unit.id, name: unit.name, drugFree: unit.drug_free, asked: asksDrugFree(unit) },
      missing: missingFrom({
        activePlan: going.active_plan,
        keyworker: going.keyworker,
        drugRelated: Number(going.drug_related),
        nonDrugRelated: Number(going.non_drug_related),
        residentialBefore: going.residential_before,
        withoutResidentialReason: placement.without_residential_reason,
        drugFree: asksDrugFree(unit) ? unit.drug_free : true,
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
