import { NativeSelect, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import type { ReferralStatus } from "../referral.ts";

type Choice = { id: string; name: string };

const named = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, label: name }));

/** The words of what a referral becomes, on buttons and in its history. */
export const statusWords: Record<ReferralStatus, { label: string; verb: string; color: string }> = {
  open: { label: "Open", verb: "Reopen", color: "blue" },
  arranged: { label: "Arranged", verb: "Arranged", color: "tide" },
  provided: { label: "Provided", verb: "Provided", color: "teal" },
  declined: { label: "Declined", verb: "Declined", color: "gray" },
  closed: { label: "Closed", verb: "Close", color: "gray" },
};

export function AddReferral({
  today,
  dueOn,
  owners,
  supports,
}: {
  today: Day;
  dueOn: Day;
  owners: Choice[];
  supports: Choice[];
}) {
  const me = useMe();
  const words = useWords();
  const field = useFields({
    need: "family-therapy",
    for_whom: "consumer",
    owner_id: me.staffId,
    found_on: today,
    due_on: dueOn,
  });
  return (
    <Form style={{ maxWidth: "44rem" }}>
      <input type="hidden" name="step" value="add" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="The need"
          data={[
            { value: "family-therapy", label: "Family therapy" },
            { value: "other", label: "Another referral" },
          ]}
          {...field("need")}
        />
        <NativeSelect
          label="For whom"
          data={[
            { value: "consumer", label: `The ${words.consumer}` },
            { value: "relative", label: "A relative" },
          ]}
          {...field("for_whom")}
        />
      </SimpleGrid>
      <Textarea
        label="What is needed, and from whom"
        autosize
        minRows={2}
        mt="sm"
        {...field("what")}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        {supports.length > 0 && (
          <NativeSelect
            label="Which relative, if it is for one"
            data={[{ value: "", label: "Nobody named" }, ...named(supports)]}
            {...field("support_id")}
          />
        )}
        <NativeSelect label="Who sees to it" data={named(owners)} {...field("owner_id")} />
        <TextInput type="date" label="Found on" max={today} {...field("found_on")} />
        <TextInput
          type="date"
          label="To be arranged by"
          description="Fourteen days is a suggestion."
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...field("due_on")}
        />
      </SimpleGrid>
      <FormButtons>Add the referral</FormButtons>
    </Form>
  );
}

export function MoveReferral({
  id,
  status,
  today,
}: {
  id: string;
  status: ReferralStatus;
  today: Day;
}) {
  const field = useFields({ on: today });
  const when = {
    open: "Open again from",
    arranged: "Arranged on",
    provided: "Provided on",
    declined: "Declined on",
    closed: "Closed on",
  };
  const needed = status === "declined" || status === "closed" || status === "open";
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="move" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="status" value={status} />
      <TextInput type="date" label={when[status]} max={today} maw="14rem" {...field("on")} />
      <Textarea
        label={needed ? "Why" : "With whom, when, what came of it"}
        autosize
        minRows={2}
        mt="sm"
        {...field("outcome")}
      />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

export function Reassign({
  id,
  ownerId,
  dueOn,
  owners,
}: {
  id: string;
  ownerId: string;
  dueOn: string;
  owners: Choice[];
}) {
  const field = useFields({ owner_id: ownerId, due_on: dueOn });
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="reassign" />
      <input type="hidden" name="id" value={id} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect label="Who sees to it" data={named(owners)} {...field("owner_id")} />
        <TextInput type="date" label="To be arranged by" {...field("due_on")} />
      </SimpleGrid>
      <FormButtons>Save</FormButtons>
    </Form>
  );
}
