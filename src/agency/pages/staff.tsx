import { Anchor, Badge, Group, Stack, Table, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { roleWords } from "../agency.ts";
import { standingOn } from "../credential.ts";
import { findStaff, STAFF_PAGE } from "../staff-store.ts";

export const meta = () => [{ title: "Staff · Throughcare" }];

export const loader = page("agency.manage", async ({ db, today, url }) => {
  const from = Math.max(0, Math.min(100_000, Number(url.searchParams.get("from")) || 0));
  const staff = await findStaff(db, today, Math.floor(from));
  return {
    today,
    from,
    more: staff.length > STAFF_PAGE,
    staff: staff.slice(0, STAFF_PAGE).map(({ user_id, credentials, ...person }) => ({
      ...person,
      account: user_id !== null,
      inForce: credentials.filter((one) => standingOn(today, one) === "holds").length,
      lapsing: endOf(today, credentials, "lapsing"),
      lapsed: endOf(today, credentials, "over"),
    })),
  };
});

type Held = { qualification: string; valid_from: string; valid_to: string | null };

/** The first end among those that stand so, unless the same qualification was renewed since. */
function endOf(today: Day, held: readonly Held[], standing: "lapsing" | "over"): string | null {
  const ends = held.filter(
    (one) =>
      standingOn(today, one) === standing &&
      !held.some(
        (later) =>
          later.qualification === one.qualification && later.valid_from > (one.valid_to ?? ""),
      ),
  );
  return ends.map(({ valid_to }) => valid_to ?? "").sort()[0] ?? null;
}

export default function Staff() {
  const { staff, today, from, more } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  const roles = roleWords(words);
  return (
    <>
      <PageHead
        title="Staff"
        about={`Accounts, with the roles, ${words.programs} and credentials that each holds today.`}
        actions={<LinkButton to={paths.newStaff()}>Open an account</LinkButton>}
      />
      {staff.length === 0 ? (
        <Empty>Nobody further.</Empty>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Roles today</Table.Th>
                <Table.Th>{capital(words.programs)}</Table.Th>
                <Table.Th>Credentials</Table.Th>
                <Table.Th>Account</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {staff.map((person) => (
                <Table.Tr key={person.id}>
                  <Table.Td>
                    <Anchor component={Link} to={paths.staffMember(person.id)} fw={500}>
                      {person.name}
                    </Anchor>
                    <Text size="sm" c="dimmed">
                      {person.title ?? person.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {person.roles.map((role) => roles[role].label).join(", ") || (
                      <Text c="dimmed" size="sm">
                        none
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{person.programs.join(", ")}</Table.Td>
                  <Table.Td>
                    <Stack gap={4} align="flex-start">
                      {person.inForce > 0 && <Text size="sm">{person.inForce} in force</Text>}
                      {person.lapsed && (
                        <Badge color="red" miw="max-content">
                          Lapsed {dates.day(person.lapsed)}
                        </Badge>
                      )}
                      {person.lapsing && (
                        <Badge color="yellow">Lapses {dates.day(person.lapsing)}</Badge>
                      )}
                    </Stack>
                  </Table.Td>
                  <Table.Td>
                    <AccountState person={person} today={today} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {(from > 0 || more) && (
        <Group mt="md">
          {from > 0 && (
            <LinkButton
              to={`${paths.staff()}?from=${Math.max(0, from - STAFF_PAGE)}`}
              variant="default"
            >
              Before these
            </LinkButton>
          )}
          {more && (
            <LinkButton to={`${paths.staff()}?from=${from + STAFF_PAGE}`} variant="default">
              Show more
            </LinkButton>
          )}
        </Group>
      )}
    </>
  );
}

function AccountState({
  person,
  today,
}: {
  person: { closed_at: Date | null; active_to: string | null; account: boolean };
  today: string;
}) {
  const dates = useDates();
  if (person.closed_at || (person.active_to && person.active_to < today)) {
    return <Badge color="gray">Closed</Badge>;
  }
  if (person.active_to) return <Badge color="gray">Leaves {dates.day(person.active_to)}</Badge>;
  return person.account ? "Open" : <Badge color="gray">None</Badge>;
}
