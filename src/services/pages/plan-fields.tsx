import { Badge, Box, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { IconBan, IconCircleCheck, IconClockExclamation, IconUserX } from "@tabler/icons-react";
import { useActionData } from "react-router";
import type { Day } from "../../kernel/day.ts";
import type { Answer } from "../../people/consent.ts";
import type { useFields } from "../../web/form.tsx";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type EnrolledProgram, enrolledOn, purposes } from "../conference-plan.ts";

export type SupportChoice = {
  id: string;
  name: string;
  relation: string;
  organisation: string | null;
  noContact: boolean;
  invite: Answer;
};

type Field = ReturnType<typeof useFields>;

/** What was ticked before the form came back, or what the page came with. */
function useTicked(name: string, saved: readonly string[]): readonly string[] {
  const answer = useActionData() as { typed?: Record<string, string | string[]> } | undefined;
  if (!answer?.typed) return saved;
  const typed = answer.typed[`${name}[]`];
  return Array.isArray(typed) ? typed : [];
}

/** The programme it belongs to, of those the person is or was in. */
export function ProgramField({
  field,
  programs,
  day,
}: {
  field: Field;
  programs: readonly EnrolledProgram[];
  day: Day | null;
}) {
  const words = useWords();
  return (
    <NativeSelect
      label={capital(words.program)}
      required
      {...field("program")}
      data={programs.map((program) => ({
        value: program.id,
        label:
          day === null || enrolledOn(program, day)
            ? program.name
            : `${program.name} · not enrolled on that day`,
      }))}
    />
  );
}

/** Which plan is on the agenda. */
export function AgendaField({ field }: { field: Field }) {
  const words = useWords();
  return (
    <NativeSelect
      label="Plan to be discussed"
      {...field("plan")}
      data={[
        { value: "treatment-plan", label: capital(words.carePlan) },
        { value: "discharge-plan", label: "Discharge plan" },
        { value: "both", label: "Both" },
        { value: "", label: "Not decided yet" },
      ]}
    />
  );
}

/** What it is for, by the bulletin's functions. */
export function PurposeFields({ saved }: { saved: readonly string[] }) {
  const ticked = useTicked("purposes", saved);
  return (
    <Checkbox.Group label="Purpose" description="More than one is fine" defaultValue={[...ticked]}>
      <Stack gap={6} mt={6}>
        {purposes.map(({ clause, label }) => (
          <Checkbox
            key={clause}
            name="purposes[]"
            value={clause}
            label={
              <>
                {label}{" "}
                <Text span size="xs" c="dimmed">
                  {clause}
                </Text>
              </>
            }
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** Who is expected, each with what their consent says of inviting them. */
export function SupportFields({
  supports,
  saved,
  day,
}: {
  supports: readonly SupportChoice[];
  saved: readonly string[];
  day: Day | null;
}) {
  const words = useWords();
  const ticked = useTicked("supports", saved);
  return (
    <Checkbox.Group
      label={`${capital(words.supports)} to expect`}
      description="Nobody is told by this; invitations come after"
      defaultValue={[...ticked]}
    >
      <Stack gap="xs" mt={6}>
        {supports.map((support) => (
          <Box key={support.id}>
            <Checkbox
              name="supports[]"
              value={support.id}
              disabled={support.noContact}
              label={
                <Group gap={6}>
                  <span>
                    {support.name}
                    <Text span size="sm" c="dimmed">
                      {" "}
                      · {[support.relation, support.organisation].filter(Boolean).join(", ")}
                    </Text>
                  </span>
                  <InviteBadge answer={support.invite} day={day} />
                </Group>
              }
              description={
                support.invite.yes
                  ? undefined
                  : `${support.invite.reason} ${support.invite.arrange}`
              }
            />
          </Box>
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** Whether somebody may be invited: an icon and words, never a colour alone. */
export function InviteBadge({ answer, day }: { answer: Answer; day: Day | null }) {
  const dates = useDates();
  if (!answer.yes) {
    const never = answer.because === "no-contact";
    const Icon = never ? IconBan : IconUserX;
    return (
      <Badge color={never ? "red" : "orange"} leftSection={<Icon size={13} aria-hidden />}>
        {never ? "No contact" : "May not be invited yet"}
      </Badge>
    );
  }
  if (answer.until !== null && day !== null && answer.until < day) {
    return (
      <Badge color="orange" leftSection={<IconClockExclamation size={13} aria-hidden />}>
        Consent ends {dates.day(answer.until)}, before the day
      </Badge>
    );
  }
  return (
    <Badge color="teal" leftSection={<IconCircleCheck size={13} aria-hidden />}>
      May be invited
    </Badge>
  );
}
