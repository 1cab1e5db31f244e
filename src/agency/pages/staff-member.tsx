import { Alert, Badge, Button, Group, List, Stack, Table, Text, TextInput } from "@mantine/core";
import { useActionData, useLoaderData } from "react-router";
import { findProtection } from "../../web/accounts.ts";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { useDates, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { standingOn } from "../credential.ts";
import { findMember, findSupervisors } from "../staff-store.ts";
import { findPrograms } from "../store.ts";
import { Credentials } from "./member-credentials.tsx";
import { Programs, Roles } from "./member-spans.tsx";
import { OneTimePassword } from "./one-time-password.tsx";
import { changeMember } from "./staff-member-changes.ts";

export const meta = () => [{ title: "Member of staff · Throughcare" }];

export const loader = page("agency.manage", async ({ db, params, today, services, me }) => {
  const id = params.staffId ?? "";
  const member = await findMember(db, id);
  if (!member) throw noSuchPage();
  const { user_id, ...shown } = member;
  return {
    today,
    mine: id === me.staffId,
    member: {
      ...shown,
      open: member.closed_at === null && (member.active_to === null || member.active_to >= today),
      credentials: shown.credentials.map((one) => ({ ...one, standing: standingOn(today, one) })),
    },
    protection: user_id ? await findProtection(services.signIn, user_id) : null,
    programs: (await findPrograms(db)).filter(({ active }) => active),
    supervisors: (await findSupervisors(db, today)).filter((other) => other.id !== id),
  };
});

export const action = act("agency.manage", changeMember);

export default function StaffMember() {
  const { member, mine, today } = useLoaderData<typeof loader>();
  const answer = useActionData() as { password?: string } | undefined;
  const dates = useDates();
  const words = useWords();
  const rolesToday = member.roles.filter((held) =>
    ["holds", "lapsing"].includes(standingOn(today, held)),
  );
  const seesRecords = rolesToday.some(({ role }) =>
    ["counselor", "keyworker", "supervisor", "program-manager"].includes(role),
  );
  const worksSomewhere = member.programs.some((held) =>
    ["holds", "lapsing"].includes(standingOn(today, held)),
  );
  return (
    <>
      <PageHead
        title={member.name}
        about={[member.title, member.email, `here since ${dates.day(member.active_from)}`]
          .filter(Boolean)
          .join(" · ")}
        actions={
          member.open ? (
            member.active_to ? (
              <Badge color="yellow">Leaves {dates.day(member.active_to)}</Badge>
            ) : (
              <Badge color="teal">Account open</Badge>
            )
          ) : (
            <Badge color="gray">Account closed</Badge>
          )
        }
      />
      {answer?.password && <OneTimePassword password={answer.password} />}
      {member.open && rolesToday.length === 0 && (
        <Alert color="yellow" mb="md" title="They have no role today">
          They can sign in, and find nothing to open until they are given one.
        </Alert>
      )}
      {member.open && seesRecords && !worksSomewhere && (
        <Alert color="yellow" mb="md" title={`They work in no ${words.program} today`}>
          Their role shows the records of the {words.programs} they work in: without one they see
          none.
        </Alert>
      )}
      {mine && (
        <Text size="sm" c="dimmed" mb="sm">
          This is your own account.
        </Text>
      )}
      <Roles />
      <Programs />
      <Credentials />
      <Details />
      <Access />
      <Changes />
    </>
  );
}

function Details() {
  const { member } = useLoaderData<typeof loader>();
  const field = useFields({ name: member.name, title: member.title }, "details");
  const sending = useSending();
  return (
    <Section title="Name and title">
      <Form intent="details">
        <Group align="flex-start">
          <TextInput label="Name" flex="1 1 14rem" {...field("name")} />
          <TextInput label="Title" flex="1 1 14rem" {...field("title")} />
        </Group>
        <Button type="submit" variant="light" mt="sm" loading={sending}>
          Save
        </Button>
      </Form>
    </Section>
  );
}

const workWords: Record<string, (n: number, keyworker: string) => string> = {
  keyworker: (n, keyworker) => `${capital(keyworker)} of ${n}`,
  "peer-mentor": (n) => `Peer mentor of ${n}`,
  appointment: (n) => `${n} scheduled ${n === 1 ? "appointment" : "appointments"}`,
  unsigned: (n) => `${n} held but not signed`,
  cosign: (n) => `${n} waiting for their co-signature`,
  referral: (n) => `${n} open ${n === 1 ? "referral" : "referrals"}`,
  question: (n) => `${n} unanswered ${n === 1 ? "question" : "questions"} from billing`,
  associate: (n) => `Supervisor of ${n} ${n === 1 ? "associate" : "associates"}`,
};

function OpenWork() {
  const { member } = useLoaderData<typeof loader>();
  const words = useWords();
  if (member.work.length === 0) return <Text size="sm">They hold no open work.</Text>;
  return (
    <>
      <Text size="sm">
        They still hold this; it stays theirs, and a supervisor can give it to others:
      </Text>
      <List size="sm">
        {member.work.map(({ what, how_many }) => (
          <List.Item key={what}>
            {workWords[what]?.(how_many, words.keyworker) ?? `${how_many} ${what}`}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function Access() {
  const { member, protection, mine, today } = useLoaderData<typeof loader>();
  const sending = useSending();
  const { name } = useMe();
  const close = useFields({ last_day: today }, "close");
  if (!member.open) {
    return (
      <Section title="Account">
        <Stack gap="sm" align="flex-start">
          <OpenWork />
          <Text size="sm">
            Opening it again gives back the roles and the rest that ended when it was closed, from
            today. Their password and second factor stay as they were.
          </Text>
          <Form intent="reopen">
            <Button type="submit" loading={sending}>
              Open the account again
            </Button>
          </Form>
        </Stack>
      </Section>
    );
  }
  return (
    <Section title="Account">
      <Stack gap="md">
        <Text size="sm">
          {protection === null
            ? "No account for signing in."
            : [
                protection.secondFactor ? "Second factor on" : "No second factor",
                `${protection.passkeys} ${protection.passkeys === 1 ? "passkey" : "passkeys"}`,
                protection.passwordToChange ? "still has the password they were given" : null,
              ]
                .filter(Boolean)
                .join(" · ")}
        </Text>
        {mine ? (
          <Text size="sm" c="dimmed">
            Your own password and second factor are on your account page, {name}. Another
            administrator can close this account.
          </Text>
        ) : (
          <>
            {protection && (
              <>
                <Confirmed
                  summary="New one-time password"
                  intent="reset-password"
                  button="Make one and show it"
                >
                  It replaces the password they have, and signs them out everywhere.
                </Confirmed>
                <Confirmed
                  summary="Remove their second factor"
                  intent="reset-second-factor"
                  button="Remove it"
                >
                  For a lost phone: their app, backup codes and passkeys stop working, and they are
                  signed out everywhere. Make sure that it is they who ask.
                </Confirmed>
              </>
            )}
            <details>
              <summary style={{ cursor: "pointer" }}>Close the account</summary>
              <Stack gap="sm" mt="sm">
                <OpenWork />
                <Form intent="close">
                  <Group align="flex-end">
                    <TextInput
                      type="date"
                      label="Last day"
                      description="Today or earlier closes it now and signs them out."
                      {...close("last_day")}
                    />
                    <Button type="submit" color="red" variant="light" loading={sending}>
                      Close the account
                    </Button>
                  </Group>
                </Form>
                <Text size="sm" c="dimmed">
                  Nothing they wrote is lost, and it can be opened again.
                </Text>
              </Stack>
            </details>
          </>
        )}
      </Stack>
    </Section>
  );
}

/** Says what it will do before the button that does it. */
function Confirmed({
  summary,
  intent,
  button,
  children,
}: {
  summary: string;
  intent: string;
  button: string;
  children: string;
}) {
  const sending = useSending();
  return (
    <details>
      <summary style={{ cursor: "pointer" }}>{summary}</summary>
      <Form intent={intent}>
        <Stack gap="xs" mt="xs" align="flex-start">
          <Text size="sm">{children}</Text>
          <Button type="submit" variant="light" loading={sending}>
            {button}
          </Button>
        </Stack>
      </Form>
    </details>
  );
}

function Changes() {
  const { member } = useLoaderData<typeof loader>();
  const dates = useDates();
  if (member.changes.length === 0) return null;
  return (
    <Section title="What was changed">
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>When</Table.Th>
              <Table.Th>What</Table.Th>
              <Table.Th>By</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {member.changes.map((change) => (
              <Table.Tr key={change.id}>
                <Table.Td>{dates.instant(change.at)}</Table.Td>
                <Table.Td>{change.what}</Table.Td>
                <Table.Td>{change.by}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}
