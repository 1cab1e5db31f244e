import { Button, Group, List, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { data, useActionData, useLoaderData } from "react-router";
import { parseDay } from "../../kernel/day.ts";
import { parseTime } from "../../kernel/time.ts";
import { may } from "../../people/access.ts";
import { fullName } from "../../people/consumer.ts";
import { findAlike, searchPeople } from "../../people/store.ts";
import { Form, useSending } from "../../web/form.tsx";
import { ask, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";

export const meta = () => [{ title: "Book a time · Throughcare" }];

const MOST = 12;

export const loader = page("appointment.write", async ({ url }) => {
  const day = parseDay(url.searchParams.get("day") ?? "");
  const starts = parseTime(url.searchParams.get("starts") ?? "");
  return { day, starts, query: url.search };
});

/** Posted, because a name has no place in an address. */
export const action = ask("appointment.write", async ({ db, form, listed, url, me }) => {
  const typed = String(form.get("q") ?? "")
    .trim()
    .slice(0, 100);
  if (typed.length < 2) {
    const errors = { q: "Write at least two letters, a number or a date of birth" };
    return data({ errors, typed: { q: typed }, found: null }, { status: 422 });
  }
  const born = parseDay(typed);
  const words = born ? "" : typed;
  const exact = await searchPeople(db, { words, born, most: MOST + 1 });
  const people = exact.length > 0 ? exact : await findAlike(db, { words, born });
  await listed(people.map(({ id }) => id));
  const plans = may(me.roles, "record.write");
  return {
    typed: { q: typed },
    more: people.length > MOST,
    alike: exact.length === 0 && people.length > 0,
    found: people.slice(0, MOST).map((person) => ({
      id: person.id,
      name: fullName(person),
      number: person.number,
      date_of_birth: person.date_of_birth,
      born_about: person.born_about,
      to: (plans ? paths.newConference : paths.bookFor)(person.id) + url.search,
    })),
  };
});

export default function Book() {
  const { day, starts } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const plans = useMay()("record.write");
  const dates = useDates();
  const words = useWords();
  const sending = useSending();
  const found = answer?.found;
  const errors = answer && "errors" in answer ? answer.errors : undefined;
  const when = day ? ` for ${dates.weekday(day)}${starts ? `, ${dates.time(starts)}` : ""}` : "";
  return (
    <Stack maw={640} gap="md">
      <PageHead
        title={plans ? "Plan a Family Conference" : "Book a time"}
        about={`First choose the ${words.consumer}${when}.`}
      />
      <Form>
        <Group align="flex-end" gap="xs">
          <TextInput
            label="Name, number or date of birth"
            description="A date of birth as 1990-04-15"
            name="q"
            defaultValue={answer?.typed.q ?? ""}
            error={errors?.q}
            autoFocus
            style={{ flex: "1 1 14rem" }}
          />
          <Button
            type="submit"
            loading={sending}
            leftSection={<IconSearch size={16} aria-hidden />}
          >
            Find
          </Button>
        </Group>
      </Form>
      {found && (
        <Paper component="section" aria-live="polite">
          {answer && "alike" in answer && answer.alike && (
            <Text size="sm" mb="xs">
              Nobody of just that name. Could it be one of these?
            </Text>
          )}
          {found.length === 0 ? (
            <Text size="sm">Nobody with this name, number or date of birth that you can book.</Text>
          ) : (
            <List listStyleType="none" spacing="xs">
              {found.map((person) => (
                <List.Item
                  key={person.id}
                  styles={{ itemWrapper: { width: "100%" }, itemLabel: { width: "100%" } }}
                >
                  <Group justify="space-between" wrap="nowrap" gap="xs">
                    <div>
                      <Text fw={500}>{person.name}</Text>
                      <Text size="xs" c="dimmed">
                        {dates.born(person)} · No. {person.number}
                      </Text>
                    </div>
                    <LinkButton
                      to={person.to}
                      size="xs"
                      variant="light"
                      aria-label={`Choose ${person.name}`}
                    >
                      Choose
                    </LinkButton>
                  </Group>
                </List.Item>
              ))}
            </List>
          )}
          {answer && "more" in answer && answer.more && (
            <Text size="sm" c="dimmed" mt="sm">
              There are more. Write more of the name, or the date of birth.
            </Text>
          )}
        </Paper>
      )}
    </Stack>
  );
}
