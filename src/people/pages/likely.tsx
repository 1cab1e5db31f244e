import { Alert, Anchor, Checkbox, List, Stack } from "@mantine/core";
import { IconUserQuestion } from "@tabler/icons-react";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { fullName } from "../consumer.ts";
import type { findLikely } from "../store.ts";

/** Who the new person may be already, so that nobody is written down twice. */
export function Likely({
  likely,
  to,
}: {
  likely: Awaited<ReturnType<typeof findLikely>>;
  /** Where one goes on with a person who was known; to their card or record unless it is said. */
  to?: (id: string) => string;
}) {
  const dates = useDates();
  const mayDo = useMay();
  return (
    <Alert
      role="alert"
      color="orange"
      icon={<IconUserQuestion aria-hidden />}
      title="They may be known already"
    >
      <Stack gap="xs" align="flex-start">
        <List size="sm">
          {likely.map((person) => (
            <List.Item key={person.id}>
              <Anchor
                component={Link}
                to={
                  to?.(person.id) ??
                  (person.whole_record ? paths.consumer(person.id) : paths.person(person.id))
                }
                inherit
                underline="always"
              >
                {fullName(person)}
              </Anchor>
              , {person.date_of_birth && "born "}
              {dates.born(person)}, No. {person.number}
            </List.Item>
          ))}
        </List>
        <Checkbox name="somebody_else" label="None of these: it is somebody else" />
        {mayDo("emergency.open") &&
          "Only people you can open are compared. If another program may know them, ask the front desk, or use emergency access when you must act now."}
      </Stack>
    </Alert>
  );
}
