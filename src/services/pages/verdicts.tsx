import { Anchor, Box, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { Findings } from "../../compliance/pages/findings.tsx";
import { counted, StateBadge } from "../../compliance/pages/words.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { ShownStanding } from "./show-standing.ts";

/**
 * What the bulletins say of a service that was held: verdicts, with their reasons and readings. Nothing
 * here says what another fact would do.
 */
export function Verdicts({ standing }: { standing: ShownStanding }) {
  const dates = useDates();
  const { outcome, unitsBilled, unitsPayable, judgements, starts } = standing;
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <StateBadge state={outcome} />
        <Text size="sm">
          {counted(unitsBilled, "unit")} recorded
          {judgements.length > 0 && `, ${unitsPayable} payable`}
        </Text>
      </Group>
      {judgements.length === 0 && (
        <Text size="sm" c="dimmed">
          No bulletin in force on that day speaks of this service. Its units are counted by our own
          reading: whole units of 15 minutes.
        </Text>
      )}
      {judgements.map(({ bulletin, judgedAt, contentHash, findings }) => (
        <Box key={bulletin}>
          <Text size="xs" c="dimmed">
            By{" "}
            <Anchor underline="always" component={Link} to={paths.bulletin(bulletin)} inherit>
              {bulletin}
            </Anchor>
            , judged {dates.instant(judgedAt)}, edition {contentHash.slice(0, 8)}
          </Text>
          <Findings bulletin={bulletin} findings={findings} starts={starts} />
        </Box>
      ))}
    </Stack>
  );
}
