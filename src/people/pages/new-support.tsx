import { Button, Group, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import { done, Form, parseForm, refuse, useFields, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { addSupport } from "../support-store.ts";
import { SupportFields, supportForm, supportOf } from "./support-fields.tsx";

export const meta = () => [{ title: "Add a support · Throughcare" }];

export const loader = page("record.write", async ({ consumerId }) => ({ consumerId }));

export const action = act("record.write", async ({ db, me, consumerId, form }) => {
  const parsed = parseForm(supportForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const supportId = await addSupport(db, me, consumerId, supportOf(parsed.value));
  return done(paths.support(consumerId, supportId), "Added. They may be told nothing yet");
});

export default function NewSupport() {
  const { consumerId } = useLoaderData<typeof loader>();
  const words = useWords();
  const sending = useSending();
  const field = useFields({ language: "English" });
  return (
    <>
      <PageHead
        title={`Add a ${words.support}`}
        about="Somebody the person wants around them, or who sent them here. Adding them lets nobody tell them anything: that needs a signed consent."
      />
      <Form>
        <Stack>
          <SupportFields field={field} />
          <Group>
            <Button type="submit" loading={sending}>
              Add
            </Button>
            <LinkButton to={paths.supports(consumerId)} variant="default">
              Leave it
            </LinkButton>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
