import { Button, Group, NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import {
  day,
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
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { discardAftercare, saveAftercare } from "../aftercare-store.ts";
import { namesFlagged } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import { findAftercare } from "./aftercare-data.ts";
import { careSaved } from "./care-saved.ts";

export const meta = () => [{ title: "Draft aftercare plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => {
  const { draft, inForce, choices } = await findAftercare(db, consumerId);
  if (!draft) throw redirect(paths.aftercare(consumerId));
  return { consumerId, draft, inForce, colleagues: choices.colleagues };
});

const written = z.object({
  step: z.enum(["save", "agree"]),
  saves: z.coerce.number().int().min(0),
  call_first: optionalText(300),
  back_where: optionalText(300),
  back_who_id: identifier().optional(),
  back_phone: optionalText(100),
  back_within_days: z.coerce
    .number("Say it in working days")
    .int("Whole days")
    .min(0, "0 is the same day")
    .max(60, "At most 60 working days")
    .optional(),
  review_on: day().optional(),
});
const discarding = z.object({ step: z.literal("discard") });

export const action = act("record.write", async (visit) => {
  const { db, consumerId, form, today } = visit;
  const { draft, choices } = await findAftercare(db, consumerId);
  const home = paths.aftercare(consumerId);
  if (!draft) return done(home, "This draft was agreed or thrown away meanwhile");
  if (discarding.safeParse({ step: form.get("step") }).success) {
    await discardAftercare(db, consumerId, draft.id);
    return done(home, "Draft thrown away");
  }
  const parsed = parseForm(written, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const who = given.back_who_id ?? null;
  if (who && who !== draft.back_who_id && !choices.colleagues.some(({ id }) => id === who)) {
    return refuseField(form, "back_who_id", "Choose a colleague.");
  }
  if (given.review_on && given.review_on < today) {
    return refuseField(form, "review_on", "Choose today or a day to come.");
  }
  const names = await findSheetNames(db, consumerId);
  if (names && namesFlagged(given.call_first ?? null, names.around, names.ownNames)) {
    return refuseField(
      form,
      "call_first",
      "A no-contact flag stands for them, and this goes home: name somebody else.",
    );
  }
  const saved = await saveAftercare(db, consumerId, {
    ...{ id: draft.id, saves: given.saves, backWhoId: who, reviewOn: given.review_on ?? null },
    ...{ callFirst: given.call_first ?? null, backWhere: given.back_where ?? null },
    ...{ backPhone: given.back_phone ?? null, backWithinDays: given.back_within_days ?? null },
  });
  if (!saved) {
    return refuseField(
      form,
      "form",
      "Somebody saved this draft after you opened it. Open it again in another window and compare.",
    );
  }
  const to = given.step === "agree" ? paths.aftercareAgree(consumerId) : home;
  return careSaved(visit, done(to, "Saved"));
});

/** The lines of the plan itself: whom to call first, and the way back in. */
export default function AftercareEdit() {
  const { consumerId, draft, inForce, colleagues } = useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  const field = useFields({
    call_first: draft.call_first,
    back_where: draft.back_where,
    back_who_id: draft.back_who_id,
    back_phone: draft.back_phone,
    back_within_days: draft.back_within_days?.toString(),
    review_on: draft.review_on,
  });
  const gone = draft.back_who_id && !colleagues.some(({ id }) => id === draft.back_who_id);
  return (
    <>
      <PageHead
        title={`Aftercare plan, version ${draft.version}`}
        about={`Write it together with the ${words.consumer}. Relapse measures, supports and gains are on the plan's page: they are kept up at any time and need no new version.`}
        actions={
          <LinkButton to={paths.aftercare(consumerId)} variant="default" size="sm">
            Back to the plan
          </LinkButton>
        }
      />
      <Section title="Whom to call first, and the way back in">
        <Form style={{ maxWidth: "48rem" }}>
          <input type="hidden" name="saves" value={draft.saves} />
          <TextInput
            label="Whom to call first"
            description="Somebody who answers, with the number"
            {...field("call_first")}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} mt="sm">
            <TextInput
              label="Where to come back to"
              description="It goes on the page for home: say it so that it tells a stranger nothing"
              inputWrapperOrder={["label", "input", "description", "error"]}
              {...field("back_where")}
            />
            <NativeSelect
              label="Whom to ask for"
              description="A colleague who is told when they come back"
              inputWrapperOrder={["label", "input", "description", "error"]}
              data={[
                { value: "", label: "Choose" },
                ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
                ...(gone
                  ? [
                      {
                        value: draft.back_who_id ?? "",
                        label: draft.back_who ?? "A former colleague",
                      },
                    ]
                  : []),
              ]}
              {...field("back_who_id")}
            />
            <TextInput label="A number that is answered" {...field("back_phone")} />
            <TextInput
              type="number"
              inputMode="numeric"
              min={0}
              max={60}
              label="Seen within (working days)"
              {...field("back_within_days")}
            />
            <TextInput type="date" label="Review of this plan" {...field("review_on")} />
          </SimpleGrid>
          <Group mt="md" gap="xs">
            <Button type="submit" name="step" value="save" loading={sending}>
              Save
            </Button>
            <Button type="submit" name="step" value="agree" variant="default">
              Save and agree it
            </Button>
          </Group>
        </Form>
      </Section>
      <details className="no-print">
        <summary>Throw this draft away</summary>
        <Form style={{ marginTop: "0.5rem" }}>
          <input type="hidden" name="step" value="discard" />
          <Button type="submit" size="sm" color="red" variant="light">
            Throw version {draft.version} away
          </Button>
          {inForce && ` Version ${inForce.version} stays in force.`}
        </Form>
      </details>
    </>
  );
}
