import { Alert, Anchor, Badge, Box, Group, List, SimpleGrid, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf } from "../../compliance/judge.ts";
import { findCareVerdicts } from "../../compliance/pages/care-said.ts";
import { CareVerdicts } from "../../compliance/pages/care-verdicts.tsx";
import { parseForm, refuse } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import {
  isStanding,
  missingFrom,
  type Part,
  stageOf,
  stageWords,
  supportState,
  supportWords,
  toReplace,
} from "../aftercare.ts";
import { agreedWords } from "../plan.ts";
import { aftercareAction, aftercareSteps } from "./aftercare-action.ts";
import { findAftercare, findProposals } from "./aftercare-data.ts";
import { BeginAftercare } from "./begin-aftercare.tsx";
import { careSaved } from "./care-saved.ts";
import { GainsPart } from "./gains-part.tsx";
import { NoAftercare } from "./no-aftercare.tsx";
import { RelapsePart } from "./relapse-part.tsx";
import { SupportsPart } from "./supports-part.tsx";

export const meta = () => [{ title: "Aftercare plan · Throughcare" }];

export const loader = page("record.read", async ({ db, me, services, consumerId, today }) => {
  const { partsOf, plans: _, ...found } = await findAftercare(db, consumerId);
  const shown = found.inForce ?? found.draft;
  const ofPlan = found.supports.filter((one) => one.episode_id === shown?.episode_id);
  return {
    consumerId,
    today,
    ...found,
    shown,
    care: await findCareVerdicts(db, benchOf(me, services.shelf), consumerId),
    // After a return the last plan still holds, until the new episode has one of its own.
    fromEarlier: shown !== null && shown.episode_id !== found.episode?.id,
    supports: found.supports.filter(
      (one) => one.episode_id === found.episode?.id || ofPlan.includes(one) || isStanding(one),
    ),
    stage: shown ? stageOf(shown, ofPlan) : null,
    missing: shown ? missingFrom(partsOf(shown)) : [],
    unaccepted: [
      ...ofPlan.filter((one) => isStanding(one) && one.state !== "accepted"),
      ...toReplace(ofPlan),
    ].map((one) => `${supportWords(one)} (${supportState(one, today).label.toLowerCase()})`),
    proposals: await findProposals(db, consumerId, found.episode?.id, found.supports),
  };
});

