import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { fullName } from "../consumer.ts";

type Named = {
  consumer_id: string | null;
  given_name: string | null;
  family_name: string | null;
  preferred_name: string | null;
};

/** The person's name and record, or that they are not the reader's to see. */
export function Whose({ of }: { of: Named }) {
  const { consumer_id, given_name, family_name, preferred_name } = of;
  if (!consumer_id || !given_name || !family_name)
    return "Somebody whose record is not yours to see";
  return (
    <Anchor component={Link} to={paths.consumer(consumer_id)} inherit underline="always">
      {fullName({ given_name, family_name, preferred_name })}
    </Anchor>
  );
}
