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
import { useMe, useWords } from "../../web/use-me.ts";
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

const MOST_LINES = 10;

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
  crisis_lines_es: optionalText(1000),
});

export const action = act("agency.manage", async ({ db, me, by, form: sent }) => {
  const { value, invalid } = parseForm(form, sent);
  if (invalid) return refuse(invalid);
  const programs = await findPrograms(db);
  const intake = value.intake_program_id ?? null;
  if (intake && !programs.some(({ id, active }) => id === intake && active)) {
    return refuseField(sent, "intake_program_id", "Choose one that is in use");
  }
  const written = (text: string | undefined) => (text ?? "").split("\n").map((line) => line.trim());
  const lines = written(value.crisis_lines).filter(Boolean).slice(0, MOST_LINES);
  const spanish = written(value.crisis_lines_es);
  if (spanish.filter(Boolean).length > lines.length || spanish.slice(lines.length).some(Boolean)) {
    return refuseField(sent, "crisis_lines_es", "One for each line above, in the same order");
  }
  const named = [...lines, ...spanish].find((line) => namesAgency(line, me.agency));
  if (named) {
    const field = lines.includes(named) ? "crisis_lines" : "crisis_lines_es";
    return refuseField(sent, field, `“${named}” names the agency; it goes home with people`);
  }
  await saveClocks(db, by, {
    ...value,
    ...{ intake_program_id: intake, crisis_lines: lines },
    crisis_lines_es: spanish.slice(0, lines.length),
  });
  return done(paths.clocks(), "Clocks and lists saved");
});

/** Whether a line that goes home says who the agency is. */
function namesAgency(line: string, agency: { name: string; neutralName: string }): boolean {
  const { name, neutralName } = agency;
  return name !== neutralName && line.toLowerCase().includes(name.toLowerCase());
}

/** What the agency measures itself by, and what its lists begin with. */
export default function ClocksPage() {
  const { clocks, programs } = useLoaderData<typeof loader>();
  const words = useWords();
  const { jurisdiction } = useMe().agency;
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
    crisis_lines_es: clocks.crisis_lines_es.join("\n"),
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
                description={`Within this many days of the referral${jurisdiction === "england" ? "; England's target is 21" : ""}`}
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
            description="Numbers that answer day and night, one a line, each with what to press or say: a national line for people in a crisis, the health line, the emergency number. They are printed on the page that a person takes home, where anybody may read them: no name of the agency or a unit, no number of its staff, and nothing that says what kind of help one gets here."
            autosize
            minRows={3}
            maw="32rem"
            {...field("crisis_lines")}
          />
          <Textarea
            label="The same in Spanish"
            description="Line by line, in the same order. A line that is left empty is printed in English on the Spanish page, and staff are told so before they print."
            autosize
            minRows={3}
            maw="32rem"
            mt="sm"
            {...field("crisis_lines_es")}
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
