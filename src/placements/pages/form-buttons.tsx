import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useSending } from "../../web/form.tsx";
import { LinkButton } from "../../web/parts.tsx";

/** The last line of a page that is one form: what sends it, and where Cancel leads. */
export function FormButtonsTo({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Group gap="xs" mt="md">
      <Button type="submit" loading={useSending()}>
        {children}
      </Button>
      <LinkButton to={to} variant="subtle">
        Cancel
      </LinkButton>
    </Group>
  );
}
