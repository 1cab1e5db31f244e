import { Alert, Button, Grid, Group, List, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { emergencyNumber } from "../../episodes/come-back.ts";
import { findTargets } from "../../episodes/come-back-store.ts";
import { OneOf, YesNo, yesNo } from "../../episodes/pages/yes-no.tsx";
import {
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { dutyWords } from "../../worklist/duty.ts";
import { findOnDuty } from "../../worklist/duty-store.ts";
import {
  askAgain,
  childrenWords,
  isInDanger,
  lastAnswers,
  type RelativeNeeds,
  safetyWords,
  violenceWords,
  whatToDo,
} from "../relative.ts";
import { findHelpForRelatives, findRelativeNeeds, keepRelativeNeeds } from "../relative-store.ts";
import { getCall, getCallToWrite } from "./call-data.ts";

export const meta = () => [{ title: "What they need themselves · Throughcare" }];

export const loader = page("call.read", async (visit) => {
  const call = await getCall(visit);
  if (call.consumer_id) await visit.listed([call.consumer_id]);
  const told = await findRelativeNeeds(visit.db, call.id);
  return {
    id: call.id,
    caller: call.caller,
    closed: call.closed_on !== null,
    safeToCallBack: call.safe_to_call_back,
    last: told[0] ?? null,
    before: lastAnswers(told),
    help: await findHelpForRelatives(visit.db),
    onDuty: await findOnDuty(visit.db),
    crisisLines: (await findTargets(visit.db)).crisis_lines,
  };
});

const nothing = <T,>(typed: T | undefined) => typed ?? null;
const codes = <T extends Record<string, string>>(of: T) =>
  z
    .enum(Object.keys(of) as [keyof T & string, ...(keyof T & string)[]])
    .optional()
    .transform(nothing);
const words = (most: number) => optionalText(most).transform(nothing);
const needsForm = z.object({
  crisis_now: yesNo,
  needs: words(2000),
  safety: codes(safetyWords),
  violence: codes(violenceWords),
  children: codes(childrenWords),
  home_note: words(1000),
  caring: words(1000),
  health: words(1000),
  own_use: words(1000),
  would_help: words(1000),
});

export const action = act("call.read", async (visit) => {
  const call = await getCallToWrite(visit);
  const parsed = parseForm(needsForm, visit.form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const needs = parsed.value as RelativeNeeds;
  if (Object.values(needs).every((one) => one === null)) {
    return refuseField(visit.form, "needs", "Write down at least one thing they told you");
  }
  if (call.closed_on) {
    return refuseField(visit.form, "form", "This call is closed: take a new one");
  }
  await keepRelativeNeeds(visit.db, visit.by, call.id, { needs, today: visit.today });
  return done(
    paths.call(call.id),
    isInDanger(needs) ? "Kept. Tell the duty clinician now" : "Kept: what they need themselves",
  );
});

const choices = (of: Record<string, string>) =>
  [...Object.entries(of), ["", "Not asked"]] as [string, string][];

/** What a relative needs in their own right. It asks nothing about whom they called about. */
export default function RelativeNeedsPage() {
  const { id, caller, closed, last, before } = useLoaderData<typeof loader>();
  const dates = useDates();
  // What they said of safety stands beside the question, never as its answer: it is asked anew.
  const field = useFields(askAgain(last));
  const sending = useSending();
  const earlier = (question: keyof typeof before, words: Record<string, string>) => {
    const one = before[question];
    return one ? `Asked before, ${dates.instant(one.at)}: ${words[String(one.said)]}` : undefined;
  };
  const typed = (name: string) => String(field(name).defaultValue);
  const [told, setTold] = useState<Record<string, string>>({
    ...{ crisis_now: typed("crisis_now"), safety: typed("safety") },
    ...{ violence: typed("violence"), children: typed("children") },
  });
  const danger = adviceOn(told, "").length > 0;
  const listen = (event: FormEvent<HTMLDivElement>) => {
    const input = event.target as HTMLInputElement;
    if (input.type === "radio") setTold({ ...told, [input.name]: input.value });
  };
  return (
    <>
      <PageHead
        title="What they need themselves"
        about={`${caller}. It is about them and nobody else: they need not be anybody's relative, every question may be left out, and nothing here says whether we know anyone.`}
        actions={
          <LinkButton to={paths.call(id)} variant="default">
            Back to the call
          </LinkButton>
        }
      />
      {closed && <Alert color="gray">This call is closed: take a new one to ask again.</Alert>}
      {!closed && (
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 5 }} order={{ base: danger ? 1 : 2, md: 2 }}>
            <Now told={told} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }} order={{ base: danger ? 2 : 1, md: 1 }}>
            <Form autoComplete="off">
              <Stack onChange={listen}>
                <YesNo
                  label="In danger themselves at this moment: hurt, threatened, or thoughts of suicide?"
                  description={earlier("crisis_now", { true: "Yes", false: "No" })}
                  field={field("crisis_now")}
                />
                <Words
                  label="What do they need, in their own words?"
                  most={2000}
                  rows={3}
                  field={field("needs")}
                />
                <Section title="At home">
                  <Stack gap="sm">
                    <OneOf
                      label="Do they feel safe at home?"
                      description={earlier("safety", safetyWords)}
                      options={choices(safetyWords)}
                      field={field("safety")}
                    />
                    <OneOf
                      label="Is anybody there who hurts, threatens or frightens them?"
                      description={earlier("violence", violenceWords)}
                      options={choices(violenceWords)}
                      field={field("violence")}
                    />
                    <OneOf
                      label="Children at home?"
                      description={earlier("children", childrenWords)}
                      options={choices(childrenWords)}
                      field={field("children")}
                    />
                    <Words label="More about home" most={1000} field={field("home_note")} />
                  </Stack>
                </Section>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  <Words
                    label="What they do for somebody, and what it takes out of them"
                    most={1000}
                    field={field("caring")}
                  />
                  <Words
                    label="How they are: sleep, health, mood, money"
                    most={1000}
                    field={field("health")}
                  />
                  <Words
                    label="Their own drinking or drug use"
                    most={1000}
                    field={field("own_use")}
                  />
                  <Words label="What would help most" most={1000} field={field("would_help")} />
                </SimpleGrid>
                <Group>
                  <Button type="submit" loading={sending}>
                    Keep it
                  </Button>
                  <LinkButton to={paths.call(id)} variant="default">
                    Leave it
                  </LinkButton>
                </Group>
              </Stack>
            </Form>
          </Grid.Col>
        </Grid>
      )}
    </>
  );
}

