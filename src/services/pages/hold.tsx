import {
  Alert,
  Anchor,
  Box,
  Button,
  Flex,
  Group,
  NativeSelect,
  NavLink,
  Text,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLock } from "@tabler/icons-react";
import { useState } from "react";
import { Link, type ShouldRevalidateFunctionArgs, useLoaderData } from "react-router";
import { z } from "zod";
import { benchOf } from "../../compliance/judge.ts";
import { now } from "../../kernel/clock.ts";
import { done, refuseField } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { readDraft } from "../conference-draft.ts";
import { endQuietly, findHeld } from "../hold-store.ts";
import { signConference } from "../sign-store.ts";
import { findAtDoor } from "./at-door.ts";
import { feeds } from "./feeds.ts";
import { findHold } from "./find-hold.ts";
import { HoldBefore } from "./hold-before.tsx";
import { HoldHere } from "./hold-here.tsx";
import { Part } from "./hold-parts.tsx";
import { HoldBarriers, HoldPoints, HoldTriggers } from "./hold-plans.tsx";
import { SaveLine } from "./hold-save-line.tsx";
import { Recorded, SignDialog } from "./hold-sign.tsx";
import { HoldAgreements, HoldNeed, HoldNote, HoldPlan, HoldTimes } from "./hold-talk.tsx";
import { useAutosave } from "./use-autosave.ts";

export const meta = () => [{ title: "Family Conference · Throughcare" }];

export const loader = page("record.write", findHold);

/** Family sit in the room: the record's frame shows no consent and no flag while this is open. */
export const handle = { discreet: true };

/** The page keeps its own state while it is open; leaving and coming back reads it anew. */
export function shouldRevalidate({
  defaultShouldRevalidate,
  actionStatus,
}: ShouldRevalidateFunctionArgs) {
  return actionStatus === 422 ? false : defaultShouldRevalidate;
}

const closing = z.object({ before: z.unknown() });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, params, form, me, services, today } = visit;
  const conferenceId = params.conferenceId ?? "";
  const refuse = (message: string) => refuseField(form, "form", message);
  if (form.get("intent") === "close") {
    const held = await findHeld(db, consumerId, conferenceId, { lock: true });
    if (!held) throw noSuchPage();
    const sent = closing.parse({ before: JSON.parse(String(form.get("before"))) });
    const read = readDraft({ ...held.draft, before: sent.before });
    if (!read.success) return refuse("Look at what is noted under “Before we start”.");
    await endQuietly(db, held, me, read.data.before);
    return done(paths.consumer(consumerId), "Closed for today");
  }
  const read = readDraft(JSON.parse(String(form.get("draft"))));
  if (!read.success) return refuse(read.error.issues[0]?.message ?? "Something is too long.");
  const { answers: atDoor } = await findAtDoor(visit);
  const signed = await signConference(
    db,
    benchOf(me, services.shelf),
    {
      staffId: me.staffId,
      supervisor: me.roles.includes("supervisor"),
      today,
      now: now(services.clock, me.agency.timeZone).time,
      cosignAssociates: me.agency.cosignAssociates,
    },
    { consumerId, conferenceId },
    { draft: read.data, version: Number(form.get("version")), atDoor },
    feeds,
  );
  switch (signed?.state) {
    case undefined:
      throw noSuchPage();
    case "already":
      return done(paths.note(consumerId, conferenceId), "It is signed already");
    case "signed":
      return done(
        paths.note(consumerId, conferenceId),
        signed.serviceId ? "Signed and locked" : "Signed and locked: a note, with nothing to claim",
      );
    case "refused":
      return refuse(signed.problems.map(({ message }) => message).join(". "));
    case "not-yours":
      return refuse("Only whoever leads it, or a supervisor, can sign it.");
    case "not-yet":
      return refuse("Its day is still to come.");
    case "conflict":
      return refuse("It was changed in another window. Close this dialog and look at the page.");
    case "closed":
      return refuse("It was closed meanwhile.");
  }
});

const sections: [id: string, label: string][] = [
  ["before", "Before we start"],
  ["here", "Who is here"],
  ["times", "When and where"],
  ["plan", "What was talked about"],
  ["barriers", "What stands in the way"],
  ["triggers", "Triggers and what helps"],
  ["points", "Discharge plan"],
  ["need", "Need for other help"],
  ["agreements", "Who does what"],
  ["note", "Note"],
  ["recorded", "What is recorded"],
];

