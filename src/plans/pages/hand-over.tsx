import { Alert, Checkbox, Group, NativeSelect, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useActionData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import { sentHow } from "../../liaison/referral.ts";
import { confidentialityOf } from "../../people/confidentiality.ts";
import { topicLabels, topics } from "../../people/consent.ts";
import { groundsOf } from "../../people/disclosure.ts";
import { Form, type Invalid, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import { chaseDay } from "../aftercare.ts";
import type { SupportChoices } from "./support-forms.tsx";

/** Hands a support to whoever delivers it: what they are told, and by what right. */
export function HandOver({
  support,
  today,
  consents,
}: {
  support: {
    id: string;
    provider_id: string | null;
    provider: string | null;
    /** Of ours, who answers it on their own list. */
    answers: string | null;
  };
  today: string;
  consents: SupportChoices["consents"];
}) {
  const field = useFields({ on: today, chase_on: chaseDay(today as Day), how: "telephone" });
  const { jurisdiction, redisclosureNotice } = useMe().agency;
  const words = useWords();
  const labels = topicLabels(words);
  const answer = useActionData() as Partial<Invalid> | undefined;
  const [told, setTold] = useState(String(answer?.typed?.told ?? ""));
  const outside = support.provider_id !== null;
  const inside = { value: "inside", label: "Nothing leaves the agency: it is somebody of ours" };
  const theirs = consents.filter(({ providerId }) => providerId === support.provider_id);
  const carried = topics.filter((topic) => theirs.some((one) => one.topics?.includes(topic)));
  const { notice } = confidentialityOf(jurisdiction);
  const says = notice.prescribed ? redisclosureNotice : notice.text;
  const telling = told !== "" && told !== "self" && told !== "inside";
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="support-hand" />
      <input type="hidden" name="id" value={support.id} />
      <NativeSelect
        label="What were they told about the person, and by what right?"
        data={
          support.answers
            ? [inside]
            : [
                { value: "", label: "Choose" },
                { value: "self", label: "Nothing: the person goes to them by themselves" },
                ...(outside ? [] : [inside]),
                ...groundsOf(jurisdiction).map(({ basis: value, label }) => ({ value, label })),
              ]
        }
        {...(support.answers && {
          description: `${support.answers} finds it on their own list, and says there whether they take it on.`,
        })}
        {...(outside &&
          theirs.length === 0 && {
            description: `No live consent names ${support.provider}: they can be told nothing with consent.`,
          })}
        autoFocus
        {...field("told")}
        onChange={(event) => setTold(event.currentTarget.value)}
      />
      {telling && (
        <>
          {told === "consent" && !outside && (
            <NativeSelect
              mt="sm"
              label="The consent that names them"
              data={[
                { value: "", label: consents.length > 0 ? "Choose" : "There is no live consent" },
                ...consents
                  .filter(({ providerId }) => providerId === null)
                  .map(({ id, recipient }) => ({ value: id, label: recipient })),
              ]}
              {...field("consent_id")}
            />
          )}
          <Checkbox.Group
            mt="sm"
            label="What they were told"
            description={
              told === "consent" && outside && carried.length > 0
                ? `The consent names: ${carried.map((topic) => labels[topic]).join(", ")}.`
                : "No more than they need."
            }
            defaultValue={["attendance"]}
            error={answer?.errors?.topics}
          >
            <Group mt={4}>
              {topics.map((topic) => (
                <Checkbox
                  key={topic}
                  name="topics[]"
                  value={topic}
                  label={topic === "attendance" ? "that they come here" : labels[topic]}
                  disabled={topic === "attendance"}
                />
              ))}
            </Group>
          </Checkbox.Group>
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
            <NativeSelect
              label="How they were told"
              data={Object.entries(sentHow).map(([value, label]) => ({ value, label }))}
              {...field("how")}
            />
            {told !== "consent" && (
              <TextInput label="Why it is told without consent" {...field("purpose")} />
            )}
          </SimpleGrid>
          {told === "consent" && (
            <Alert color={says ? "gray" : "orange"} mt="sm" p="xs">
              <Text size="xs">
                {says ? `Goes with it: ${says}` : notice.prescribed && notice.missing}
              </Text>
            </Alert>
          )}
        </>
      )}
      <Group grow align="flex-start" mt="sm">
        <TextInput type="date" label="Handed over on" max={today} {...field("on")} />
        <TextInput type="date" label="Ask again on" {...field("chase_on")} />
      </Group>
      {telling && (
        <Text size="xs" c="dimmed" mt={6}>
          It is written into what was disclosed, where the {words.consumer} can ask for it.
        </Text>
      )}
      <FormButtons>Handed over</FormButtons>
    </Form>
  );
}
