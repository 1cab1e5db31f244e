import {
  Alert,
  Button,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Textarea,
  TextInput,
} from "@mantine/core";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import {
  day,
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
import { useWords } from "../../web/use-me.ts";
import { agreedText, gapsOf, signerCodes } from "../plan.ts";
import { activatePlan } from "../store.ts";
import { careSaved } from "./care-saved.ts";
import { findDraft } from "./find-draft.ts";
import { GoalsByDomain } from "./goal-view.tsx";

export const meta = () => [{ title: "Agree the plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const found = await findDraft(db, consumerId);
  if (!found) throw redirect(paths.plan(consumerId));
  return { consumerId, ...found, today, reviewOn: addDays(today, 90), gaps: gapsOf(found.goals) };
});

const agreement = z.object({
  saves: z.coerce.number().int().min(0),
  agreed_on: day(),
  signer: z.enum(signerCodes, "Choose who agreed"),
  more: optionalText(200),
  review_on: day("Choose the day of the next review"),
  reason: optionalText(1000),
});

export const action = act("record.write", async (visit) => {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(agreement, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const found = await findDraft(db, consumerId);
  if (!found) return done(paths.plan(consumerId), "This draft was agreed or thrown away meanwhile");
  if (found.goals.length === 0) {
    return refuseField(form, "form", "A plan needs at least one goal before it can be agreed.");
  }
  if (given.agreed_on > today) {
    return refuseField(form, "agreed_on", "It was agreed today or on an earlier day.");
  }
  if (given.agreed_on < found.draft.opened_on) {
    return refuseField(form, "agreed_on", "The episode opened after that day.");
  }
  if (given.review_on <= given.agreed_on) {
    return refuseField(form, "review_on", "The review comes after the day it was agreed.");
  }
  if (given.signer === "nobody" && !given.more) {
    return refuseField(form, "more", "Say why nobody has agreed yet.");
  }
  if (found.before && !given.reason) {
    return refuseField(form, "reason", "Say why the plan changes.");
  }
  const activated = await activatePlan(db, by, consumerId, {
    id: found.draft.id,
    saves: given.saves,
    on: given.agreed_on,
    by: agreedText(given.signer, given.more),
    reviewOn: given.review_on,
    reason: given.reason ?? null,
  });
  if (!activated) {
    return refuseField(
      form,
      "form",
      "Somebody changed this draft after you opened it. Open this page again, and look at it together.",
    );
  }
  return careSaved(visit, done(paths.plan(consumerId), "In force"));
});

/** The last look at a draft, and who agreed to it: from then on it stands as it is. */
export default function PlanAgree() {
  const { consumerId, draft, before, goals, gaps, today, reviewOn } =
    useLoaderData<typeof loader>();
  const words = useWords();
  const field = useFields({
    agreed_on: today,
    signer: "consumer",
    review_on: reviewOn,
  });
  const sending = useSending();
  return (
    <>
      <PageHead
        title={`Agree version ${draft.version} of the ${words.carePlan}`}
        about="Once it is agreed it is not changed any more: a change is a new version."
        actions={
          <LinkButton to={paths.planEdit(consumerId)} variant="default" size="sm">
            Back to the draft
          </LinkButton>
        }
      />
      {gaps.length > 0 && (
        <Alert color="orange" mb="md" role="note" title="Look at this before you agree">
          <List size="sm">
            {gaps.map((gap) => (
              <List.Item key={gap}>{gap}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Section title="What it says">
        <GoalsByDomain goals={goals} today={today} />
      </Section>
      <Section title="Who agreed">
        <Form style={{ maxWidth: "44rem" }}>
          <input type="hidden" name="saves" value={draft.saves} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label="Agreed and signed by"
              data={[
                { value: "consumer", label: `The ${words.consumer}` },
                { value: "parent-or-guardian", label: "A parent or guardian" },
                { value: "both", label: `The ${words.consumer} and a parent or guardian` },
                { value: "nobody", label: "Nobody yet" },
              ]}
              {...field("signer")}
            />
            <TextInput label="Guardian's name, or why nobody" {...field("more")} />
            <TextInput type="date" label="Agreed on" max={today} {...field("agreed_on")} />
            <TextInput
              type="date"
              label="Next review"
              description="Ninety days is an assumption: set the day your rules ask for."
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...field("review_on")}
            />
          </SimpleGrid>
          {before && (
            <Textarea
              label="Why the plan changes"
              autosize
              minRows={2}
              mt="sm"
              {...field("reason")}
            />
          )}
          <Group mt="md">
            <Button type="submit" loading={sending}>
              {before ? "Put in force in place of the one before" : "Put in force"}
            </Button>
          </Group>
        </Form>
      </Section>
    </>
  );
}
