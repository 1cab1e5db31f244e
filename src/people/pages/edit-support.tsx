import { Button, Group, Stack } from "@mantine/core";
import { useLoaderData } from "react-router";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { editSupport, findSupport, isNamedInConsent } from "../support-store.ts";
import { SupportFields, supportForm, supportOf } from "./support-fields.tsx";

export const meta = () => [{ title: "Change a support · Throughcare" }];

export const loader = page("record.write", async (visit) => ({ support: await getSupport(visit) }));

export const action = act("record.write", async (visit) => {
  const { db, consumerId, form } = visit;
  const support = await getSupport(visit);
  const parsed = parseForm(supportForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const details = supportOf(parsed.value);
  const changed = (["name", "organisation"] as const).find(
    (part) => (details[part] ?? "") !== (support[part] ?? ""),
  );
  if (changed && (await isNamedInConsent(db, consumerId, support.id))) {
    return refuseField(
      form,
      changed,
      "A signed consent names them so. For somebody else add another support; for a new name revoke the consent and ask for a new one",
    );
  }
  await editSupport(db, consumerId, support.id, details);
  return done(paths.support(consumerId, support.id), "Saved");
});

async function getSupport({ db, consumerId, params }: Visit) {
  const support = await findSupport(db, consumerId, params.supportId ?? "");
  if (!support) throw noSuchPage();
  return support;
}

export default function EditSupport() {
  const { support } = useLoaderData<typeof loader>();
  const sending = useSending();
  const field = useFields({
    ...support,
    interpreter: support.interpreter ? "on" : "",
    criminal_justice: support.criminal_justice ? "on" : "",
    created_at: null,
  });
  return (
    <>
      <PageHead title={`Change ${support.name}`} />
      <Form>
        <Stack>
          <SupportFields field={field} known />
          <Group>
            <Button type="submit" loading={sending}>
              Save
            </Button>
            <LinkButton to={paths.support(support.consumer_id, support.id)} variant="default">
              Leave it as it was
            </LinkButton>
          </Group>
        </Stack>
      </Form>
    </>
  );
}
