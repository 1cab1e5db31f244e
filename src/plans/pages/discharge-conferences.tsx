import { Anchor, NativeSelect, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import type { PlannedDischarge } from "../../services/planned-discharge-store.ts";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import type { findDischargeConferences, findFamilyParts } from "../discharge-conference-store.ts";

type Held = Awaited<ReturnType<typeof findDischargeConferences>>[number];
type FamilyPart = Awaited<ReturnType<typeof findFamilyParts>>[number];

/** The discharge conferences of an episode (FC 3.1.1.3): held with family or without. */
export function DischargeConferences({
  consumerId,
  conferences,
  familyParts,
  planned,
  today,
  write,
}: {
  consumerId: string;
  conferences: readonly Held[];
  familyParts: readonly FamilyPart[];
  /** Those that stand in the calendar. */
  planned: readonly PlannedDischarge[];
  today: string;
  write: boolean;
}) {
  const dates = useDates();
  const words = useWords();
  const form = useOneForm();
  const recording = form.isOpen("conference");
  return (
    <Section
      title="Discharge conference"
      actions={
        write && (
          <>
            <OpenForm to={`${paths.bookFor(consumerId)}?kind=discharge-conference`}>
              Plan one
            </OpenForm>
            <OpenForm to={form.opens("conference")}>Record a discharge conference</OpenForm>
          </>
        )
      }
    >
      {recording && <RecordOne familyParts={familyParts} planned={planned} today={today} />}
      {planned.map((one) => (
        <Text key={one.id} size="sm" mb="xs">
          Planned:{" "}
          <Anchor component={Link} to={paths.appointment(one.id)} inherit underline="always">
            {dates.weekday(one.day)}, {dates.time(one.starts)} – {dates.time(one.ends)}
          </Anchor>{" "}
          · {one.room} · {one.staff}
        </Text>
      ))}
      {planned.length > 0 && write && (
        <Text size="sm" mb="xs">
          Family who cannot be there take part by{" "}
          <Anchor
            component={Link}
            to={`${paths.newConference(consumerId)}?for=3.1.1.3`}
            inherit
            underline="always"
          >
            a Family Conference of their own
          </Anchor>
          .
        </Text>
      )}
      {conferences.length > 0 && (
        <Text size="sm" mb="xs">
          It opens the{" "}
          <Anchor component={Link} to={paths.aftercare(consumerId)} inherit underline="always">
            aftercare plan
          </Anchor>
          , which proposes what stands below.
        </Text>
      )}
      {conferences.length === 0 && planned.length === 0 && !recording && (
        <Text size="sm">None is recorded for this episode.</Text>
      )}
      <Stack gap="xs">
        {conferences.map((held) => (
          <div key={held.id}>
            <Text size="sm" fw={500}>
              {dates.day(held.held_on)}
            </Text>
            <Text size="sm">
              {held.consumer_took_part
                ? `The ${words.consumer} took part; `
                : `The ${words.consumer} did not take part; `}
              {held.family === "there" && "family took part."}
              {held.family === "none" && "held without family."}
              {held.conference_id && (
                <>
                  family took part by the{" "}
                  <Anchor component={Link} to={paths.note(consumerId, held.conference_id)} inherit>
                    Family Conference of {dates.day(held.conference_day ?? held.held_on)}
                  </Anchor>
                  .
                </>
              )}
            </Text>
            {held.remark && <Text size="sm">{held.remark}</Text>}
            <Text size="xs" c="dimmed">
              {held.author}
            </Text>
          </div>
        ))}
      </Stack>
    </Section>
  );
}

function RecordOne({
  familyParts,
  planned,
  today,
}: {
  familyParts: readonly FamilyPart[];
  planned: readonly PlannedDischarge[];
  today: string;
}) {
  const [asked] = useSearchParams();
  const due =
    planned.find(({ id }) => id === asked.get("appointment")) ??
    planned.findLast(({ day }) => day <= today);
  const heldOn = due && due.day <= today ? due.day : today;
  const field = useFields({ held_on: heldOn, planned: due?.id ?? "" });
  const dates = useDates();
  const words = useWords();
  return (
    <Form style={{ maxWidth: "40rem" }}>
      <input type="hidden" name="step" value="conference" />
      <TextInput type="date" label="Held on" max={today} autoFocus {...field("held_on")} />
      {planned.length > 0 && (
        <NativeSelect
          mt="sm"
          label="Which of the planned meetings was it?"
          {...field("planned")}
          data={[
            ...planned.map((one) => ({
              value: one.id,
              label: `${dates.weekday(one.day)}, ${dates.time(one.starts)} · ${one.staff}`,
            })),
            { value: "", label: "None of these" },
          ]}
        />
      )}
      <Radio.Group mt="sm" label={`Did the ${words.consumer} take part?`} {...field("consumer")}>
        <Radio value="yes" label="Yes" mt={4} />
        <Radio value="no" label="No" mt={4} />
      </Radio.Group>
      <NativeSelect
        mt="sm"
        label="Did family take part?"
        {...field("family")}
        data={[
          { value: "", label: "Choose" },
          { value: "there", label: "Yes, they were there" },
          ...familyParts.map(({ id, day }) => ({
            value: id,
            label: `Yes, by the Family Conference of ${dates.day(day)}`,
          })),
          { value: "none", label: "No: held without family" },
        ]}
      />
      <Textarea mt="sm" label="Anything to remember" autosize minRows={1} {...field("remark")} />
      <FormButtons>Record it</FormButtons>
    </Form>
  );
}