function Words({
  label,
  most,
  rows = 2,
  field,
}: {
  label: string;
  most: number;
  rows?: number;
  field: ReturnType<ReturnType<typeof useFields>>;
}) {
  return <Textarea label={label} autosize minRows={rows} maxLength={most} {...field} />;
}

/** As it is ticked at this moment. */
function adviceOn(told: Record<string, string>, number: string) {
  return whatToDo(
    {
      crisis_now: told.crisis_now === "yes",
      violence: (told.violence || null) as RelativeNeeds["violence"],
      safety: (told.safety || null) as RelativeNeeds["safety"],
      children: (told.children || null) as RelativeNeeds["children"],
    },
    number,
  );
}

/** What to do about what they tell, and whom they can call themselves. */
function Now({ told }: { told: Record<string, string> }) {
  const { help, onDuty, crisisLines, safeToCallBack } = useLoaderData<typeof loader>();
  const { locale } = useMe().agency;
  const advice = adviceOn(told, emergencyNumber(locale));
  return (
    <div aria-live="polite">
      {advice.map(({ title, lines }) => (
        <Alert
          key={title}
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={title}
          mb="sm"
        >
          <List size="sm" spacing={4}>
            {lines.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </Alert>
      ))}
      {advice.length > 0 && (
        <Text size="sm" mb="sm">
          A call is nobody's record, so it raises no alert: tell the duty clinician yourself.{" "}
          {dutyWords(onDuty)}
        </Text>
      )}
      <Section title="Numbers they can call">
        <Stack gap={6}>
          {crisisLines.length > 0 && <Text size="sm">At any hour: {crisisLines.join(" · ")}</Text>}
          {help.map((one) => (
            <div key={one.id}>
              <Text size="sm" fw={500}>
                {one.name}
              </Text>
              <Text size="sm" c="dimmed">
                {[one.phone, one.times].filter(Boolean).join(" · ") || "See the directory"}
              </Text>
            </div>
          ))}
          {safeToCallBack && <Text size="sm">Safe to call them back: {safeToCallBack}</Text>}
        </Stack>
      </Section>
      <Text size="xs" c="dimmed">
        General advice in our own words; it is no clinician's advice.
      </Text>
    </div>
  );
}
