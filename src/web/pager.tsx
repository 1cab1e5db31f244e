import { Group, Text } from "@mantine/core";
import { LinkButton } from "./parts.tsx";

/** Which page of a long list the address asks for, from 1; what makes no sense is the first. */
export function readPage(search: URLSearchParams): number {
  const page = Number(search.get("page"));
  return Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1;
}

/**
 * The way to the pages before and after this one; nothing when there is one. A list that is not
 * counted, because counting would cost more than the page, only says whether there is `more`.
 */
export function Pager({
  page,
  to,
  ...list
}: { page: number; to: (page: number) => string } & ({ pages: number } | { more: boolean })) {
  const more = "more" in list ? list.more : page < list.pages;
  if (page === 1 && !more) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="center" mt="sm" gap="sm">
      {page > 1 && (
        <LinkButton to={to(page - 1)} variant="default" size="xs">
          Previous
        </LinkButton>
      )}
      <Text size="sm">
        Page {page}
        {"pages" in list && ` of ${Math.max(page, list.pages)}`}
      </Text>
      {more && (
        <LinkButton to={to(page + 1)} variant="default" size="xs">
          Next
        </LinkButton>
      )}
    </Group>
  );
}
