import { Alert, Anchor, Button, Group, List, Text } from "@mantine/core";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { DraftSection } from "../conference-draft.ts";
import type { SaveState } from "./use-autosave.ts";

/** Says whether what is typed is kept, and what to do when it is not. */
export function SaveLine({
  state,
  clashes,
  sections,
  onPutTogether,
}: {
  state: SaveState;
  clashes: readonly DraftSection[];
  sections: readonly (readonly [id: string, label: string])[];
  onPutTogether: () => void;
}) {
  const dates = useDates();
  const { clock } = dates;
  if (state.kind === "conflict") {
    return (
      <Alert color="orange" role="alert" mb="md" title="This was changed in another window too">
        <Text size="sm" mb="xs">
          {state.at ? `It was saved there at ${clock(state.at)}. ` : ""}Nothing is lost: what you
          typed here is still on this page, and is not saved yet.
        </Text>
        <Button size="xs" onClick={onPutTogether}>
          Put both together
        </Button>
      </Alert>
    );
  }
  if (state.kind === "signed-out") {
    return (
      <Alert color="orange" role="alert" mb="md" title="You are signed out">
        <Text size="sm">
          What you typed is still here.{" "}
          <Anchor href={paths.signIn()} target="_blank">
            Sign in in another window
          </Anchor>
          , and this page saves it by itself.
        </Text>
      </Alert>
    );
  }
  if (state.kind === "closed") {
    return (
      <Alert color="orange" role="alert" mb="md" title="It was signed or closed in another window">
        <Text size="sm">
          What you typed here since is not part of it. Copy what is needed, and add it to the note.
        </Text>
      </Alert>
    );
  }
  return (
    <>
      <Group justify="flex-end" mb="xs" style={{ minHeight: "1.5rem" }}>
        <Text
          size="sm"
          c={state.kind === "offline" || state.kind === "invalid" ? "orange" : "dimmed"}
          role="status"
        >
          {say(state, clock)}
        </Text>
      </Group>
      {clashes.length > 0 && (
        <Alert color="gray" mb="md" title="Both windows' words are together now">
          <Text size="sm">Different things were chosen here; look whether it is right:</Text>
          <List size="sm">
            {sections
              .filter(([id]) => (clashes as readonly string[]).includes(id))
              .map(([id, label]) => (
                <List.Item key={id}>
                  <Anchor href={`#${id}`}>{label}</Anchor>
                </List.Item>
              ))}
          </List>
        </Alert>
      )}
    </>
  );
}

function say(state: SaveState, clock: (at: string) => string): string {
  switch (state.kind) {
    case "saved":
      return state.at ? `Saved ${clock(state.at)}` : "Nothing typed yet";
    case "offline":
      return "Not saved: no connection. It is tried again by itself.";
    case "invalid":
      return `Not saved: ${state.message}`;
    default:
      return "Saving…";
  }
}
