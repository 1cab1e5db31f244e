import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { useDates } from "../../web/use-me.ts";
import { approvalWays, type Handing } from "../agreed.ts";

type Copy = {
  id: string;
  name: string;
  relation: string;
  answer: Handing;
  handedAt: string | null;
};

/** How the consumer approved the page. */
export function Approve({ called }: { called: string }) {
  const field = useFields();
  const sending = useSending();
  return (
    <Form>
      <input type="hidden" name="intent" value="approve" />
      <Stack>
        <Radio.Group label={`How ${called} approved it`} {...field("how")}>
          <Stack gap="xs" mt="xs">
            {Object.entries(approvalWays).map(([way, label]) => (
              <Radio key={way} value={way} label={label} />
            ))}
          </Stack>
        </Radio.Group>
        <Group>
          <Button type="submit" loading={sending}>
            {called} approved it
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** That it was approved; taken back only while it went to nobody. */
export function Approved({
  at,
  how,
  mayTakeBack,
}: {
  at: string;
  how: string;
  mayTakeBack: boolean;
}) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        Approved {at}. {how}.
      </Text>
      {mayTakeBack && (
        <Form>
          <input type="hidden" name="intent" value="take-back" />
          <Button type="submit" variant="subtle" color="gray" size="xs">
            Take the approval back
          </Button>
        </Form>
      )}
    </Stack>
  );
}

/** Who may have it; handing it over is written into the accounting. */
export function Copies({ supports }: { supports: readonly Copy[] }) {
  const dates = useDates();
  const sending = useSending();
  if (supports.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nobody else was there.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {supports.map(({ id, name, relation, answer, handedAt }) => (
        <Group key={id} justify="space-between">
          <div>
            <Text size="sm" fw={600}>
              {name}, {relation}
            </Text>
            <Text size="sm" c="dimmed">
              {handedAt
                ? `Handed over ${dates.instant(handedAt)}`
                : answer.yes
                  ? "Their consent covers what is on it."
                  : answer.reason}
            </Text>
          </div>
          {!handedAt && answer.yes && (
            <Form>
              <input type="hidden" name="intent" value="hand" />
              <input type="hidden" name="support" value={id} />
              <Button type="submit" size="xs" variant="default" loading={sending}>
                Hand {name} a copy
              </Button>
            </Form>
          )}
        </Group>
      ))}
    </Stack>
  );
}