export default function Hold() {
  const data = useLoaderData<typeof loader>();
  if (data.held.open) return <OpenHold key={data.held.id} />;
  return (
    <Empty
      action={
        <LinkButton to={paths.services(data.consumerId)} variant="default">
          Sessions
        </LinkButton>
      }
    >
      This conference is closed, so nothing more is written in it.
    </Empty>
  );
}

function OpenHold() {
  const data = useLoaderData<typeof loader>();
  const { held, consumerId, on, people, colleagues, rooms, settings } = data;
  const dates = useDates();
  const autosave = useAutosave(paths.holdDraft(consumerId, held.id), {
    ...{ draft: data.draft, version: held.version, savedAt: held.savedAt, length: data.length },
  });
  const { draft, change, length } = autosave;
  const [signing, dialog] = useDisclosure(false);
  const [version, setVersion] = useState(held.version);
  const part = {
    ...{ draft, change, consumerId, people, colleagues, called: held.called },
    turnedAway: autosave.turnedAway,
  };
  const facts = { draft, expected: held.expected, rooms, settings, length };
  const openDialog = async () => {
    if (!(await autosave.flush())) return;
    setVersion(autosave.version());
    dialog.open();
  };
  return (
    <>
      <PageHead
        title="Family Conference"
        about={`${dates.weekday(held.day)}, ${dates.time(held.starts)} to ${dates.time(held.ends)}, led by ${held.lead}`}
        actions={
          data.maySign && (
            <Button
              onClick={() => void openDialog()}
              leftSection={<IconLock size={16} aria-hidden />}
              disabled={held.toCome}
            >
              Sign…
            </Button>
          )
        }
      />
      {held.toCome && (
        <Text size="sm" mb="sm">
          Its day is still to come: what is typed is kept, and it can be signed from that day on.
        </Text>
      )}
      <Flex gap="lg" align="flex-start">
        <Box
          component="nav"
          aria-label="Sections"
          w={216}
          visibleFrom="md"
          style={{ position: "sticky", top: "11rem" }}
        >
          {sections.map(([id, label]) => (
            <NavLink key={id} href={`#${id}`} label={label} py={6} />
          ))}
        </Box>
        <Box style={{ flex: 1, minWidth: 0 }}>
          <NativeSelect
            hiddenFrom="md"
            label="Go to"
            mb="md"
            defaultValue=""
            onChange={(event) => {
              document.getElementById(event.currentTarget.value)?.scrollIntoView();
            }}
          >
            <option value="">Choose a section…</option>
            {sections.map(([id, label]) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </NativeSelect>
          <HoldBefore {...part} fresh={held.fresh} />
          <HoldHere
            {...part}
            expected={held.expected}
            leadId={held.leadId}
            conferenceId={held.id}
          />
          <HoldTimes {...part} rooms={rooms} length={length} />
          <HoldPlan {...part} />
          <HoldBarriers {...part} on={on} />
          <HoldTriggers {...part} on={on} />
          <HoldPoints {...part} on={on} />
          <HoldNeed {...part} />
          <HoldAgreements {...part} />
          <HoldNote {...part} />
          <Part id="recorded" number={11} title="What is recorded">
            <Recorded {...facts} />
            {data.maySign ? (
              <Group mt="md">
                <Button
                  onClick={() => void openDialog()}
                  leftSection={<IconLock size={16} aria-hidden />}
                  disabled={held.toCome}
                >
                  Sign…
                </Button>
                <Anchor component={Link} to={paths.services(consumerId)} size="sm">
                  Leave it for now; it is kept
                </Anchor>
              </Group>
            ) : (
              <Alert color="gray" mt="md">
                {held.lead}, who leads it, or a supervisor signs it. What you typed is kept.
              </Alert>
            )}
          </Part>
          <SaveLine
            state={autosave.state}
            clashes={autosave.clashes}
            onPutTogether={autosave.putTogether}
            sections={sections}
          />
        </Box>
      </Flex>
      <SignDialog
        {...facts}
        opened={signing}
        onClose={dialog.close}
        version={version}
        cosigner={data.cosigner}
      />
    </>
  );
}
