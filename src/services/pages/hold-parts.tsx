import { ActionIcon, Box, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Answer } from "../../people/consent.ts";
import type { Draft, DraftSection } from "../conference-draft.ts";
import type { TurnedAway } from "./hold-draft.ts";

/** Somebody around the consumer, with what their consent answers at the door today. */
export type Around = {
  id: string;
  name: string;
  relation: string;
  ended: boolean;
  noContact: boolean;
  checkIn: Answer;
};

/** What the sections of the hold page share. */
export type Part = {
  draft: Draft;
  change: <S extends DraftSection>(section: S, value: Draft[S], now?: boolean) => void;
  consumerId: string;
  called: string;
  people: readonly Around[];
  colleagues: readonly { id: string; name: string; title: string | null }[];
  turnedAway: readonly TurnedAway[];
};

/** A numbered block of the hold page, reached from the jump menu. */
export function Part({
  id,
  number,
  title,
  about,
  children,
}: {
  id: string;
  number: number;
  title: string;
  about?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Paper
      component="section"
      id={id}
      aria-labelledby={`${id}-title`}
      mb="md"
      style={{ scrollMarginTop: "11rem" }}
    >
      <Title order={2} id={`${id}-title`}>
        <Text span inherit c="dimmed" mr={6} aria-hidden>
          {number}
        </Text>
        {title}
      </Title>
      {about && (
        <Text size="sm" c="dimmed" mb="sm" maw="44rem">
          {about}
        </Text>
      )}
      <Box mt="sm">{children}</Box>
    </Paper>
  );
}

/** Rows that are added and taken away; a new one takes the keyboard. */
export function Rows<T extends { id: string }>({
  rows,
  add,
  addLabel,
  onChange,
  label,
  children,
}: {
  rows: readonly T[];
  /** A fresh row. */
  add: () => T;
  addLabel: string;
  onChange: (rows: T[]) => void;
  /** What one row is: "barrier". */
  label: string;
  children: (row: T, set: (change: Partial<T>) => void, number: number) => ReactNode;
}) {
  return (
    <Stack gap="sm">
      {rows.map((row, index) => (
        <Group
          key={row.id}
          role="group"
          aria-label={`${label} ${index + 1}`}
          gap="xs"
          wrap="nowrap"
          align="flex-start"
        >
          <Box style={{ flex: 1, minWidth: 0 }}>
            {children(
              row,
              (change) =>
                onChange(rows.map((one) => (one.id === row.id ? { ...one, ...change } : one))),
              index + 1,
            )}
          </Box>
          <ActionIcon
            variant="subtle"
            color="gray"
            mt={26}
            aria-label={`Take ${label} ${index + 1} away`}
            onClick={() => onChange(rows.filter((one) => one.id !== row.id))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...rows, add()])}
        >
          {addLabel}
        </Button>
      </Group>
    </Stack>
  );
}

/** An id for a row that is not stored yet. */
export function newId(): string {
  return crypto.randomUUID();
}
