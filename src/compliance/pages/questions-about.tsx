import { Badge, Box, Button, Group, NativeSelect, Stack, Text, Textarea } from "@mantine/core";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates } from "../../web/use-me.ts";

type Question = {
  id: string;
  clause: string | null;
  text: string;
  askedAt: Date;
  askedBy: string;
  toName: string;
  answer: string | null;
  answeredAt: Date | null;
};

/** What was asked of the signer and answered, and a form to ask. */
export function Questions({
  questions,
  clauses,
  suggested,
  signer,
  about,
}: {
  questions: readonly Question[];
  clauses: readonly string[];
  /** The clause that stands against the claim, to begin with. */
  suggested: string | null;
  signer: string;
  about: "open" | "voided";
}) {
  const dates = useDates();
  const field = useFields({ clause: suggested }, "ask");
  const sending = useSending();
  return (
    <Section title={<span id="questions">Questions to the signer</span>}>
      <Stack gap="md">
        {questions.map((one) => (
          <Box key={one.id}>
            <Group justify="space-between" gap="xs">
              <Text size="xs" c="dimmed">
                {one.askedBy} asked {one.toName}
                {one.clause ? ` about clause ${one.clause}` : ""}, {dates.instant(one.askedAt)}
              </Text>
              {one.answer === null && <Badge color="blue">Waits for an answer</Badge>}
            </Group>
            <Text size="sm">{one.text}</Text>
            {one.answer !== null && one.answeredAt && (
              <Box
                mt={6}
                pl="sm"
                style={{ borderLeft: "3px solid var(--mantine-primary-color-filled)" }}
              >
                <Text size="sm">{one.answer}</Text>
                <Text size="xs" c="dimmed">
                  {one.toName}, {dates.instant(one.answeredAt)}
                </Text>
              </Box>
            )}
          </Box>
        ))}
        {about === "open" && (
          <Form intent="ask" key={questions.length}>
            <Stack gap="sm">
              <NativeSelect
                label="About"
                maw="16rem"
                {...field("clause")}
                data={[
                  ...clauses.map((clause) => ({ value: clause, label: `Clause ${clause}` })),
                  { value: "", label: "Something else" },
                ]}
              />
              <Textarea
                label={`Ask ${signer}`}
                description="What you need to know to claim this. The signer answers, and corrects a fact that was wrongly recorded; then the week is judged again."
                autosize
                minRows={2}
                {...field("text")}
              />
              <Group>
                <Button type="submit" variant="light" loading={sending}>
                  Ask the signer
                </Button>
              </Group>
            </Stack>
          </Form>
        )}
      </Stack>
    </Section>
  );
}
