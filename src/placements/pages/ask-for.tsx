import { NumberInput, Text, Textarea, TextInput } from "@mantine/core";
import { useLoaderData } from "react-router";
import { useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";
import type { Unit } from "../unit.ts";
import { JointFields, JointPrompt } from "./joint-fields.tsx";
import type { loader } from "./matching.tsx";
import { Step } from "./parts.tsx";

export function AskFor({ unit, of }: { unit: Unit; of: string }) {
  const { joint, residentialBefore, wantsChildWith, providers } = useLoaderData<typeof loader>();
  const field = useFields({ children_with: wantsChildWith ? "1" : "0" });
  const second = unit.kind === "second-stage" || unit.kind === "supported-housing";
  return (
    <div style={{ marginTop: "0.75rem" }}>
      <Step step="ask" id={unit.id}>
        <JointPrompt groups={joint} />
        <Textarea label="Why this place" autosize minRows={2} {...field("why")} />
        {second && !residentialBefore && (
          <TextInput
            mt="sm"
            label="Why second stage without a residential stay before"
            description="It can be filled in later; it stops nothing."
            {...field("without_residential_reason")}
          />
        )}
        <NumberInput
          label="Children who come along"
          mt="sm"
          maw="16rem"
          min={0}
          max={10}
          allowDecimal={false}
          {...field("children_with")}
        />
        {joint.length > 0 ? (
          <JointFields field={field} providers={providers} />
        ) : (
          <details style={{ marginTop: "0.75rem" }}>
            <summary>
              <Text span size="sm">
                Another service works on it with us
              </Text>
            </summary>
            <JointFields field={field} providers={providers} />
          </details>
        )}
        {unit.provider_id && (
          <Text size="sm" mt="sm">
            This writes the wish down here. {of} is told nothing by it: next you say by what right
            they are asked, and what they are told.
          </Text>
        )}
        <FormButtons>Ask for a place in {unit.name}</FormButtons>
      </Step>
    </div>
  );
}
