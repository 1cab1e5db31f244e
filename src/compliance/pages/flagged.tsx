import { Alert, Group, Stack, Text } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { useLoaderData } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { loader } from "./claims.tsx";
import { counted, useMoney } from "./words.tsx";

/** Released claims whose service was judged otherwise or voided since, with what changed. */
export function Flags() {
  const { flags, flagged } = useLoaderData<typeof loader>();
  const dates = useDates();
  const money = useMoney();
  return (
    <Alert
      color="orange"
      mb="md"
      icon={<IconFlag aria-hidden />}
      title={`${counted(flags.length, "released claim")} changed since the release`}
    >
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {flags.map((flag) => {
          const line = flagged.find(({ serviceId }) => serviceId === flag.serviceId);
          if (!line) return null;
          return (
            <Group component="li" key={flag.flagId} justify="space-between" gap="xs">
              <Text size="sm" style={{ flex: "1 1 20rem" }}>
                <Text span fw={600}>
                  {fullName(line.consumer)}, {dates.day(line.day)}
                </Text>{" "}
                Batch {flag.batchNumber} claimed {counted(flag.units, "unit")} for{" "}
                {money(flag.cents)}. Now{" "}
                {line.voided
                  ? "the service is voided"
                  : `it is ${line.outcome}: ${counted(line.unitsPayable, "unit")} payable`}
                .
              </Text>
              <Group gap="xs">
                <Text size="xs">since {dates.instant(flag.at)}</Text>
                <LinkButton
                  to={`${paths.claim(flag.serviceId)}#flag`}
                  size="compact-sm"
                  variant="default"
                >
                  Settle …
                </LinkButton>
              </Group>
            </Group>
          );
        })}
      </Stack>
    </Alert>
  );
}
