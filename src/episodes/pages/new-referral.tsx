import { Anchor, Button, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { data, Link, useActionData, useLoaderData, useLocation } from "react-router";
import { z } from "zod";
import { fullName } from "../../people/consumer.ts";
import { Likely } from "../../people/pages/likely.tsx";
import {
  identityForm,
  identityOf,
  PersonFields,
  whyNotBorn,
} from "../../people/pages/person-fields.tsx";
import { readSearch } from "../../people/read-search.ts";
import { addPerson, findAlike, findLikely, searchPeople } from "../../people/store.ts";
import { bookAppointment } from "../../services/booking-store.ts";
import {
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { readFirstTime } from "./free-times.ts";
import { ReferralFields, referralForm, referralOf, Unseen } from "./referral-fields.tsx";
import { findReferring, findTeamsForNew, takeIt, takenBy, whyNotTake } from "./take-referral.ts";

export const meta = () => [{ title: "New referral · Throughcare" }];

const MOST = 20;

export const loader = page("referral.take", async (visit) => ({
  today: visit.today,
  ...(await findReferring(visit, await findTeamsForNew(visit), null)),
}));

const search = z.object({ q: text(100) });
const newPerson = identityForm.extend(referralForm.shape);

/** Finds who it may be; or adds the person with the referral, both or neither. */
export const action = act("referral.take", async (visit) => {
  const { db, me, today, form, listed } = visit;
  if (form.get("intent") === "find") {
    const parsed = parseForm(search, form);
    if (parsed.invalid) return refuse({ ...parsed.invalid, errors: { q: "Type a name" } });
    const { words, born } = readSearch(parsed.value.q, me.agency.locale);
    const exact = await searchPeople(db, { words, born, most: MOST });
    // A name that was heard wrongly: those who are nearly called that, rather than a second record.
    const found = exact.length > 0 ? exact : await findAlike(db, { words, born });
    await listed(found.map(({ id }) => id));
    const alike = exact.length === 0;
    return { typed: { intent: "find", q: parsed.value.q }, found, alike, words, born };
  }
  const parsed = parseForm(newPerson, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const person = identityOf(parsed.value, today);
  const unborn = whyNotBorn(parsed.value, today);
  if (unborn) return refuseField(form, "date_of_birth", unborn);
  const likely = form.get("somebody_else") === "on" ? [] : await findLikely(db, person);
  if (likely.length > 0) {
    await listed(likely.map(({ id }) => id));
    const { invalid } = parseForm(z.never(), form);
    return data({ typed: invalid?.typed, likely }, { status: 409 });
  }
  const referral = referralOf(parsed.value);
  const wanted = { teams: await findTeamsForNew(visit), programId: parsed.value.program_id };
  const wrong = await whyNotTake(visit, referral, wanted);
  if (wrong) return refuseField(form, wrong.field, wrong.message);
  const { program_id: programId = null, first_time } = parsed.value;
  const first = await readFirstTime(visit, first_time, { programId, consumerId: null });
  if ("refused" in first) return refuseField(form, first.refused.field, first.refused.message);
  const consumerId = await addPerson(db, me, person);
  const refused = await takeIt(visit, consumerId, referral, wanted);
  if (refused) throw new Error("what could be taken could not be taken a line later");
  if (first.slot) await bookAppointment(db, me, consumerId, first.slot);
  return takenBy(visit, consumerId, wanted.teams, first.slot !== null);
});

/** Somebody is referred: who it is comes first, so that nobody is written down twice. */
export default function NewReferral() {
  const referring = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const typed = answer && "typed" in answer ? (answer.typed as Record<string, unknown>) : null;
  const found = answer && "found" in answer ? answer.found : null;
  const likely = answer && "likely" in answer ? answer.likely : [];
  const writing = found !== null || (typed !== null && typed.intent !== "find");
  return (
    <>
      <PageHead
        title="New referral"
        about="Find the person first: whoever was here before keeps their record."
      />
      <Find />
      {found && (
        <Found found={found} alike={Boolean(answer && "alike" in answer && answer.alike)} />
      )}
      {writing && (
        <Section title="Somebody new">
          <Somebody
            {...referring}
            likely={likely}
            typedHelp={
              Array.isArray(typed?.["help[]"])
                ? (typed["help[]"] as string[])
                : typed && typed.intent !== "find"
                  ? []
                  : (referring.contact?.help ?? [])
            }
            begun={
              answer && "words" in answer
                ? { words: String(answer.words), born: answer.born ? String(answer.born) : "" }
                : null
            }
          />
        </Section>
      )}
    </>
  );
}

function Find() {
  const { locale } = useMe().agency;
  const field = useFields({}, "find");
  const sending = useSending();
  return (
    <Section title="Who is it?">
      <Form intent="find" role="search">
        <Group align="flex-start" gap="xs">
          <TextInput
            label="Name, number or date of birth"
            description={`A birthday as ${locale === "en-GB" ? "day/month/year" : "month/day/year"}`}
            autoComplete="off"
            style={{ flex: "1 1 16rem" }}
            {...field("q")}
          />
          <Button
            type="submit"
            loading={sending}
            mt={{ base: 0, xs: 44 }}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            Search
          </Button>
        </Group>
      </Form>
    </Section>
  );
}

function Found({
  found,
  alike,
}: {
  found: Awaited<ReturnType<typeof searchPeople>>;
  /** Nobody is called just that: they are nearly called so. */
  alike: boolean;
}) {
  const dates = useDates();
  // A contact of open access that this begins with goes along.
  const { search } = useLocation();
  if (found.length === 0) {
    return <Empty>Nobody you can find by that. Write them down below.</Empty>;
  }
  return (
    <Section
      title={
        alike
          ? "Nobody of just that name. Could it be one of these?"
          : found.length === 1
            ? "One person"
            : `${found.length} people`
      }
    >
      <List size="sm" listStyleType="none" spacing={6}>
        {found.map((person) => (
          <List.Item key={person.id}>
            <Group gap="sm">
              <LinkButton
                to={paths.referred(person.id) + search}
                size="compact-sm"
                variant="default"
              >
                Refer
              </LinkButton>
              <span>
                <Anchor
                  component={Link}
                  to={paths.referred(person.id) + search}
                  inherit
                  underline="always"
                >
                  {fullName(person)}
                </Anchor>
                <Text span inherit c="dimmed">
                  , {person.date_of_birth && "born "}
                  {dates.born(person)}, No. {person.number}
                </Text>
              </span>
            </Group>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function Somebody({
  today,
  teams,
  choices,
  times,
  onDuty,
  contact,
  likely,
  typedHelp,
  begun,
}: Awaited<ReturnType<typeof loader>> & {
  likely: Awaited<ReturnType<typeof findLikely>>;
  typedHelp: string[];
  begun: { words: string; born: string } | null;
}) {
  const sending = useSending();
  const [given = "", ...family] = (begun?.words ?? "").split(" ");
  const field = useFields({
    language: "English",
    received_on: today,
    urgency: "routine",
    source: contact?.source,
    reason: contact?.reason,
    given_name: given || contact?.given_name,
    family_name: family.join(" "),
    date_of_birth: begun?.born,
    program_id: teams?.programs.length === 1 ? (teams.programs[0]?.id ?? "") : "",
  });
  // What was looked for is where a new person begins: a new search begins a new form.
  return (
    <Form key={begun ? `${begun.words} ${begun.born}` : "typed"}>
      <Stack>
        <PersonFields field={field} />
        <ReferralFields {...{ field, today, teams, typedHelp, choices, times }} />
        {likely.length > 0 && <Likely likely={likely} to={paths.referred} />}
        {!teams && <Unseen onDuty={onDuty} />}
        <Group>
          <Button type="submit" loading={sending}>
            Add and take the referral
          </Button>
          <LinkButton to={paths.people()} variant="default">
            Leave it
          </LinkButton>
        </Group>
      </Stack>
    </Form>
  );
}
