import { NativeSelect, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import {
  asksForChase,
  closesWithOutcome,
  kindForNeed,
  needCodes,
  needs,
  needsWords,
  type ReferralStatus,
} from "../referral.ts";
import { ProviderSelect } from "./provider-select.tsx";

type Choice = { id: string; name: string };
type ProviderChoice = Choice & { kinds: string[]; locality: string | null };

const named = (list: readonly Choice[]) => list.map(({ id, name }) => ({ value: id, label: name }));

/** The words of what a referral becomes, on buttons and in its history. */
export const statusWords: Record<ReferralStatus, { label: string; verb: string; color: string }> = {
  open: { label: "To be arranged", verb: "Reopen", color: "blue" },
  handed: { label: "Taken along, no answer yet", verb: "Taken along", color: "blue" },
  sent: { label: "Sent, no answer yet", verb: "Sent", color: "blue" },
  accepted: { label: "Accepted", verb: "Accepted", color: "tide" },
  refused: { label: "Declined by them", verb: "Declined by them", color: "orange" },
  attended: { label: "Attended", verb: "Attended", color: "tide" },
  arranged: { label: "Arranged", verb: "Arranged", color: "tide" },
  provided: { label: "Provided", verb: "Provided", color: "teal" },
  declined: { label: "Not wanted", verb: "Not wanted", color: "gray" },
  closed: { label: "Closed", verb: "Close", color: "gray" },
};

const when: Record<ReferralStatus, string> = {
  open: "Open again from",
  handed: "Taken along on",
  sent: "Sent on",
  accepted: "Accepted on",
  refused: "Declined on",
  attended: "Attended on",
  arranged: "Arranged on",
  provided: "Provided on",
  declined: "Said on",
  closed: "Closed on",
};

export function AddReferral({
  today,
  dueOn,
  owners,
  supports,
  providers,
}: {
  today: Day;
  dueOn: Day;
  owners: Choice[];
  supports: Choice[];
  providers: ProviderChoice[];
}) {
  const [need, setNeed] = useState<string>("housing");
  const me = useMe();
  const words = useWords();
  const field = useFields({
    need: "housing",
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
          data={needCodes.map((value) => ({ value, label: needs[value] }))}
          {...field("need")}
          onChange={(event) => setNeed(event.currentTarget.value)}
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
      <Textarea label="What is needed" autosize minRows={2} mt="sm" {...field("what")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        {supports.length > 0 && (
          <NativeSelect
            label="Which relative, if it is for one"
            data={[{ value: "", label: "Nobody named" }, ...named(supports)]}
            {...field("support_id")}
          />
        )}
        <ProviderSelect
          label="Who may help, if you know"
          providers={providers}
          kind={kindForNeed(need)}
          {...field("provider_id")}
        />
        <NativeSelect label="Who sees to it" data={named(owners)} {...field("owner_id")} />
        <TextInput type="date" label="Found on" max={today} {...field("found_on")} />
        <TextInput
          type="date"
          label="Somebody to be asked by"
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
  from,
  status,
  today,
  chaseOn,
}: {
  id: string;
  from: string;
  status: ReferralStatus;
  today: Day;
  chaseOn: Day;
}) {
  const field = useFields({ on: today, chase_on: chaseOn });
  const cameOf = closesWithOutcome(from, status);
  const words = cameOf
    ? "What came of it"
    : needsWords(from, status)
      ? "Why"
      : "With whom, when, what was said";
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="move" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="status" value={status} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label={when[status]} max={today} {...field("on")} />
        {asksForChase(status) && (
          <TextInput type="date" label="Look at it again on" min={today} {...field("chase_on")} />
        )}
      </SimpleGrid>
      <Textarea label={words} autosize minRows={2} mt="sm" {...field("outcome")} />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

/** Asked again, and still no answer. */
export function ChaseReferral({ id, today, chaseOn }: { id: string; today: Day; chaseOn: Day }) {
  const field = useFields({ chase_on: chaseOn });
  return (
    <Form style={{ maxWidth: "40rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="chase" />
      <input type="hidden" name="id" value={id} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput type="date" label="Ask again on" min={today} {...field("chase_on")} />
        <TextInput label="With whom, what was said" {...field("outcome")} />
      </SimpleGrid>
      <FormButtons>Asked again</FormButtons>
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
        <TextInput type="date" label="To be asked by" {...field("due_on")} />
      </SimpleGrid>
      <FormButtons>Save</FormButtons>
    </Form>
  );
}
