import {
  Alert,
  Checkbox,
  Fieldset,
  NativeSelect,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { z } from "zod";
import type { Day } from "../../kernel/day.ts";
import { day, identifier, optionalText, text, type useFields } from "../../web/form.tsx";
import { useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { dutyWords, type OnDuty } from "../../worklist/duty.ts";
import { urgencies } from "../clock.ts";
import type { Referral } from "../intake-store.ts";
import { helpWords, interimHelp, referralSources, sourceWords } from "../referral-in.ts";
import { FirstTime, type FreeTime } from "./first-time.tsx";
import { OneOf, YesNo, yesNo } from "./yes-no.tsx";

/** A referral to the agency as the form sends it. */
export const referralForm = z.object({
  received_on: day("Say when it came"),
  source: z.enum(referralSources, "Choose who referred"),
  source_name: optionalText(200),
  urgency: z.enum(["emergency", "urgent", "routine"], "Choose how urgent it is"),
  reason: text(2000),
  pregnant: yesNo,
  injecting: yesNo,
  help: z.array(z.string().max(100)).optional(),
  other_help: optionalText(500),
  program_id: identifier("Choose whose team looks at it").optional(),
  first_time: z.string().max(120).optional(),
});

export function referralOf(given: z.output<typeof referralForm>): Referral {
  const { received_on, source, urgency, reason, pregnant, injecting } = given;
  return {
    ...{ source, urgency, reason, pregnant, injecting },
    receivedOn: received_on,
    sourceName: given.source_name ?? null,
    interimHelp: helpWords(given.help, given.other_help),
  };
}

/** Where the referral may go; `stays` when somebody has the person already and is told. */
export type Teams = {
  programs: { id: string; name: string }[];
  stays: string | null;
};

export function ReferralFields({
  field,
  today,
  teams,
  typedHelp,
  choices,
  times,
}: {
  field: ReturnType<typeof useFields>;
  today: Day;
  /** Null for the front desk: it goes to the agency's intake programme. */
  teams: Teams | null;
  typedHelp: readonly string[];
  /** For the front desk where the agency has named no intake programme. */
  choices: readonly { id: string; name: string }[];
  times: readonly FreeTime[];
}) {
  const { locale } = useMe().agency;
  const words = useWords();
  return (
    <Stack>
      <Fieldset legend="The referral">
        <Stack>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="Who referred"
              required
              data={[
                { value: "", label: "Choose one" },
                ...referralSources.map((value) => ({
                  value,
                  label: sourceWords(value, locale),
                })),
              ]}
              {...field("source")}
            />
            <TextInput label="Their name and number" autoComplete="off" {...field("source_name")} />
            <TextInput
              type="date"
              label="When it came"
              max={today}
              required
              {...field("received_on")}
            />
          </SimpleGrid>
          <Textarea label="Why they come" required autosize minRows={2} {...field("reason")} />
          <OneOf
            label="How urgent"
            required
            field={field("urgency")}
            options={Object.entries(urgencies)}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <YesNo label="Pregnant" field={field("pregnant")} />
            <YesNo label="Injecting" field={field("injecting")} />
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <Fieldset legend="What helps until then">
        <Stack gap="xs">
          {interimHelp.map((help) => (
            <Checkbox
              key={help}
              name="help[]"
              value={help}
              label={help}
              defaultChecked={typedHelp.includes(help)}
            />
          ))}
          <TextInput label="Other help" autoComplete="off" {...field("other_help")} />
        </Stack>
      </Fieldset>
      {(teams || choices.length > 0) && (
        <Fieldset legend="Who looks at it">
          {teams?.stays ? (
            <>{teams.stays} has them already: its team is told.</>
          ) : (
            <NativeSelect
              label={capital(words.program)}
              description="They go on its waiting list, and its team sees the record."
              required
              maw="22rem"
              data={[
                { value: "", label: `Choose a ${words.program}` },
                ...(teams?.programs ?? choices).map(({ id, name }) => ({ value: id, label: name })),
              ]}
              {...field("program_id")}
            />
          )}
        </Fieldset>
      )}
      <FirstTime times={times} field={field} />
    </Stack>
  );
}

/** What becomes of what the front desk writes. */
export function Unseen({ onDuty }: { onDuty: readonly OnDuty[] }) {
  return (
    <Alert color="gray">
      The clinical team reads this and triages. You will not see it again. In danger now? Put the
      call through at once. {dutyWords(onDuty)}
    </Alert>
  );
}
