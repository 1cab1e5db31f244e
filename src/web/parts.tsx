import { Button, type ButtonProps, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";

/** The head of a page: what it is, a line of what it is for, and its actions on the right. */
export function PageHead({
  title,
  about,
  actions,
  order = 1,
}: {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  order?: 1 | 2;
}) {
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <Stack gap={2} style={{ flex: "1 1 18rem", minWidth: 0 }}>
        <Title order={order}>{title}</Title>
        {about && (
          <Text size="sm" c="dimmed" maw="44rem">
            {about}
          </Text>
        )}
      </Stack>
      {actions && (
        <Group gap="xs" className="no-print">
          {actions}
        </Group>
      )}
    </Group>
  );
}

/** A list with nothing in it: says so in plain words and offers the one sensible next step. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <Paper ta="center" py="xl" bg="transparent" withBorder={false}>
      <Text c="dimmed" mb={action ? "md" : 0}>
        {children}
      </Text>
      {action}
    </Paper>
  );
}

/** A titled block of a page. */
export function Section({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Paper component="section" mb="md">
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2}>{title}</Title>
        {actions}
      </Group>
      {children}
    </Paper>
  );
}

/** A link that looks like a button, because it leads to something to do. */
export function LinkButton({
  to,
  children,
  ...props
}: {
  to: string;
  children: ReactNode;
  /** For what opens in the same page. */
  preventScrollReset?: boolean;
} & ButtonProps) {
  return (
    <Button component={Link} to={to} {...props}>
      {children}
    </Button>
  );
}
