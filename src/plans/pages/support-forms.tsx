import { Group, NativeSelect, Radio, SimpleGrid, TextInput } from "@mantine/core";
import type { Day } from "../../kernel/day.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import { useMe } from "../../web/use-me.ts";
import { chaseDay, supportKinds } from "../aftercare.ts";

type Choice = { id: string; label: string };

export type SupportChoices = {
  providers: readonly { id: string; name: string; times: string | null; locality: string | null }[];
  referrals: readonly { id: string; what: string }[];
  /** Groups and colleagues of the agency who may give one. */
  ours: { groups: readonly Choice[]; staff: readonly Choice[] };
  colleagues: readonly { id: string; name: string }[];
  /** Consents that hold today, and what each lets be told. */
  consents: readonly {
    id: string;
    recipient: string;
    providerId: string | null;
    topics: readonly string[] | null;
  }[];
};

/** What a new support begins with: a point of the discharge plan, or one that was declined. */
export type SupportSeed = { choice?: string; detail?: string | null; byWhom?: string | null };

const kinds = Object.entries(supportKinds).map(([kind, { label, whats }]) => ({
  group: label,
  items: Object.entries(whats).map(([what, words]) => ({
    value: `${kind}:${what}`,
    label: words,
  })),
}));

const optional = (none: string, of: readonly { id: string; label: string }[]) => [
  { value: "", label: none },
  ...of.map(({ id, label }) => ({ value: id, label })),
];

const asItems = (of: readonly Choice[]) => of.map(({ id, label }) => ({ value: id, label }));

export function AddSupport({ choices, seed }: { choices: SupportChoices; seed: SupportSeed }) {
  const me = useMe();
  const field = useFields({
    owner_id: choices.colleagues.some(({ id }) => id === me.staffId) ? me.staffId : "",
    choice: seed.choice,
    detail: seed.detail,
    by_whom: seed.byWhom,
  });
  return (
    <Form style={{ maxWidth: "48rem", marginBottom: "1rem" }}>
      <input type="hidden" name="step" value="support-add" />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="What it is"
          data={[{ value: "", label: "Choose" }, ...kinds]}
          autoFocus
          {...field("choice")}
        />
        <TextInput
          label="More about it (read by whoever gives it)"
          placeholder="Tuesdays with Dana"
          {...field("detail")}
        />
        <NativeSelect
          label="From the directory"
          data={optional(
            "Nobody of the directory",
            choices.providers.map(({ id, name, locality }) => ({
              id,
              label: [name, locality].filter(Boolean).join(", "),
            })),
          )}
          {...field("provider_id")}
        />
        <NativeSelect
          label="Or one of ours, who answers on their own list"
          {...field("ours")}
          data={[
            { value: "", label: "Nobody of ours" },
            { group: "Groups", items: asItems(choices.ours.groups) },
            { group: "Colleagues", items: asItems(choices.ours.staff) },
          ]}
        />
        <TextInput label="Or who else delivers it" {...field("by_whom")} />
        <NativeSelect
          label="Who sees to it here"
          data={optional(
            "Choose",
            choices.colleagues.map(({ id, name }) => ({ id, label: name })),
          )}
          {...field("owner_id")}
        />
        {choices.referrals.length > 0 && (
          <NativeSelect
            label="Follows the referral"
            data={optional(
              "None",
              choices.referrals.map(({ id, what }) => ({ id, label: what })),
            )}
            {...field("referral_id")}
          />
        )}
      </SimpleGrid>
      <FormButtons>Add the support</FormButtons>
    </Form>
  );
}

export function Chase({ id, today }: { id: string; today: string }) {
  const field = useFields({ chase_on: chaseDay(today as Day) });
  return (
    <Form style={{ maxWidth: "36rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="support-chase" />
      <input type="hidden" name="id" value={id} />
      <TextInput type="date" label="Ask again on" autoFocus {...field("chase_on")} />
      <FormButtons>Save</FormButtons>
    </Form>
  );
}

export function Answer({ id, today }: { id: string; today: string }) {
  const field = useFields({ on: today });
  return (
    <Form style={{ maxWidth: "36rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="support-answer" />
      <input type="hidden" name="id" value={id} />
      <Radio.Group label="What did they answer?" {...field("said")}>
        <Group mt={4}>
          <Radio value="accepted" label="Accepted" />
          <Radio value="declined" label="Declined" />
        </Group>
      </Radio.Group>
      <Group grow align="flex-start" mt="sm">
        <TextInput label="Who said so" {...field("by_whom")} />
        <TextInput type="date" label="On" max={today} {...field("on")} />
      </Group>
      <FormButtons>Save the answer</FormButtons>
    </Form>
  );
}

export function EndSupport({ id, today }: { id: string; today: string }) {
  const field = useFields({ on: today });
  return (
    <Form style={{ maxWidth: "36rem", marginTop: "0.5rem" }}>
      <input type="hidden" name="step" value="support-end" />
      <input type="hidden" name="id" value={id} />
      <Group grow align="flex-start">
        <TextInput type="date" label="Ended on" max={today} {...field("on")} />
        <TextInput label="Why" autoFocus {...field("reason")} />
      </Group>
      <FormButtons>End it</FormButtons>
    </Form>
  );
}
