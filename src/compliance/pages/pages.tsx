import { Group, Text } from "@mantine/core";
import { LinkButton } from "../../web/parts.tsx";

/** Earlier and later pages of a long list; nothing when there is one. */
export function Pages({
  page,
  pages,
  to,
}: {
  page: number;
  pages: number;
  to: (page: number) => string;
}) {
  if (pages <= 1 && page === 1) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="center" mt="sm" gap="sm">
      {page > 1 && (
        <LinkButton to={to(page - 1)} variant="default" size="xs">
          Previous
        </LinkButton>
      )}
      <Text size="sm">
        Page {page} of {Math.max(page, pages)}
      </Text>
      {page < pages && (
        <LinkButton to={to(page + 1)} variant="default" size="xs">
          Next
        </LinkButton>
      )}
    </Group>
  );
}
