import {
  Button,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import {
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { findClocks, saveClocks } from "../clocks-store.ts";
import { findPrograms } from "../store.ts";

export const meta = () => [{ title: "Clocks and lists · Throughcare" }];

export const loader = page("agency.manage", async ({ db }) => {
  const programs = await findPrograms(db);
  return {
    clocks: await findClocks(db),
    programs: programs.filter(({ active }) => active).map(({ id, name }) => ({ id, name })),
  };
});

const days = (least: number, most: number) =>
  z
    .string(`A whole number from ${least} to ${most}`)
    .refine(
      (typed) => /^\d{1,3}$/.test(typed) && Number(typed) >= least && Number(typed) <= most,
      `A whole number from ${least} to ${most}`,
    )
    .transform(Number);

const form = z.object({
  intake_program_id: identifier().optional(),
  triage_urgent_days: days(0, 60),
  triage_routine_days: days(0, 60),
  wait_target_days: days(1, 365),
  return_target_days: days(0, 60),
  use_review_days: days(0, 30),
  not_seen_days: days(1, 365),
  small_count: days(1, 50),
  crisis_lines: optionalText(1000),
});

export const action = act("agency.manage", async ({ db, me, form: sent }) => {
  const { value, invalid } = parseForm(form, sent);
  if (invalid) return refuse(invalid);
  const programs = await findPrograms(db);
  const intake = value.intake_program_id ?? null;
  if (intake && !programs.some(({ id, active }) => id === intake && active)) {
    return refuseField(sent, "intake_program_id", "Choose one that is in use");
  }
  const lines = (value.crisis_lines ?? "").split("\n").map((line) => line.trim());
  await saveClocks(
    db,
    { agencyId: me.agency.id, staffId: me.staffId },
    { ...value, intake_program_id: intake, crisis_lines: lines.filter(Boolean).slice(0, 10) },
  );
  return done(paths.clocks(), "Clocks and lists saved");
});

/** What the agency measures itself by, and what its lists begin with. */
export default function ClocksPage() {
  const { clocks, programs } = useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  const field = useFields({
    intake_program_id: clocks.intake_program_id,
    triage_urgent_days: String(clocks.triage_urgent_days),
    triage_routine_days: String(clocks.triage_routine_days),
    wait_target_days: String(clocks.wait_target_days),
    return_target_days: String(clocks.return_target_days),
    use_review_days: String(clocks.use_review_days),
    not_seen_days: String(clocks.not_seen_days),
    small_count: String(clocks.small_count),
    crisis_lines: clocks.crisis_lines.join("\n"),
  });
  const number = { inputMode: "numeric", styles: { wrapper: { maxWidth: "8rem" } } } as const;
  return (
    <>
      <PageHead
        title="Clocks and lists"
        about="Targets of the agency's own. They never stop anybody's care; they say when something is overdue."
      />
      <Form>
        <Section title="Referral, waiting and care">
          <Stack>
            <NativeSelect
              label={`Intake ${words.program}`}
              description="A referral that the front desk takes goes on its list, and its team triages."
              maw="24rem"
              data={[
                { value: "", label: "Not chosen: the front desk cannot take referrals" },
                ...programs.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              {...field("intake_program_id")}
            />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Triage of an urgent referral"
                description="Within this many working days; an emergency is the same day"
                {...number}
                {...field("triage_urgent_days")}
              />
              <TextInput
                label="Triage of a routine referral"
                description="Within this many working days"
                {...number}
                {...field("triage_routine_days")}
              />
              <TextInput
                label="An offered start"
                description="Within this many days of the referral; England's target is 21"
                {...number}
                {...field("wait_target_days")}
              />
              <TextInput
                label="Seen after coming back"
                description="Within this many working days"
                {...number}
                {...field("return_target_days")}
              />
              <TextInput
                label="Review after a return to use"
                description="Together with the person, within this many working days"
                {...number}
                {...field("use_review_days")}
              />
            </SimpleGrid>
            <Text size="sm" c="dimmed">
              Working days are Monday to Friday; public holidays are not known here.
            </Text>
          </Stack>
        </Section>
        <Section title="Lists and reports">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Not seen for"
              description="Days after which somebody in care is on the morning list"
              {...number}
              {...field("not_seen_days")}
            />
            <TextInput
              label="Smallest count shown"
              description="Counts below it are left out of what leaves the agency"
              {...number}
              {...field("small_count")}
            />
          </SimpleGrid>
        </Section>
        <Section title="At any hour">
          <Textarea
            label="Crisis lines"
            description="One a line, with the number; they stand on what goes home with a person, so none may name the agency."
            autosize
            minRows={3}
            maw="32rem"
            {...field("crisis_lines")}
          />
        </Section>
        <Group>
          <Button type="submit" loading={sending}>
            Save
          </Button>
        </Group>
      </Form>
    </>
  );
}
