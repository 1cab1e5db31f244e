import { Button, type ButtonProps, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { useSending } from "./form.tsx";

/**
 * A page with several forms shows one at a time, and says in the address which: so it works by
 * keyboard, with the Back button and without scripts, and an error stands in one place only.
 */
export function useOneForm() {
  const [params] = useSearchParams();
  const { pathname } = useLocation();
  return {
    isOpen: (what: string, of = "") => params.get("do") === what && (params.get("of") ?? "") === of,
    /** The address that opens a form, about one line where it says which. */
    opens: (what: string, of?: string) =>
      `${pathname}?${new URLSearchParams({ do: what, ...(of && { of }) })}`,
  };
}

/** A button that opens a form of this page. */
export function OpenForm({
  to,
  children,
  ...props
}: { to: string; children: ReactNode } & ButtonProps) {
  const link = { component: Link, to, preventScrollReset: true };
  return (
    <Button size="compact-sm" variant="default" {...(link as object)} {...props}>
      {children}
    </Button>
  );
}

/** A form's last line: what sends it, and the way out. */
export function FormButtons({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const cancel = { component: Link, to: pathname, preventScrollReset: true };
  return (
    <Group gap="xs" mt="md">
      <Button type="submit" size="sm" loading={useSending()}>
        {children}
      </Button>
      <Button variant="subtle" size="sm" {...(cancel as object)}>
        Cancel
      </Button>
    </Group>
  );
}
