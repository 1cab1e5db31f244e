import { Anchor, Button, List, Stack, Text, Textarea } from "@mantine/core";
import { Link } from "react-router";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";

type Note = { id: string; text: string | null; goals: string[]; author: string; at: string };
type OfGroup = {
  group_id: string;
  meeting_id: string;
  name: string;
  topic: string | null;
  note: string | null;
};

/** What was worked on: the note, what was added to it, and this person's own line of a group. */
export function SessionNotes({ notes, group }: { notes: Note[]; group: OfGroup | null }) {
  const may = useMay();
  const dates = useDates();
  const empty = notes.length === 0 && !group?.note;
  return (
    <Section title={group ? group.name : "What was worked on"}>
      <Stack gap="sm">
        {group && (
          <Text size="sm" c="dimmed">
            {group.topic ? `About: ${group.topic}. ` : ""}
            {may("group.read") && (
              <Anchor
                component={Link}
                to={paths.groupMeeting(group.group_id, group.meeting_id)}
                inherit
                underline="always"
              >
                The register of this meeting
              </Anchor>
            )}
          </Text>
        )}
        {group?.note && (
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {group.note}
          </Text>
        )}
        {empty && (
          <Text size="sm" c="dimmed">
            No note was written.
          </Text>
        )}
        {notes.map((note) => (
          <div key={note.id}>
            {note.text && (
              <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
                {note.text}
              </Text>
            )}
            {note.goals.length > 0 && (
              <>
                <Text size="sm" fw={500} mt={4}>
                  Goals it was about
                </Text>
                <List size="sm">
                  {note.goals.map((goal) => (
                    <List.Item key={goal}>{goal}</List.Item>
                  ))}
                </List>
              </>
            )}
            <Text size="xs" c="dimmed" mt={2}>
              {note.author}, {dates.instant(note.at)}
            </Text>
          </div>
        ))}
        {may("record.write") && <AddNote key={notes.length} first={empty} />}
      </Stack>
    </Section>
  );
}

function AddNote({ first }: { first: boolean }) {
  const field = useFields({}, "note");
  const sending = useSending();
  return (
    <details open={field("text").error !== undefined}>
      <summary>
        <Text span size="sm">
          {first ? "Write a note" : "Add to the note"}
        </Text>
      </summary>
      <Form intent="note" style={{ maxWidth: "44rem", marginTop: "0.5rem" }}>
        <Textarea
          label={first ? "Note" : "What is to be added"}
          description="It stands below what is there; nothing that was written changes."
          autosize
          minRows={3}
          {...field("text")}
        />
        <Button type="submit" size="xs" mt="xs" loading={sending}>
          Save
        </Button>
      </Form>
    </details>
  );
}
