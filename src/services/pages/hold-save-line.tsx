import { Alert, Anchor, Box, Button, Group, List, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { DraftSection } from "../conference-draft.ts";
import type { SaveState } from "./use-autosave.ts";

/** Says, wherever one has scrolled to, whether what is typed is kept and what to do when it is not. */
export function SaveLine(props: Saving) {
  return (
    <Box style={{ position: "sticky", bottom: 8, zIndex: 5 }}>
      <SaveWords {...props} />
    </Box>
  );
}

type Saving = {
  state: SaveState;
  clashes: readonly DraftSection[];
  sections: readonly (readonly [id: string, label: string])[];
  onPutTogether: () => void;
};

function SaveWords({ state, clashes, sections, onPutTogether }: Saving) {
  const { clock } = useDates();
  if (state.kind === "conflict") {
    return (
      <Told title="This was changed in another window too">
        <Text size="sm" mb="xs">
          {state.at ? `It was saved there at ${clock(state.at)}. ` : ""}Nothing is lost: what you
          typed here is still on this page, and is not saved yet.
        </Text>
        <Button size="xs" onClick={onPutTogether}>
          Put both together
        </Button>
      </Told>
    );
  }
  if (state.kind === "signed-out") {
    return (
      <Told title="You are signed out">
        <Text size="sm">
          What you typed is still here.{" "}
          <Anchor underline="always" href={paths.signIn()} target="_blank">
            Sign in in another window
          </Anchor>
          , and this page saves it by itself.
        </Text>
      </Told>
    );
  }
  if (state.kind === "closed") {
    return (
      <Told title="It was signed or closed in another window">
        <Text size="sm">
          What you typed here since is not part of it. Copy what is needed, and add it to the note.
        </Text>
      </Told>
    );
  }
  return (
    <>
      {clashes.length > 0 && (
        <Told title="Both windows' words are together now">
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
        </Told>
      )}
      <Group justify="flex-end">
        <Paper px="sm" py={4} shadow="xs" role="status">
          <Text size="sm" fw={state.kind === "offline" || state.kind === "invalid" ? 600 : 400}>
            {say(state, clock)}
          </Text>
        </Paper>
      </Group>
    </>
  );
}

/** Something that has to be seen: opaque, over whatever is scrolled under it. */
function Told({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p={0} shadow="md" mb="xs">
      <Alert color="orange" role="alert" title={title}>
        {children}
      </Alert>
    </Paper>
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
