import { Button, Checkbox, Group, Stack, TextInput } from "@mantine/core";
import { data, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { type Role, roles } from "../../people/access.ts";
import { oneTimePassword, openOrTakeUp } from "../../web/accounts.ts";
import {
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { roleWords } from "../agency.ts";
import { addMember, emailTaken } from "../staff-store.ts";
import { isTaken } from "../store.ts";
import { OneTimePassword } from "./one-time-password.tsx";

export const meta = () => [{ title: "Open an account · Throughcare" }];

export const loader = page("agency.manage", async () => ({
  roles,
}));

const schema = z.object({
  name: text(),
  title: optionalText(100),
  email: z
    .string("Fill this in")
    .trim()
    .toLowerCase()
    .pipe(z.email("That is not an email address"))
    .pipe(z.string().max(200)),
  roles: z.array(z.enum(roles)).default([]),
});

const TAKEN = "Somebody has an account with this email already";

export const action = act("agency.manage", async ({ db, by, form, services, today }) => {
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  if (await emailTaken(db, value.email)) return refuseField(form, "email", TAKEN);
  const password = oneTimePassword();
  const userId = await openOrTakeUp(
    services.signIn,
    { name: value.name, email: value.email, password, once: true },
    (known) => isTaken(db, known),
  );
  if (!userId) return refuseField(form, "email", TAKEN);
  const staffId = await addMember(db, by, {
    name: value.name,
    email: value.email,
    title: value.title ?? null,
    userId,
    from: today,
    roles: value.roles as Role[],
  });
  // Shown by this answer alone: no page can be asked for it again.
  return data({ opened: { staffId, email: value.email, password } });
});

export default function NewStaff() {
  const answer = useActionData<typeof action>();
  const { roles } = useLoaderData<typeof loader>();
  const words = useWords();
  const called = roleWords(words);
  const field = useFields();
  const sending = useSending();
  const chosen = (answer && "typed" in answer ? answer.typed["roles[]"] : []) ?? [];
  if (answer && "opened" in answer) return <Opened {...answer.opened} />;
  return (
    <>
      <PageHead
        title="Open an account"
        about={`It holds from today. ${capital(words.programs)} and credentials come next, on their own page.`}
      />
      <Section title="Who it is for">
        <Form>
          <Stack maw="36rem">
            <TextInput label="Name" autoComplete="off" {...field("name")} />
            <TextInput
              label="Title"
              description={`As others know it: ${words.clinician}, nurse …`}
              {...field("title")}
            />
            <TextInput label="Email" type="email" autoComplete="off" {...field("email")} />
            <Checkbox.Group
              label="Roles"
              description="What they may see comes with these. They can be changed later, from any day."
              defaultValue={[...chosen]}
            >
              <Stack gap="xs" mt="xs">
                {roles.map((value) => (
                  <Checkbox
                    key={value}
                    name="roles[]"
                    value={value}
                    label={called[value].label}
                    description={called[value].sees}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
            <Group>
              <Button type="submit" loading={sending}>
                Open the account
              </Button>
              <LinkButton to={paths.staff()} variant="subtle">
                Back to staff
              </LinkButton>
            </Group>
          </Stack>
        </Form>
      </Section>
    </>
  );
}

function Opened({
  staffId,
  email,
  password,
}: {
  staffId: string;
  email: string;
  password: string;
}) {
  return (
    <>
      <PageHead title="The account is open" about={email} />
      <OneTimePassword password={password} />
      <Group mt="md">
        <LinkButton to={paths.staffMember(staffId)}>Give programs and credentials</LinkButton>
        <LinkButton to={paths.staff()} variant="subtle">
          Back to staff
        </LinkButton>
      </Group>
    </>
  );
}
