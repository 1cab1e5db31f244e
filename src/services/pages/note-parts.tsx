import { Anchor, Button, List, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { Form } from "../../web/form.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";

type Parts = {
  supports: readonly {
    id: string;
    name: string;
    relation: string;
    came: boolean | null;
    remote: boolean;
  }[];
  attendance: readonly { id: string; part: string; name: string | null }[];
};

const partWords: Record<string, string> = {
  consumer: "",
  child: "child",
  interpreter: "interpreter",
  staff: "staff",
};

/** Who was in the room, who was expected and did not come, and the word before. */
export function Present({
  note,
  parts,
}: {
  note: {
    called: string;
    word_held: boolean | null;
    word_minutes: number | null;
    safe_to_go_on: boolean | null;
    not_to_be_said: string | null;
  };
  parts: Parts;
}) {
  const came = parts.supports.filter((support) => support.came);
  const away = parts.supports.filter((support) => support.came === false);
  return (
    <Stack gap="xs">
      <List size="sm">
        {parts.attendance
          .filter(({ part }) => part === "consumer")
          .map(({ id }) => (
            <List.Item key={id}>{note.called}</List.Item>
          ))}
        {came.map(({ id, name, relation, remote }) => (
          <List.Item key={id}>
            {name}, {relation}
            {remote && ", by phone or video"}
          </List.Item>
        ))}
        {parts.attendance
          .filter(({ part }) => part !== "consumer")
          .map(({ id, part, name }) => (
            <List.Item key={id}>
              {name ? `${name}, ${partWords[part]}` : `A ${partWords[part]}`}
            </List.Item>
          ))}
      </List>
      {away.length > 0 && (
        <Text size="sm" c="dimmed">
          Not part of it: {away.map(({ name }) => name).join(", ")}
        </Text>
      )}
      {note.word_held && (
        <details>
          <summary>
            <Text span size="sm">
              Before it started
            </Text>
          </summary>
          <Text size="sm">
            {note.word_minutes} minutes alone with {note.called}.{" "}
            {note.safe_to_go_on !== null &&
              (note.safe_to_go_on ? "Safe to go on. " : "Not safe to go on. ")}
            {note.not_to_be_said && `Not to be said: ${note.not_to_be_said}`}
          </Text>
        </details>
      )}
    </Stack>
  );
}

type Line = { id: string; text: string };

const planWords: Record<string, string> = {
  "treatment-plan": "The treatment plan",
  "discharge-plan": "The discharge plan",
  both: "Both plans",
  none: "Neither plan",
};
const needWords: Record<string, string> = {
  found: "A need was found",
  none: "None was found",
  declined: "Offered and declined",
};

/** What the conference found and set going, each with a link to where it lives now. */
export function Found({
  found,
  note,
  agreements,
  consumerId,
}: {
  found: {
    barriers: readonly (Line & { goal: string | null })[];
    triggers: readonly Line[];
    strategies: readonly Line[];
    points: readonly Line[];
    referrals: readonly { id: string; what: string; owner: string; due_on: string }[];
  };
  note: { plan_discussed: string | null; need: string | null; need_remark: string | null };
  agreements: readonly Agreement[];
  consumerId: string;
}) {
  const dates = useDates();
  const { barriers, triggers, strategies, points, referrals } = found;
  return (
    <Stack gap="sm">
      <Block title="Talked about">
        {[note.plan_discussed ? (planWords[note.plan_discussed] ?? "") : "Not recorded"]}
      </Block>
      <Block title="What stands in the way at home">
        {barriers.map(({ text, goal }) => (goal ? `${text} (${goal})` : text))}
      </Block>
      <Block
        title="Triggers and what helps"
        to={paths.relapsePlan(consumerId)}
        toLabel="Relapse prevention plan"
      >
        {[...triggers, ...strategies].map(({ text }) => text)}
      </Block>
      <Block
        title="For the discharge plan"
        to={paths.dischargePlan(consumerId)}
        toLabel="Discharge plan"
      >
        {points.map(({ text }) => text)}
      </Block>
      <Block
        title="Need for family therapy or other help"
        to={paths.referrals(consumerId)}
        toLabel="Referrals"
      >
        {[
          note.need ? (needWords[note.need] ?? "") : "Not recorded",
          ...(note.need_remark ? [note.need_remark] : []),
          ...referrals.map(
            ({ what, owner, due_on }) => `${what}: ${owner}, by ${dates.day(due_on)}`,
          ),
        ]}
      </Block>
      <Agreements agreements={agreements} />
    </Stack>
  );
}

type Agreement = {
  id: string;
  who: string;
  what: string;
  due_on: string | null;
  done_on: string | null;
};

/** Who does what by when, and whether it is done: the words stay as signed. */
function Agreements({ agreements }: { agreements: readonly Agreement[] }) {
  const dates = useDates();
  const write = useMay()("record.write");
  if (agreements.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        Who does what
      </Text>
      <List size="sm">
        {agreements.map(({ id, who, what, due_on, done_on }) => (
          <List.Item key={id}>
            {who}: {what}
            {due_on && `, by ${dates.day(due_on)}`}
            {done_on && ` · done ${dates.day(done_on)}`}
            {write && (
              <Form intent="agreement" style={{ display: "inline-block", marginInlineStart: 8 }}>
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="done" value={done_on ? "no" : "yes"} />
                <Button
                  type="submit"
                  size="compact-xs"
                  variant="light"
                  color={done_on ? "gray" : "tide"}
                  aria-label={`${done_on ? "Not done after all" : "Done"}: ${what}`}
                >
                  {done_on ? "Not done after all" : "Done"}
                </Button>
              </Form>
            )}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Block({
  title,
  to,
  toLabel,
  children,
}: {
  title: string;
  to?: string;
  toLabel?: ReactNode;
  children: readonly string[];
}) {
  if (children.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
        {to && (
          <Anchor component={Link} to={to} size="xs" ml="xs">
            {toLabel}
          </Anchor>
        )}
      </Text>
      <List size="sm">
        {children.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  );
}