export const action = act("record.write", async (visit) => {
  const parsed = parseForm(z.discriminatedUnion("step", aftercareSteps), visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  return careSaved(visit, await aftercareAction(visit, parsed.value));
});

/** What holds after treatment: relapse measures, the way back in, supports, gains (MC C, C1, C2). */
export default function Aftercare() {
  const { consumerId, shown, inForce, draft, episode, fromEarlier, today, ...data } =
    useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write") && episode !== null;
  const mayBegin = write && !draft && (inForce !== null || shown === null);
  return (
    <>
      <PageHead
        title={<Head />}
        about="What holds after treatment ends, what to do if use returns, and the way back in. It outlives the episode."
        actions={
          <>
            {shown && (
              <>
                <LinkButton to={paths.aftercarePrint(consumerId, "")} variant="default" size="sm">
                  Print
                </LinkButton>
                <LinkButton to={paths.aftercareVersions(consumerId)} variant="default" size="sm">
                  Versions
                </LinkButton>
              </>
            )}
            {shown && (
              <LinkButton to={paths.comeBack(consumerId)} variant="default" size="sm">
                Back in
              </LinkButton>
            )}
            <LinkButton to={paths.leaving(consumerId)} variant="default" size="sm">
              Leaving
            </LinkButton>
            {mayBegin && shown && (
              <BeginAftercare label={fromEarlier ? "Begin a plan for this episode" : "Change it"} />
            )}
          </>
        }
      />
      {draft && inForce && (
        <Alert color="orange" mb="md" title={`Version ${draft.version} is being written`}>
          <Group gap="sm">
            <Text size="sm">Begun by {draft.author}. It is not in force until it is agreed.</Text>
            {write && (
              <LinkButton to={paths.aftercareEdit(consumerId)} size="compact-sm">
                Go on with the draft
              </LinkButton>
            )}
          </Group>
        </Alert>
      )}
      {!shown && (
        <Empty
          action={
            mayBegin ? (
              <Group gap="xs" justify="center">
                <BeginAftercare label="Begin the aftercare plan" />
                <OpenForm to={form.opens("no-plan")} variant="subtle">
                  No plan can be agreed…
                </OpenForm>
              </Group>
            ) : null
          }
        >
          {episode
            ? "No aftercare plan has been begun. What is added below belongs to it."
            : "An aftercare plan begins with an episode."}
        </Empty>
      )}
      {!shown && mayBegin && form.isOpen("no-plan") && <NoAftercare />}
      {shown && <Missing />}
      {shown && (
        <Box mb="md">
          <CareVerdicts records={data.care} of={shown.id} />
        </Box>
      )}
      {shown && <WayBack write={write && shown === draft} />}
      <RelapsePart {...data.relapse} write={write} consumerId={consumerId} />
      {episode && (
        <>
          <SupportsPart {...data} today={today} write={write} />
          <GainsPart gains={data.gains} today={today} write={write} />
        </>
      )}
    </>
  );
}

function Head() {
  const { shown, stage } = useLoaderData<typeof loader>();
  if (!shown || !stage) return "Aftercare plan";
  const color = { draft: "orange", agreed: "blue", "handed-over": "blue", active: "teal" };
  return (
    <Group gap="xs">
      Aftercare plan
      <Badge color={color[stage as keyof typeof color] ?? "gray"}>{stageWords[stage]}</Badge>
    </Group>
  );
}

/** What MC C names and the plan does not have; each leads to where it is added. */
function Missing() {
  const { missing, consumerId, draft, unaccepted } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const where: Partial<Record<Part, string>> = {
    relapse: form.opens("sign"),
    supports: form.opens("support-add"),
    gains: form.opens("gain-add"),
  };
  if (missing.length === 0) {
    return (
      <Alert color="teal" mb="md" role="note">
        Nothing is missing from what is written: relapse measures, the way back in, supports of both
        kinds, gains to protect.
        {unaccepted.length > 0 && ` Not accepted yet: ${unaccepted.join(" · ")}.`}
      </Alert>
    );
  }
  return (
    <Alert color="orange" mb="md" role="note" title="What is missing">
      <List size="sm">
        {missing.map(({ part, says, written }) => (
          <List.Item key={says}>
            {written && !draft ? (
              `${says}: in a new version`
            ) : (
              <Anchor
                component={Link}
                to={written ? paths.aftercareEdit(consumerId) : (where[part] ?? "")}
                inherit
                underline="always"
              >
                {says}
              </Anchor>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function WayBack({ write }: { write: boolean }) {
  const { shown, consumerId, fromEarlier } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (!shown) return null;
  const days = shown.back_within_days;
  const soon =
    days === null
      ? null
      : days === 0
        ? "The same day"
        : `Within ${days} working ${days === 1 ? "day" : "days"}`;
  const lines = [
    ["Call first", shown.call_first],
    ["Where", shown.back_where],
    ["Ask for", shown.back_who],
    ["Phone", shown.back_phone],
    ["Seen", soon],
  ] as const;
  return (
    <Section
      title="Whom to call, and the way back in"
      actions={
        write && (
          <Group gap="xs">
            <LinkButton to={paths.aftercareEdit(consumerId)} size="compact-sm" variant="default">
              Write it
            </LinkButton>
            <LinkButton to={paths.aftercareAgree(consumerId)} size="compact-sm">
              Agree it
            </LinkButton>
          </Group>
        )
      }
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {lines.map(([label, text]) => (
          <div key={label}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text size="sm">{text || "Not said yet"}</Text>
          </div>
        ))}
      </SimpleGrid>
      <Text size="xs" c="dimmed" mt="sm">
        Version {shown.version}, written by {shown.author}
        {shown.agreed_on &&
          `, agreed ${dates.day(shown.agreed_on)} with ${agreedWords(shown.agreed_by_whom)}`}
        {shown.review_on && ` · review ${dates.day(shown.review_on)}`}
        {fromEarlier && " · of an earlier episode"}
      </Text>
    </Section>
  );
}
