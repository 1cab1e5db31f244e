import { Alert, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { ProviderSelect } from "../../liaison/pages/provider-select.tsx";
import type { useFields } from "../../web/form.tsx";

/** A reminder and no rule: for some groups joint work with a specialist unit may be wanted (MC B3). */
export function JointPrompt({ groups }: { groups: readonly string[] }) {
  if (groups.length === 0) return null;
  return (
    <Alert color="blue" mb="sm" title="Joint work?">
      The assessment says: {groups.join("; ")}. Where another service works on this with us, name
      it, who leads, and who does what. This asks; it stops nothing.
    </Alert>
  );
}

export function JointFields({
  field,
  providers,
}: {
  field: ReturnType<typeof useFields>;
  providers: React.ComponentProps<typeof ProviderSelect>["providers"];
}) {
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
        <ProviderSelect
          label="Joint service, from the directory"
          description="Naming it tells it nothing."
          providers={providers}
          kind={null}
          {...field("joint_provider_id")}
        />
        <TextInput
          label="Or its name"
          description="If the directory does not have it"
          {...field("joint_service")}
        />
        <TextInput label="Who leads" {...field("joint_lead")} />
      </SimpleGrid>
      <Textarea
        label="Who does what"
        autosize
        minRows={2}
        mt="sm"
        {...field("joint_who_does_what")}
      />
    </>
  );
}
