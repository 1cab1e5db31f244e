import { Button, Group, Paper, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import { done, Form, parseForm, refuse, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { addGroup } from "../group-store.ts";
import { findGroupChoices, strangerAmong } from "./group-choices.ts";
import { fieldsOf, GroupFields, groupForm } from "./group-fields.tsx";

export const meta = () => [{ title: "A new group · Throughcare" }];

export const loader = page("group.write", async ({ db, me, today }) => ({
  choices: await findGroupChoices(db, today),
  me: me.staffId,
}));

export const action = act("group.write", async ({ db, by, today, form }) => {
  const parsed = parseForm(groupForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const group = fieldsOf(parsed.value);
  const stranger = strangerAmong(group, await findGroupChoices(db, today), form);
  if (stranger) return stranger;
  const id = await addGroup(db, by, group);
  return done(paths.group(id), "The group is on the timetable");
});

export default function NewGroup() {
  const { choices, me } = useLoaderData<typeof loader>();
  const sending = useSending();
  const lead = choices.leads.some(({ id }) => id === me) ? me : "";
  const saved = { weekday: "1", starts: "10:00", ends: "11:30", lead };
  return (
    <Stack maw={760} gap={0}>
      <PageHead
        title="A new group"
        about="It meets every week. Each meeting has a register, and signing that makes each person's own contact."
      />
      <Form>
        <Paper mb="md">
          <GroupFields saved={saved} choices={choices} editing={false} />
        </Paper>
        <Group>
          <Button type="submit" loading={sending}>
            Add the group
          </Button>
          <LinkButton to={paths.groups()} variant="subtle">
            Leave it
          </LinkButton>
        </Group>
      </Form>
    </Stack>
  );
}
