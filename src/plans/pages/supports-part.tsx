import { Alert, Badge, Group, List, Stack, Text } from "@mantine/core";
import type { Day } from "../../kernel/day.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";
import {
  isStanding,
  type SupportKind,
  supportKinds,
  supportState,
  supportWords,
  toReplace,
} from "../aftercare.ts";
import type { RecoverySupport } from "../recovery-store.ts";
import { HandOver } from "./hand-over.tsx";
import {
  AddSupport,
  Answer,
  Chase,
  EndSupport,
  type SupportChoices,
  type SupportSeed,
} from "./support-forms.tsx";

/** A line of another plan that may become a support. */
export type Proposal = { id: string; text: string; by: string | null };

/**
 * The supports of second stage and aftercare (MC C1, C2), of both kinds: who delivers each, whether
 * they have accepted, and the forms that take it there. A page that shows it takes `supportSteps`.
 */
export function SupportsPart({
  supports,
  choices,
  proposals = [],
  today,
  write,
}: {
  supports: readonly RecoverySupport[];
  choices: SupportChoices;
  proposals?: readonly Proposal[];
  today: string;
  write: boolean;
}) {
  const form = useOneForm();
  const over = supports.filter((support) => !isStanding(support));
  const unanswered = toReplace(supports);
  const seed = seedOf(form, supports, proposals);
  return (
    <Section
      title="Supports"
      actions={write && <OpenForm to={form.opens("support-add")}>Add a support</OpenForm>}
    >
      {seed && <AddSupport choices={choices} seed={seed} />}
      {unanswered.length > 0 && (
        <Alert color="orange" mb="sm" role="note" title="Declined: somebody else is needed">
          <List size="sm">
            {unanswered.map((support) => (
              <List.Item key={support.id}>
                {supportWords(support)}, {byWhom(support)}{" "}
                {write && (
                  <OpenForm
                    to={form.opens("support-add", support.id)}
                    variant="subtle"
                    aria-label={`Ask somebody else: ${supportWords(support)}`}
                  >
                    Ask somebody else
                  </OpenForm>
                )}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {write && proposals.length > 0 && (
        <Alert color="gray" mb="sm" title="The discharge plan names">
          <List size="sm" spacing={4}>
            {proposals.map((point) => (
              <List.Item key={point.id}>
                {point.text}
                {point.by && ` (${point.by})`}{" "}
                <OpenForm
                  to={form.opens("support-add", point.id)}
                  variant="subtle"
                  aria-label={`Add as a support: ${point.text}`}
                >
                  Add as a support
                </OpenForm>
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {(Object.keys(supportKinds) as SupportKind[]).map((kind) => {
        const of = supports.filter((one) => one.kind === kind && isStanding(one));
        return (
          <section key={kind} aria-label={supportKinds[kind].label}>
            <Text component="h3" size="sm" fw={600} c="tide" mt="sm" mb={4}>
              {supportKinds[kind].label}
            </Text>
            {of.length === 0 && <Text size="sm">None yet.</Text>}
            <Stack gap="sm">
              {of.map((support) => (
                <SupportView
                  key={support.id}
                  consents={choices.consents}
                  {...{ support, today, write }}
                />
              ))}
            </Stack>
          </section>
        );
      })}
      {over.length > 0 && (
        <details style={{ marginTop: "0.75rem" }}>
          <summary>Declined or ended ({over.length})</summary>
          <Stack gap="sm" mt="xs">
            {over.map((support) => (
              <SupportView key={support.id} write={false} consents={[]} {...{ support, today }} />
            ))}
          </Stack>
        </details>
      )}
    </Section>
  );
}

/** What the open form begins with; null: it is closed. */
function seedOf(
  form: ReturnType<typeof useOneForm>,
  supports: readonly RecoverySupport[],
  proposals: readonly Proposal[],
): SupportSeed | null {
  const before = supports.find(({ id }) => form.isOpen("support-add", id));
  if (before) return { choice: `${before.kind}:${before.what}`, detail: before.detail };
  const point = proposals.find(({ id }) => form.isOpen("support-add", id));
  if (point) return { detail: point.text, byWhom: point.by };
  return form.isOpen("support-add") ? {} : null;
}

function byWhom(support: RecoverySupport): string {
  return support.provider ?? support.by_whom ?? "nobody named";
}

const colors: Record<string, string> = {
  accepted: "teal",
  "handed-over": "blue",
  planned: "orange",
};

function SupportView({
  support,
  today,
  write,
  consents,
}: {
  support: RecoverySupport;
  consents: SupportChoices["consents"];
  today: string;
  write: boolean;
}) {
  const dates = useDates();
  const form = useOneForm();
  const { label, late } = supportState(support, today as Day);
  const name = `${supportWords(support)}, ${byWhom(support)}`;
  const open = (what: string, says: string) => (
    <OpenForm to={form.opens(what, support.id)} aria-label={`${says}: ${name}`}>
      {says}
    </OpenForm>
  );
  const dated = [
    support.handed_on &&
      `handed over ${dates.day(support.handed_on)}${support.handed_basis === "self" ? ", the person goes by themselves" : ""}`,
    support.state === "handed-over" && support.answers && `waits for ${support.answers}`,
    support.state === "handed-over" &&
      support.chase_on &&
      `ask again ${dates.day(support.chase_on)}`,
    support.answered_on &&
      `${support.state === "declined" ? "declined" : "accepted"} ${dates.day(support.answered_on)} by ${support.answered_by_whom}`,
    support.ended_on && `ended ${dates.day(support.ended_on)}: ${support.ended_reason}`,
  ].filter(Boolean);
  return (
    <div>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div style={{ flex: "1 1 18rem" }}>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {supportWords(support)}: {byWhom(support)}
            </Text>
            <Badge size="sm" color={late ? "red" : (colors[support.state] ?? "gray")}>
              {late ? "Not accepted: ask again" : label}
            </Badge>
          </Group>
          {support.detail && <Text size="sm">{support.detail}</Text>}
          {(support.times || support.phone) && (
            <Text size="sm">
              {[support.times, support.address, support.phone].filter(Boolean).join(" · ")}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {[`Seen to by ${support.owner}`, ...dated].join(" · ")}
            {support.referral && ` · referral: ${support.referral}`}
          </Text>
        </div>
        {write && (
          <Group gap={4}>
            {support.state === "planned" && open("support-hand", "Hand over")}
            {support.state === "handed-over" && open("support-answer", "Answer")}
            {support.state === "handed-over" && open("support-chase", "Ask again later")}
            {open("support-end", "End")}
          </Group>
        )}
      </Group>
      {form.isOpen("support-hand", support.id) && <HandOver {...{ support, today, consents }} />}
      {form.isOpen("support-chase", support.id) && <Chase id={support.id} today={today} />}
      {form.isOpen("support-answer", support.id) && <Answer id={support.id} today={today} />}
      {form.isOpen("support-end", support.id) && <EndSupport id={support.id} today={today} />}
    </div>
  );
}
