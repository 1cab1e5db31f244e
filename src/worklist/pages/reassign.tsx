import { Anchor, Badge, Button, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { judgeCareOnSave } from "../../compliance/care.ts";
import { benchOf } from "../../compliance/judge.ts";
import { logAccess } from "../../storage/access-log.ts";
import {
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital, type Words } from "../../web/words.ts";
import { findClinicians } from "../duty-store.ts";
import {
  findSight,
  findWithoutOwner,
  handOn,
  isHandedOn,
  type OpenWork,
  WORK_SHOWN,
} from "../reassign-store.ts";

export const meta = () => [{ title: "Without an owner · Throughcare" }];

export const loader = page("work.reassign", async ({ db, today, listed }) => {
  const work = await findWithoutOwner(db);
  await listed([...new Set(work.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  const leavers = [...new Set(work.map(({ staff_id }) => staff_id))];
  const sight = await findSight(db, peopleOf(work));
  const staff = (await findClinicians(db)).filter(({ id }) => !leavers.includes(id));
  return {
    today,
    full: work.length === WORK_SHOWN,
    leavers: leavers.map((leaver) => {
      const own = work.filter((one) => one.staff_id === leaver);
      const handed = own.filter(isHandedOn);
      // Who could open none of it is not offered at all.
      const offered = staff.flatMap(({ id, name }) => {
        const open = handed.filter((one) => opens(sight, id, one)).length;
        const label = open === handed.length ? name : `${name} (${open} of ${handed.length})`;
        return open > 0 ? [{ id, label, all: open === handed.length }] : [];
      });
      return { work: own, offered: offered.sort((a, b) => Number(b.all) - Number(a.all)) };
    }),
  };
});

const peopleOf = (work: readonly OpenWork[]) => [
  ...new Set(work.flatMap(({ consumer_id }) => consumer_id ?? [])),
];

/** What is about nobody's record, a call for instance, is anybody's. */
function opens(sight: Map<string, Set<string>>, staffId: string, { consumer_id }: OpenWork) {
  return !consumer_id || (sight.get(consumer_id)?.has(staffId) ?? false);
}

const handing = z.object({
  to: identifier("Choose a colleague"),
  work: z.array(z.string(), "Choose what to hand on").min(1, "Choose what to hand on"),
});

export const action = act("work.reassign", async ({ db, me, by, services, today, form }) => {
  const parsed = parseForm(handing, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { to, work } = parsed.value;
  const clinicians = await findClinicians(db);
  if (!clinicians.some(({ id }) => id === to)) return refuseField(form, "to", "Choose a colleague");
  // Only what stands on the list is handed on, so nothing of anybody else's can be named.
  const chosen = (await findWithoutOwner(db)).filter((one) => work.includes(keyOf(one)));
  const sight = await findSight(db, peopleOf(chosen));
  const shut = [
    ...new Set(chosen.filter((one) => !opens(sight, to, one)).flatMap(({ name }) => name ?? [])),
  ];
  if (shut.length > 0) {
    const message = `They cannot open the record of ${shut.join(", ")}: leave that out, or choose somebody else`;
    return refuseField(form, "to", message);
  }
  let handed = 0;
  for (const one of chosen) if (await handOn(db, by, one, to, today)) handed += 1;
  const consumerIds = peopleOf(chosen);
  // In one order, so that two who hand on at once never wait for each other.
  const bench = benchOf(me, services.shelf);
  for (const id of consumerIds.toSorted()) await judgeCareOnSave(db, bench, id);
  await logAccess(db, me, { action: "write", room: "work.reassign /reassign", consumerIds });
  return done(paths.reassign(), handed === 1 ? "Handed on" : `${handed} things handed on`);
});

function keyOf({ kind, ref_id }: Pick<OpenWork, "kind" | "ref_id">): string {
  return `${kind} ${ref_id}`;
}

function words(one: OpenWork, said: Words): string {
  const of: Record<OpenWork["kind"], string> = {
    keyworker: capital(said.keyworker),
    aftercare: "Following up after they left",
    "peer-mentor": "Peer mentor: name another",
    "way-back": "The way back in their aftercare plan names them: agree a new version",
    letter: `Letter to ${one.what}, written and not sent`,
    note: "Note not signed: a supervisor signs it or says it was not held",
    cosign: "Note to co-sign",
    agreed: "What was agreed, to go through",
    question: "Question of the biller",
    group: `Leads the group ${one.what}`,
    "come-back": "Called for help, was to be told",
    referral: `Referral: ${one.what}`,
    support: `To hand over: ${one.what}`,
    call: `Call of ${one.what} to follow up`,
    "relative-referral": `Referral for a relative: ${one.what}`,
    appointment: "Booked after their last day: move or cancel",
  };
  return of[one.kind];
}

/** Where what cannot simply be handed on is seen to. */
function whereTo({ kind, ref_id, consumer_id }: OpenWork): string {
  const id = consumer_id ?? "";
  switch (kind) {
    case "note":
      return paths.hold(id, ref_id);
    case "agreed":
      return paths.agreed(id, ref_id);
    case "letter":
      return paths.letter(id, ref_id);
    case "peer-mentor":
      return `${paths.enrolments(id)}?do=peer-mentor`;
    case "way-back":
      return paths.aftercare(id);
    default:
      return paths.appointment(ref_id);
  }
}

export default function Reassign() {
  const { leavers, full } = useLoaderData<typeof loader>();
  return (
    <Stack gap={0} maw={820}>
      <PageHead
        title="Without an owner"
        about="What is open and belongs to somebody who has left, leaves within two weeks, or works with these people no more. Nothing of it is lost: hand it on."
      />
      {leavers.length === 0 && <Empty>Everything that is open belongs to somebody.</Empty>}
      {leavers.map(({ work, offered }) => (
        <Leaver key={work[0]?.staff_id} work={work} offered={offered} />
      ))}
      {full && (
        <Text size="sm" c="dimmed">
          The first {WORK_SHOWN} are shown; the others follow as these are handed on.
        </Text>
      )}
    </Stack>
  );
}

function Leaver({ work, offered }: { work: OpenWork[]; offered: { id: string; label: string }[] }) {
  const dates = useDates();
  const said = useWords();
  const first = work[0];
  const field = useFields({}, first?.staff_id);
  const sending = useSending();
  if (!first) return null;
  const handed = work.filter(isHandedOn);
  const others = work.filter((one) => !isHandedOn(one));
  return (
    <Section
      title={`${first.staff} (${work.length})`}
      actions={
        <Badge color="gray" c="var(--mantine-color-text)">
          {first.moved ? "with others since" : "last day"} {dates.weekday(first.leaves_on)}
        </Badge>
      }
    >
      {handed.length > 0 && (
        <Form intent={first.staff_id}>
          <Stack gap={6}>
            {handed.map((one) => (
              <Checkbox
                key={keyOf(one)}
                name="work[]"
                value={keyOf(one)}
                defaultChecked
                label={
                  <>
                    {words(one, said)}
                    {one.name && `: ${one.name}`}
                    {one.due && (
                      <Text span size="xs" c="dimmed">
                        {" "}
                        by {dates.weekday(one.due)}
                      </Text>
                    )}
                  </>
                }
              />
            ))}
          </Stack>
          <Group align="flex-end" gap="sm" mt="sm">
            <NativeSelect
              label="Hand on to"
              data={[
                { value: "", label: "Choose" },
                ...offered.map(({ id, label }) => ({ value: id, label })),
              ]}
              {...field("to")}
            />
            <Button type="submit" loading={sending}>
              Hand on what is ticked
            </Button>
          </Group>
          <Text size="xs" c="dimmed" mt={6}>
            Only who can open these records is offered; where somebody can open a part of them, it
            says how many.
          </Text>
        </Form>
      )}
      {others.length > 0 && (
        <Stack gap={4} mt="md">
          <Text size="sm" fw={600}>
            To be seen to, each where it stands
          </Text>
          {others.map((one) => (
            <Text key={keyOf(one)} size="sm">
              <Anchor component={Link} to={whereTo(one)} underline="always" inherit>
                {words(one, said)}
                {one.name && `: ${one.name}`}
              </Anchor>
              {one.due && ` (${dates.weekday(one.due)})`}
            </Text>
          ))}
        </Stack>
      )}
    </Section>
  );
}
