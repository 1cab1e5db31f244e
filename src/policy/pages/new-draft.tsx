import { Anchor, Button, NativeSelect, Stack, TextInput } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { jurisdictionName } from "../../agency/agency.ts";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import type { Shelved } from "../shelf.ts";
import { addDraft } from "./draft-store.ts";

export const meta = () => [{ title: "New draft · Throughcare" }];

const keyOf = ({ bulletin }: Shelved) => `${bulletin.jurisdiction}/${bulletin.number}`;

export const loader = page("draft.write", async ({ me, services, url }) => {
  const asked = url.searchParams.get("from");
  const first =
    services.shelf.find(({ bulletin }) => bulletin.number === asked) ??
    services.shelf.find(({ bulletin }) => bulletin.jurisdiction === me.agency.jurisdiction) ??
    services.shelf[0];
  return {
    bulletins: services.shelf.map((one) => ({
      value: keyOf(one),
      label: `${one.bulletin.title}, ${one.bulletin.number} (${jurisdictionName(one.bulletin.jurisdiction)})`,
    })),
    from: first ? keyOf(first) : "",
    title: first ? `${first.bulletin.title}, revised` : "",
  };
});

const schema = z.object({ title: text(), from: text() });

export const action = act("draft.write", async ({ db, by, services, form }) => {
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const shelved = services.shelf.find((one) => keyOf(one) === value.from);
  if (!shelved) return refuseField(form, "from", "Choose a bulletin");
  const { jurisdiction, number } = shelved.bulletin;
  const against = { jurisdiction, number };
  const id = await addDraft(db, by, { title: value.title, against, yaml: shelved.text });
  return done(paths.draft(id), "Draft begun");
});

export default function NewDraft() {
  const { bulletins, from, title } = useLoaderData<typeof loader>();
  const field = useFields({ from, title });
  return (
    <>
      <Anchor component={Link} to={paths.drafts()} size="sm">
        All drafts
      </Anchor>
      <PageHead
        title="New draft"
        about="It begins with the text of a bulletin, and is compared with it from then on."
      />
      <Section title="Begin">
        <Form>
          <Stack gap="sm" maw="34rem">
            <NativeSelect label="From the bulletin" {...field("from")} data={bulletins} />
            <TextInput label="What you call the draft" {...field("title")} />
            <div>
              <Button type="submit" loading={useSending()}>
                Begin the draft
              </Button>
            </div>
          </Stack>
        </Form>
      </Section>
    </>
  );
}
