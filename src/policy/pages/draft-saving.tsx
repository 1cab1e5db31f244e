import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { DraftVersion } from "./draft-store.ts";
import type { SaveState } from "./use-draft.ts";

const words: Record<SaveState["kind"], { word: string; color: string }> = {
  saved: { word: "Saved", color: "teal" },
  waiting: { word: "Saving …", color: "gray" },
  saving: { word: "Saving …", color: "gray" },
  offline: { word: "Not saved: no connection", color: "red" },
  "signed-out": { word: "Not saved: signed out", color: "red" },
  invalid: { word: "Not saved", color: "red" },
  conflict: { word: "Not saved", color: "red" },
};

export function SaveBadge({ state }: { state: SaveState }) {
  const { word, color } = words[state.kind];
  return (
    <Badge color={color} role="status">
      {word}
    </Badge>
  );
}

/** What keeps the text from being saved, and what to do; nothing while all is well. */
export function SaveTrouble({
  state,
  onKeepMine,
  onTakeTheirs,
}: {
  state: SaveState;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const dates = useDates();
  const icon = <IconAlertTriangle aria-hidden />;
  switch (state.kind) {
    case "conflict": {
      const { savedBy, savedAt } = state.theirs;
      return (
        <Alert
          color="red"
          mb="md"
          icon={icon}
          role="alert"
          title={`${savedBy} saved this draft meanwhile, ${dates.instant(savedAt)}`}
        >
          <Text size="sm" mb="sm">
            What you typed is still here and is not saved. Whichever you choose, the other can be
            had back: theirs is among the earlier versions, yours comes back by undoing in the
            editor.
          </Text>
          <Group gap="sm">
            <Button size="xs" onClick={onKeepMine}>
              Keep mine
            </Button>
            <Button size="xs" variant="default" onClick={onTakeTheirs}>
              Take theirs
            </Button>
          </Group>
        </Alert>
      );
    }
    case "offline":
    case "signed-out":
      return (
        <Alert color="red" mb="md" icon={icon} role="alert">
          {state.kind === "offline"
            ? "The draft can't be saved just now: the connection is lost. It is tried again every few seconds; keep this page open."
            : "You are signed out. Sign in again in another tab, and this page saves what you typed; keep it open."}
        </Alert>
      );
    case "invalid":
      return (
        <Alert color="red" mb="md" icon={icon} role="alert">
          {state.message}
        </Alert>
      );
    default:
      return null;
  }
}

/** What the draft said before, to be looked at and brought back. */
export function DraftVersions({
  draftId,
  versions,
  onBringBack,
}: {
  draftId: string;
  versions: readonly DraftVersion[];
  onBringBack: (saves: number) => void;
}) {
  const dates = useDates();
  if (versions.length === 0) return null;
  return (
    <Section title="Earlier versions">
      <Text size="sm" c="dimmed" mb="xs" maw="44rem">
        One of every few minutes of writing, and the last text of each hand. What you bring back
        stands in the editor; what stands there now is kept here.
      </Text>
      <details>
        <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
          {versions.length === 1 ? "1 earlier version" : `${versions.length} earlier versions`}
        </Text>
        {versions.map(({ saves, savedAt, author }) => (
          <Group key={saves} gap="sm" mt="xs" justify="space-between">
            <Text size="sm">
              {dates.instant(savedAt)} · {author}
            </Text>
            <Group gap="xs">
              <Button
                component="a"
                href={`${paths.draftFile(draftId)}?version=${saves}`}
                download
                size="compact-xs"
                variant="subtle"
                aria-label={`Download the version of ${dates.instant(savedAt)}`}
              >
                Download
              </Button>
              <Button
                size="compact-xs"
                variant="default"
                onClick={() => onBringBack(saves)}
                aria-label={`Bring back the version of ${dates.instant(savedAt)}`}
              >
                Bring back
              </Button>
            </Group>
          </Group>
        ))}
      </details>
    </Section>
  );
}
