import { NumberInput, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { useLoaderData } from "react-router";
import { useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { useMay } from "../../web/use-me.ts";
import { JointFields, JointPrompt } from "./joint-fields.tsx";
import { Step } from "./parts.tsx";
import type { loader } from "./placement.tsx";
import { Told } from "./told.tsx";

/** Why the place was asked for, who comes along, and who works on it with us (MC B3). */
export function JointSection() {
  const { placement, joint, secondStage } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const write = useMay()("record.write");
  const lines = [
    ["Why", placement.why],
    ["Children who come along", placement.children_with ? String(placement.children_with) : null],
    ["Joint service", placement.joint_service],
    ["Who leads", placement.joint_lead],
    ["Who does what", placement.joint_who_does_what],
    ["Without a residential stay before", placement.without_residential_reason],
  ].filter(([, said]) => said);
  return (
    <Section
      title="Why, and with whom"
      actions={write && <OpenForm to={form.opens("change")}>Change</OpenForm>}
    >
      {!placement.joint_service && <JointPrompt groups={joint} />}
      {form.isOpen("change") ? (
        <Change asksWhyWithout={secondStage !== null} />
      ) : (
        <>
          {lines.length === 0 && (
            <Text size="sm" c="dimmed">
              Nothing is written down.
            </Text>
          )}
          {lines.map(([label, said]) => (
            <Text key={label} size="sm">
              <Text span size="sm" c="dimmed">
                {label}:{" "}
              </Text>
              {said}
            </Text>
          ))}
          {placement.joint_service && (
            <Told
              need="joint-work"
              service={{ id: placement.joint_provider_id, name: placement.joint_service }}
            />
          )}
        </>
      )}
    </Section>
  );
}

function Change({ asksWhyWithout }: { asksWhyWithout: boolean }) {
  const { placement, providers } = useLoaderData<typeof loader>();
  const field = useFields({
    why: placement.why,
    children_with: String(placement.children_with),
    joint_provider_id: placement.joint_provider_id,
    joint_service: placement.joint_provider_id ? null : placement.joint_service,
    joint_lead: placement.joint_lead,
    joint_who_does_what: placement.joint_who_does_what,
    without_residential_reason: placement.without_residential_reason,
  });
  return (
    <Step step="change">
      <Textarea label="Why this place" autosize minRows={2} {...field("why")} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <NumberInput
          label="Children who come along"
          min={0}
          max={10}
          allowDecimal={false}
          {...field("children_with")}
        />
      </SimpleGrid>
      <JointFields field={field} providers={providers} />
      {asksWhyWithout && (
        <TextInput
          label="Why second stage without a residential stay before"
          mt="sm"
          {...field("without_residential_reason")}
        />
      )}
      <FormButtons>Save</FormButtons>
    </Step>
  );
}
