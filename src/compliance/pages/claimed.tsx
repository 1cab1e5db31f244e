import { Anchor, Box, Button, Group, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { Link } from "react-router";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import type { ClaimLine, FlaggedClaim } from "../claim-store.ts";
import { counted, useMoney } from "./words.tsx";

/** A released claim that may be wrong now: what changed, and the two ways to settle it. */
export function FlagOf({ flag, line }: { flag: FlaggedClaim; line: ClaimLine }) {
  const dates = useDates();
  const money = useMoney();
  const settle = useFields({}, "settle");
  const sending = useSending();
  return (
    <Paper
      component="section"
      id="flag"
      mb="md"
      aria-label="Changed since the release"
      style={{ borderLeft: "4px solid var(--mantine-color-orange-6)" }}
    >
      <Group gap="xs" mb={4} wrap="nowrap">
        <IconFlag size={20} color="var(--mantine-color-orange-6)" aria-hidden />
        <Title order={2}>The record changed after this claim was released</Title>
      </Group>
      <Text size="sm" mb="sm">
        Claimed in batch {flag.batchNumber}: {counted(flag.units, "unit")} for {money(flag.cents)}.{" "}
        {line.voided
          ? "The service was voided since."
          : `Now ${line.outcome}: ${counted(line.unitsPayable, "unit")} payable${line.centsPayable === null ? "" : `, ${money(line.centsPayable)}`}.`}{" "}
        Seen {dates.instant(flag.at)}.
      </Text>
      <Group align="flex-start" gap="xl">
        <Box style={{ flex: "1 1 16rem" }}>
          <ReverseForm claimId={flag.claimId} />
        </Box>
        <Box style={{ flex: "1 1 16rem" }}>
          <Form intent="settle">
            <input type="hidden" name="flagId" value={flag.flagId} />
            <Stack gap="xs" align="flex-start">
              <Textarea
                w="100%"
                label="Or why the claim stays as it is"
                autosize
                minRows={2}
                {...settle("settlement")}
              />
              <Button type="submit" variant="default" loading={sending}>
                Leave the claim as it is
              </Button>
            </Stack>
          </Form>
        </Box>
      </Group>
    </Paper>
  );
}

function ReverseForm({ claimId }: { claimId: string }) {
  const field = useFields({}, "reverse");
  const sending = useSending();
  return (
    <Form intent="reverse">
      <input type="hidden" name="claimId" value={claimId} />
      <Stack gap="xs" align="flex-start">
        <Textarea
          w="100%"
          label="Why the claim is reversed"
          description="The line can then be released again as it is judged now."
          autosize
          minRows={2}
          {...field("reason")}
        />
        <Button type="submit" color="red" variant="light" loading={sending}>
          Reverse the claim
        </Button>
      </Stack>
    </Form>
  );
}

type Claim = {
  id: string;
  units: number;
  code: string;
  cents: number;
  batchId: string;
  batchNumber: number;
  releasedAt: Date;
  releasedBy: string;
  reversedAt: Date | null;
  reversedBy: string | null;
  reversalReason: string | null;
};

/** Every claim of this service, and, unless its flag offers it already, a way to reverse the one that stands. */
export function Claimed({ claims, flagged }: { claims: readonly Claim[]; flagged: boolean }) {
  const dates = useDates();
  const money = useMoney();
  return (
    <Section title="Claims">
      <Stack gap="sm">
        {claims.map((claim) => (
          <Box key={claim.id}>
            <Text size="sm">
              <b>{money(claim.cents)}</b> for {counted(claim.units, "unit")}, code {claim.code},{" "}
              <Anchor component={Link} to={paths.batch(claim.batchId)} size="sm" underline="always">
                batch {claim.batchNumber}
              </Anchor>
            </Text>
            <Text size="xs" c="dimmed">
              Released {dates.instant(claim.releasedAt)} by {claim.releasedBy}
            </Text>
            {claim.reversedAt ? (
              <Text size="sm">
                Reversed {dates.instant(claim.reversedAt)} by {claim.reversedBy}:{" "}
                {claim.reversalReason}
              </Text>
            ) : (
              !flagged && (
                <Box component="details" mt={6}>
                  <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
                    Reverse this claim …
                  </Text>
                  <Box mt="xs">
                    <ReverseForm claimId={claim.id} />
                  </Box>
                </Box>
              )
            )}
          </Box>
        ))}
      </Stack>
    </Section>
  );
}
