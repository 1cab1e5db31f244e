import { Badge, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { LinkButton, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import {
  childrenWords,
  isInDanger,
  lastAnswers,
  type RelativeNeeds,
  safetyWords,
  violenceWords,
} from "../relative.ts";
import type { findRelativeNeeds, RelativeReferral } from "../relative-store.ts";
import { Referral, type Step } from "./relative-referral.tsx";

type Needs = Awaited<ReturnType<typeof findRelativeNeeds>>[number];
type Call = { id: string; closed_on: string | null; offered: readonly string[] };

/** Help of the caller's own: what they need, and the referrals for them. */
export function RelativePart({
  call,
  needs,
  referrals,
  steps,
  owners,
  today,
}: {
  call: Call;
  needs: readonly Needs[];
  referrals: readonly RelativeReferral[];
  steps: readonly Step[];
  owners: readonly { id: string; name: string }[];
  today: string;
}) {
  const open = call.closed_on === null;
  const owed = [
    needs.length === 0 &&
      call.offered.includes("carers-assessment") &&
      "An assessment of their own needs was offered, and is not done yet.",
    referrals.length === 0 &&
      call.offered.includes("referral-for-them") &&
      "A referral for themselves was offered, and is not made yet.",
  ].filter(Boolean);
  return (
    <Section
      title="Help of their own"
      actions={
        open && (
          <Group gap="xs">
            <LinkButton to={paths.relativeNeeds(call.id)} size="compact-sm" variant="default">
              {needs.length > 0 ? "Ask again what they need" : "Ask what they need"}
            </LinkButton>
            <LinkButton to={paths.relativeRefer(call.id)} size="compact-sm">
              Refer them
            </LinkButton>
          </Group>
        )
      }
    >
      {owed.map((line) => (
        <Text key={String(line)} size="sm" fw={600} mb={6}>
          {line}
        </Text>
      ))}
      {needs.length === 0 && owed.length === 0 && (
        <Text size="sm" c="dimmed">
          Nobody has asked them yet what they need themselves.
        </Text>
      )}
      {needs[0] && <Told needs={needs[0]} all={needs} />}
      <Stack gap="sm" mt={referrals.length > 0 ? "md" : 0}>
        {referrals.map((one) => (
          <Referral
            key={one.id}
            one={one}
            callId={call.id}
            steps={steps.filter(({ referral_id }) => referral_id === one.id)}
            owners={owners}
            today={today}
          />
        ))}
      </Stack>
      <Text size="xs" c="dimmed" mt="sm">
        Told by the caller about themselves. It is not read out to anybody they called about.
      </Text>
    </Section>
  );
}

function Told({ needs, all }: { needs: Needs; all: readonly Needs[] }) {
  const dates = useDates();
  const earlier = all.length - 1;
  // A question of safety that was left out this time still has its last answer, with its day.
  const last = lastAnswers(all);
  const dated = (text: string, at: Needs["recorded_at"]) =>
    at.getTime() === needs.recorded_at.getTime()
      ? text
      : `${text} (${dates.instant(at)}; not asked since)`;
  const say = (of: Record<string, string>, one: { said: string; at: Date } | null) =>
    one && dated(of[one.said] ?? one.said, one.at);
  const danger = isInDanger({
    crisis_now: last.crisis_now?.said ?? null,
    violence: (last.violence?.said ?? null) as RelativeNeeds["violence"],
  });
  const facts = [
    ["What they need", needs.needs],
    [
      "In danger at that moment",
      last.crisis_now && dated(last.crisis_now.said ? "Yes" : "No", last.crisis_now.at),
    ],
    ["Safe at home", say(safetyWords, last.safety)],
    ["Hurt, threatened or afraid", say(violenceWords, last.violence)],
    ["Children at home", say(childrenWords, last.children)],
    ["About home", needs.home_note],
    ["Caring", needs.caring],
    ["How they are", needs.health],
    ["Their own use", needs.own_use],
    ["What would help", needs.would_help],
  ] as const;
  return (
    <>
      <Group gap="xs" mb={6}>
        <Text size="xs" c="dimmed">
          Asked {dates.instant(needs.recorded_at)} by {needs.recorded_by}
          {earlier > 0 && `, and ${earlier} ${earlier === 1 ? "time" : "times"} before`}
        </Text>
        {danger && (
          <Badge color="red" c="var(--mantine-color-text)">
            in danger themselves
          </Badge>
        )}
      </Group>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="xs">
        {facts
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text size="sm" style={{ whiteSpace: "pre-line" }}>
                {value}
              </Text>
            </div>
          ))}
      </SimpleGrid>
    </>
  );
}
