import {
  Badge,
  Button,
  Checkbox,
  Chip,
  Group,
  Input,
  Paper,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { now } from "../../kernel/clock.ts";
import { addDays, formatDay, parseDay, weekOf } from "../../kernel/day.ts";
import { parseTime } from "../../kernel/time.ts";
import { fullName } from "../../people/consumer.ts";
import { findPerson } from "../../people/store.ts";
import { isId } from "../../storage/id.ts";
import {
  checkbox,
  day,
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { byWeek, contactKindCodes, contactWords } from "../open-contact.ts";
import { countContacts, findContacts, findKnown, keepContact } from "../open-contact-store.ts";
import classes from "./open-access.module.css";
import { Weeks } from "./open-access-weeks.tsx";

export const meta = () => [{ title: "Open access · Throughcare" }];

const WEEKS = 6;

export const loader = page("open-access.use", async ({ db, me, today, url, listed }) => {
  const on = parseDay(url.searchParams.get("day") ?? "") ?? today;
  const rows = await findContacts(db, on);
  const wanted = url.searchParams.get("for") ?? "";
  const known = isId(wanted) ? await findKnown(db, [wanted]) : [];
  const person = known[0] ? await findPerson(db, known[0].id) : null;
  await listed([
    ...new Set([
      ...rows.flatMap(({ consumer_id }) => consumer_id ?? []),
      ...(person ? [person.id] : []),
    ]),
  ]);
  const from = addDays(weekOf(today, "monday").from, -7 * (WEEKS - 1));
  return {
    today,
    on,
    title: on === today ? "Today" : formatDay(on, me.agency.locale, { dateStyle: "full" }),
    person: person ? { id: person.id, name: fullName(person) } : null,
    weeks: byWeek(await countContacts(db, from)),
    rows: rows.map(({ given_name, family_name, preferred_name, ...row }) => ({
      ...row,
      who:
        given_name && family_name
          ? fullName({ given_name, family_name, preferred_name })
          : row.nickname,
    })),
  };
});

const contact = z.object({
  on: day("Choose the day it was: today or an earlier one"),
  at: z
    .string()
    .refine((typed) => parseTime(typed) !== null, "Not a time")
    .optional(),
  consumer: identifier().optional(),
  nickname: optionalText(100),
  kinds: z.array(z.enum(contactKindCodes as [string, ...string[]]), "Choose what it was"),
  completed: checkbox,
  naloxone: checkbox,
  advice: checkbox,
  note: optionalText(1000),
});

export const action = act(
  "open-access.use",
  async ({ db, me, by, today, services, form, listed }) => {
    const parsed = parseForm(contact, form);
    if (parsed.invalid) return refuse(parsed.invalid);
    const { value } = parsed;
    const { on } = value;
    if (on > today) return refuseField(form, "on", "Choose today or an earlier day");
    if (on === today && value.at && value.at > now(services.clock, me.agency.timeZone).time) {
      return refuseField(form, "at", "That time is still to come");
    }
    // Now, unless another day or another time of today is said.
    const earlier = on < today || value.at !== undefined;
    if (value.consumer) {
      if ((await findKnown(db, [value.consumer])).length === 0) {
        return refuseField(form, "nickname", "That person is not one you can write for");
      }
      await listed([value.consumer]);
    }
    await keepContact(db, by, {
      ...{ on: earlier ? on : null, at: value.at ?? null },
      consumerId: value.consumer ?? null,
      nickname: value.nickname ?? null,
      kinds: value.kinds,
      completedTreatment: value.completed || null,
      naloxoneGiven: value.naloxone,
      overdoseAdvice: value.advice,
      note: value.note ?? null,
    });
    return done(on === today ? paths.openAccess() : paths.openAccessOf(on), "Kept");
  },
);

export default function OpenAccess() {
  const { today, on, title, rows, weeks, person } = useLoaderData<typeof loader>();
  const allowed = useMay();
  return (
    <>
      <PageHead
        title="Open access"
        about="Help for whoever comes, without a plan or an episode. A nickname is enough, and so is none."
        actions={
          <Group gap="xs">
            <LinkButton to={paths.openAccessOf(addDays(on, -1))} variant="default" size="xs">
              Day before
            </LinkButton>
            {on < addDays(today, -1) && (
              <LinkButton to={paths.openAccessOf(addDays(on, 1))} variant="default" size="xs">
                Day after
              </LinkButton>
            )}
            {on < today && (
              <LinkButton to={paths.openAccess()} variant="default" size="xs">
                Today
              </LinkButton>
            )}
          </Group>
        }
      />
      {on <= today && <Entry {...{ person, on, today }} key={`${on} ${rows.length}`} />}
      <Contacts title={title} rows={rows} refers={allowed("referral.take")} />
      <Weeks weeks={weeks} />
    </>
  );
}

type Data = Awaited<ReturnType<typeof loader>>;

function Entry({ person, on, today }: Pick<Data, "person" | "on" | "today">) {
  const field = useFields({ on });
  const sending = useSending();
  const kinds = field("kinds[]");
  return (
    <Paper mb="md">
      <Form autoComplete="off">
        <Stack gap="sm">
          <Input.Wrapper label="What it was" labelElement="div" error={kinds.error}>
            <Group gap={6} mt={4}>
              {contactKindCodes.map((code) => (
                <Chip
                  key={code}
                  name="kinds[]"
                  value={code}
                  defaultChecked={code === "drop-in"}
                  size="sm"
                >
                  {contactWords(code)}
                </Chip>
              ))}
            </Group>
          </Input.Wrapper>
          <Group align="flex-end" gap="sm">
            {person ? (
              <Group gap={6} pb={6}>
                <input type="hidden" name="consumer" value={person.id} />
                <Text fw={600}>{person.name}</Text>
                <Link to={paths.openAccess()}>somebody else</Link>
              </Group>
            ) : (
              <TextInput
                label="Nickname"
                placeholder="If they wish"
                maxLength={100}
                autoFocus
                w={{ base: "100%", xs: 160 }}
                {...field("nickname")}
              />
            )}
            <TextInput
              label="Note"
              placeholder="A few words"
              maxLength={1000}
              style={{ flex: "1 1 12rem" }}
              {...field("note")}
            />
            <Button type="submit" loading={sending}>
              Keep
            </Button>
          </Group>
          <Group gap="md">
            <Checkbox name="naloxone" label="Naloxone given" />
            <Checkbox name="advice" label="Overdose advice given" />
            <Checkbox name="completed" label="Completed treatment before" />
          </Group>
          <Group gap="sm" align="flex-end">
            <TextInput type="date" label="Day" max={today} required {...field("on")} />
            <TextInput
              type="time"
              label={on === today ? "Time, if not now" : "Time, if known"}
              {...field("at")}
            />
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}

function Contacts({ title, rows, refers }: { title: string; rows: Data["rows"]; refers: boolean }) {
  return (
    <Section title={`${title} (${rows.length})`}>
      {rows.length === 0 ? (
        <Empty>Nobody yet.</Empty>
      ) : (
        <ul className={classes.contacts}>
          {rows.map((row) => (
            <Contact key={row.id} row={row} refers={refers} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Contact({ row, refers }: { row: Data["rows"][number]; refers: boolean }) {
  const dates = useDates();
  const at = row.day_only ? "no time" : dates.clock(String(row.at));
  const gave = [row.naloxone_given && "Naloxone", row.overdose_advice && "Overdose advice"];
  return (
    <li className={classes.contact}>
      <div>
        <Group gap="0.3rem 0.6rem">
          <Text size="sm" ff="monospace">
            {at}
          </Text>
          <Text size="sm" {...(row.who ? { fw: 600 } : { c: "dimmed" })}>
            {row.who ?? "no name"}
          </Text>
          {row.kinds.map((code) => (
            <Badge key={code} color="gray" c="var(--mantine-color-text)">
              {contactWords(code)}
            </Badge>
          ))}
          {gave.map(
            (one) =>
              one && (
                <Badge key={one} color="tide" c="var(--mantine-color-text)">
                  {one}
                </Badge>
              ),
          )}
        </Group>
        {row.note && (
          <Text size="sm" mt={2} style={{ overflowWrap: "anywhere" }}>
            {row.note}
          </Text>
        )}
      </div>
      {refers &&
        (row.referral_in_id ? (
          <Text size="sm">referred</Text>
        ) : (
          <LinkButton
            to={`${paths.newReferral()}?contact=${row.id}`}
            variant="subtle"
            size="compact-sm"
            aria-label={`Turn into a referral: ${row.who ?? "no name"}, ${at}`}
          >
            Turn into a referral
          </LinkButton>
        ))}
    </li>
  );
}
