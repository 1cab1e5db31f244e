import { Button, Group, Text } from "@mantine/core";
import { useDates } from "../../web/use-me.ts";
import type { DraftState } from "./use-draft.ts";

/** Whether what is on the page is kept, said where one types. */
export function DraftStatus({
  state,
  wrong,
  onWriteOver,
}: {
  state: DraftState;
  /** How many answers could not be kept. */
  wrong: number;
  onWriteOver: () => void;
}) {
  const dates = useDates();
  const calm =
    wrong === 0 && (state.kind === "saved" || state.kind === "waiting" || state.kind === "saving");
  return (
    <Group gap="xs" role="status">
      <Text size="sm" {...(calm ? { c: "dimmed" } : { fw: 600 })}>
        {says()}
      </Text>
      {state.kind === "conflict" && (
        <Button size="compact-sm" variant="default" onClick={onWriteOver}>
          Write mine over theirs
        </Button>
      )}
    </Group>
  );

  function says(): string {
    switch (state.kind) {
      case "saved":
        if (wrong > 0) {
          return `Saved, but for ${wrong === 1 ? "one answer that is" : `${wrong} answers that are`} marked`;
        }
        return state.at ? `Saved ${dates.clock(state.at)}` : "Saved while you type";
      case "waiting":
      case "saving":
        return "Saving…";
      case "offline":
        return "Not saved: no connection. It is kept on this page, and tried again.";
      case "signed-out":
        return "Not saved: you are signed out. Sign in in another tab; it is tried again.";
      case "conflict":
        return "A colleague saved this draft meanwhile. Yours is on this page only.";
      case "closed":
        return "A colleague has completed it.";
    }
  }
}
