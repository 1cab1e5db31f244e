import {
  Checkbox,
  Group,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { addDays, type Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useDates, useWords } from "../../web/use-me.ts";
import { agreedWords } from "../plan.ts";
import { tookPartWords } from "../review.ts";
import type { Review } from "../review-store.ts";

/** The reviews that were held. */
export function Reviews({ reviews }: { reviews: readonly Review[] }) {
  const dates = useDates();
  const words = useWords();
  return (
    <div className="no-print">
      <Section title="Reviews">
        {reviews.length === 0 && <Text size="sm">None is recorded yet.</Text>}
        <Stack gap="sm">
          {reviews.map((review) => {
            const others = tookPartWords(review.took_part, words.consumer);
            return (
              <div key={review.id}>
                <Text size="sm" fw={500}>
                  {dates.day(review.reviewed_on)}
                  {review.due_on &&
                    review.due_on < review.reviewed_on &&
                    ` (was due ${dates.day(review.due_on)})`}
                </Text>
                <Text size="sm">{review.changes ?? "No change."}</Text>
                <Text size="xs" c="dimmed">
                  {review.author}
                  {others && ` with ${others}`} · version {review.version} · agreed with{" "}
                  {agreedWords(review.agreed_by)} · next {dates.day(review.next_on)}
                </Text>
              </div>
            );
          })}
        </Stack>
      </Section>
    </div>
  );
}

/** What came of a review that was held with the person. */
export function RecordReview({ today }: { today: string }) {
  const field = useFields({
    reviewed_on: today,
    next_on: addDays(today as Day, 90),
    changed: "no",
    signer: "consumer",
  });
  const words = useWords();
  const parts = [
    { value: "person", label: `The ${words.consumer}` },
    { value: "family", label: "Family or others close to them" },
    { value: "colleague", label: "A colleague" },
    { value: "other-service", label: "Another service" },
  ];
  return (
    <Form style={{ maxWidth: "44rem", marginBottom: "1rem" }}>
      <input type="hidden" name="step" value="review" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          type="date"
          label="Reviewed on"
          max={today}
          autoFocus
          {...field("reviewed_on")}
        />
        <TextInput type="date" label="Next review" {...field("next_on")} />
      </SimpleGrid>
      <Checkbox.Group label="Who took part with you" mt="sm" defaultValue={["person"]}>
        <Group mt={4}>
          {parts.map((part) => (
            <Checkbox key={part.value} name="took_part[]" {...part} />
          ))}
        </Group>
      </Checkbox.Group>
      <Radio.Group mt="sm" label="What came of it" {...field("changed")}>
        <Radio value="no" label="No change" mt={4} />
        <Radio value="yes" label="Something is to change" mt={4} />
      </Radio.Group>
      <Textarea mt="sm" label="What is to change" autosize minRows={1} {...field("changes")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <NativeSelect
          label="Agreed with"
          data={[
            { value: "consumer", label: `The ${words.consumer}` },
            { value: "parent-or-guardian", label: "A parent or guardian" },
            { value: "both", label: `The ${words.consumer} and a parent or guardian` },
            { value: "nobody", label: "Nobody yet" },
          ]}
          {...field("signer")}
        />
        <TextInput label="Guardian's name, or why nobody" {...field("more")} />
      </SimpleGrid>
      <FormButtons>Record the review</FormButtons>
    </Form>
  );
}
