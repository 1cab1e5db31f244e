import { Group, TextInput } from "@mantine/core";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";

/** A trigger, or an early sign, with the first thing to do about it. */
export function AddTrigger({ sign = false }: { sign?: boolean }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="trigger" />
      {sign && <input type="hidden" name="sign" value="yes" />}
      <TextInput
        label={sign ? "An early sign" : "What makes it harder"}
        {...(sign && { description: "What they or others notice first, in their own words" })}
        autoFocus
        {...field("text")}
      />
      <Group align="flex-start" mt="sm" grow>
        <TextInput label="What to do then" {...field("strategy")} />
        <TextInput label="Who helps" {...field("helper")} />
      </Group>
      <FormButtons>Add to the plan</FormButtons>
    </Form>
  );
}

/** What to do about a trigger, or at any time. */
export function AddStrategy({ triggerId }: { triggerId?: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem", marginBlock: "0.75rem" }}>
      <input type="hidden" name="step" value="strategy" />
      {triggerId && <input type="hidden" name="trigger_id" value={triggerId} />}
      <Group align="flex-start" grow>
        <TextInput
          label={triggerId ? "What to do then" : "What helps"}
          autoFocus
          {...field("text")}
        />
        <TextInput label="Who helps" {...field("helper")} />
      </Group>
      <FormButtons>Add to the plan</FormButtons>
    </Form>
  );
}

/** Ends a line with why. */
export function EndLine({ kind, id }: { kind: "trigger" | "strategy"; id: string }) {
  const field = useFields();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="end" />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="id" value={id} />
      <TextInput
        label="Why it is no longer on the plan"
        {...(kind === "trigger" && { description: "What to do about it ends with it." })}
        autoFocus
        {...field("reason")}
      />
      <FormButtons>End it</FormButtons>
    </Form>
  );
}
