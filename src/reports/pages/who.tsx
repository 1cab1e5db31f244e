import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";

/** Who stands in a line of a list: a link where there is a record that one may open. */
export function Who({
  id,
  name,
  number,
}: {
  id: string | null;
  name: string;
  number: string | null;
}) {
  if (!id) return <Text size="sm">{name}</Text>;
  return (
    <>
      <Anchor component={Link} to={paths.consumer(id)} inherit underline="always">
        {name}
      </Anchor>
      <Text size="xs" c="dimmed">
        {number}
      </Text>
    </>
  );
}
