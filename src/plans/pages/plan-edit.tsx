import { Button, Group, Text } from "@mantine/core";
import { useEffect } from "react";
import {
  Form as PlainForm,
  redirect,
  useActionData,
  useBlocker,
  useLoaderData,
} from "react-router";
import { z } from "zod";
import { findColleagues } from "../../episodes/store.ts";
import { done, Form, type Invalid, parseForm, refuse } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { draftOf } from "../draft.ts";
import { dropBlankRows, errorsIn, readRows, rowsOf } from "../plan-form.ts";
import { discardDraft, saveDraft } from "../store.ts";
import { findDraft } from "./find-draft.ts";
import { PlanRows } from "./plan-rows.tsx";
import { useUnsaved } from "./use-unsaved.ts";

export const meta = () => [{ title: "Draft plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId }) => {
  const found = await findDraft(db, consumerId);
  if (!found) throw redirect(paths.plan(consumerId));
  const colleagues = await findColleagues(db, consumerId);
  return {
    consumerId,
    ...found,
    colleagues: colleagues.map(({ id, name }) => ({ id, name })),
  };
});

const head = z.object({
  step: z.enum(["save", "agree", "discard"]),
  saves: z.coerce.number().int().min(0),
});

export const action = act("record.write", async ({ db, by, consumerId, form, today }) => {
  const parsed = parseForm(head, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { step, saves } = parsed.value;
  const found = await findDraft(db, consumerId);
  if (!found) return done(paths.plan(consumerId), "This draft was agreed or thrown away meanwhile");
  if (step === "discard") {
    await discardDraft(db, consumerId, found.draft.id);
    return done(paths.plan(consumerId), "Draft thrown away");
  }
  const rows = dropBlankRows(readRows(form.entries()));
  const colleagues = await findColleagues(db, consumerId);
  const responsible = new Set([
    ...colleagues.map(({ id }) => id),
    ...found.goals.flatMap((goal) => goal.interventions.map((line) => line.responsible_id ?? "")),
  ]);
  const typed = Object.fromEntries(
    [...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const errors = errorsIn(rows, responsible);
  if (Object.keys(errors).length > 0) return refuse({ errors, typed });
  const saved = await saveDraft(db, by, consumerId, {
    id: found.draft.id,
    saves,
    goals: draftOf(rows, found.goals, today),
  });
  if (!saved) {
    // Answered as a page, not as a failure, so that the newer draft's count comes with it.
    const message =
      "Somebody saved this draft after you opened it, so yours was not saved. What you typed is still here: look at theirs in another window. Saving again puts yours in its place.";
    return { errors: { form: message }, typed } satisfies Invalid;
  }
  return step === "agree"
    ? redirect(paths.planAgree(consumerId))
    : done(paths.planEdit(consumerId), "Draft saved");
});

/** The next version while it is written; it is not in force until it is agreed. */
export default function PlanEdit() {
  const { consumerId, draft, goals, colleagues } = useLoaderData<typeof loader>();
  const answer = useActionData() as Partial<Invalid> | undefined;
  const words = useWords();
  const unsaved = useUnsaved();
  useEffect(() => {
    if (answer?.errors) unsaved.mark();
  }, [answer, unsaved]);
  const blocker = useBlocker(unsaved.stands);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    if (window.confirm("What you changed in this draft is not saved. Leave it?")) blocker.proceed();
    else blocker.reset();
  }, [blocker]);
  const typed = answer?.typed ? readRows(Object.entries(answer.typed)) : null;
  return (
    <>
      <PageHead
        title={`Version ${draft.version} of the ${words.carePlan}`}
        about="A draft. It takes the place of the version in force once it is agreed with the person."
        actions={
          <>
            <LinkButton to={paths.plan(consumerId)} variant="default" size="sm">
              Leave
            </LinkButton>
            <Discard />
          </>
        }
      />
      <Form onChange={unsaved.mark} onSubmit={unsaved.clear}>
        <input type="hidden" name="saves" value={draft.saves} />
        <PlanRows
          key={`${draft.id} ${draft.saves}`}
          rows={typed ?? rowsOf(goals)}
          errors={answer?.errors ?? {}}
          colleagues={colleagues}
          onChange={unsaved.mark}
        />
        <Group gap="xs" mt="md">
          <Button type="submit" name="step" value="save" variant="default">
            Save the draft
          </Button>
          <Button type="submit" name="step" value="agree">
            Save and go on to agreeing
          </Button>
          <Text size="xs" c="dimmed">
            Rows left empty are not saved.
          </Text>
        </Group>
      </Form>
    </>
  );
}

function Discard() {
  const { draft } = useLoaderData<typeof loader>();
  return (
    <PlainForm
      method="post"
      onSubmit={(event) => {
        const sure = window.confirm("Throw this draft away? What is in force stays as it is.");
        if (!sure) event.preventDefault();
      }}
    >
      <input type="hidden" name="step" value="discard" />
      <input type="hidden" name="saves" value={draft.saves} />
      <Button type="submit" size="sm" variant="subtle" color="red">
        Throw the draft away
      </Button>
    </PlainForm>
  );
}
