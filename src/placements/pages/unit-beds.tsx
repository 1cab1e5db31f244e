import { Badge, Checkbox, Group, Stack, Text, TextInput } from "@mantine/core";
import { useLoaderData } from "react-router";
import { useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, Section } from "../../web/parts.tsx";
import { useDates, useMay } from "../../web/use-me.ts";
import { Step } from "./parts.tsx";
import type { loader } from "./unit.tsx";

/** The beds of a unit: added, renamed, closed and opened again. */
export function BedSection() {
  const { beds, unit } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const dates = useDates();
  const manage = useMay()("unit.manage");
  const add = manage && <OpenForm to={form.opens("add-bed")}>Add a bed</OpenForm>;
  return (
    <Section title="Beds" actions={beds.length > 0 && add}>
      {form.isOpen("add-bed") && <BedForm step="add-bed" />}
      {beds.length === 0 && !form.isOpen("add-bed") && (
        <Empty action={add}>
          {unit.provider_id
            ? "Its beds are not kept here: ask them. Add beds only if some are contracted to you."
            : "No bed yet."}
        </Empty>
      )}
      <Stack gap={6}>
        {beds.map((bed) => (
          <div key={bed.id}>
            <Group gap="xs">
              <Text size="sm" fw={500} {...(!bed.active && { c: "dimmed" })}>
                {bed.name}
              </Text>
              {bed.overflow && (
                <Badge color="orange">
                  Overflow{bed.made_on && `, made ${dates.day(bed.made_on)}`}
                </Badge>
              )}
              {bed.child_place && <Badge color="violet">A child's place</Badge>}
              {!bed.active && <Badge color="gray">Closed</Badge>}
              {bed.active && bed.taken && <Badge color="blue">Taken or booked</Badge>}
              {manage && (
                <>
                  <OpenForm
                    to={form.opens("rename", bed.id)}
                    variant="subtle"
                    aria-label={`Change ${bed.name}`}
                  >
                    Change
                  </OpenForm>
                  <OpenForm
                    to={form.opens(bed.active ? "close-bed" : "reopen-bed", bed.id)}
                    variant="subtle"
                    aria-label={`${bed.active ? "Close" : "Open again"}: ${bed.name}`}
                  >
                    {bed.active ? "Close" : "Open again"}
                  </OpenForm>
                </>
              )}
            </Group>
            {bed.why && (
              <Text size="xs" c="dimmed">
                Made because: {bed.why}
              </Text>
            )}
            {form.isOpen("rename", bed.id) && <BedForm step="rename" bed={bed} />}
            {(["close-bed", "reopen-bed"] as const).map(
              (step) =>
                form.isOpen(step, bed.id) && (
                  <Step key={step} step={step} id={bed.id}>
                    <FormButtons>
                      {step === "close-bed" ? `Close ${bed.name}` : `Open ${bed.name} again`}
                    </FormButtons>
                  </Step>
                ),
            )}
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function BedForm({
  step,
  bed,
}: {
  step: "add-bed" | "rename";
  bed?: { id: string; name: string; child_place: boolean };
}) {
  const field = useFields({ name: bed?.name });
  return (
    <Step step={step} {...(bed && { id: bed.id })}>
      <TextInput label="Name of the bed" maw="20rem" {...field("name")} />
      <Checkbox
        mt="sm"
        name="child_place"
        label="A child's place, beside a parent's bed"
        defaultChecked={bed?.child_place ?? false}
      />
      <FormButtons>{bed ? "Save" : "Add the bed"}</FormButtons>
    </Step>
  );
}
