import { Anchor, Badge, Group, Stack, Table, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { done, Form, parseForm, refuse, refuseField } from "../../web/form.tsx";
import { act, noSuchPage, page, type Visit } from "../../web/guard.ts";
import { FormButtons, OpenForm, useOneForm } from "../../web/one-form.tsx";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { sayProviderKind } from "../provider.ts";
import { editProvider, findProvider, isNamedByConsent, nameIsTaken } from "../provider-store.ts";
import { entryOf, ProviderFields, providerForm } from "./provider-fields.tsx";

export const meta = () => [{ title: "A service of the directory · Throughcare" }];

async function getProvider({ db, params }: Visit) {
  const provider = await findProvider(db, params.providerId ?? "");
  if (!provider) throw noSuchPage();
  return provider;
}

export const loader = page("directory.read", async (visit) => {
  const provider = await getProvider(visit);
  return { provider, named: await isNamedByConsent(visit.db, provider.id) };
});

export const action = act("directory.write", async (visit) => {
  const { db, form } = visit;
  const provider = await getProvider(visit);
  const parsed = parseForm(providerForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const entry = entryOf(parsed.value);
  if (entry.name !== provider.name && (await isNamedByConsent(db, provider.id))) {
    return refuseField(form, "name", "A signed consent names it: make another entry instead");
  }
  if (await nameIsTaken(db, entry.name, provider.id)) {
    return refuseField(form, "name", "There is an entry of that name already");
  }
  await editProvider(db, provider.id, entry);
  return done(paths.provider(provider.id), "Saved");
});

export default function Provider() {
  const { provider, named } = useLoaderData<typeof loader>();
  const form = useOneForm();
  const may = useMay();
  const rows: [string, React.ReactNode][] = [
    ["What they do", provider.what],
    ["When", provider.times],
    ["Where", [provider.address, provider.locality].filter(Boolean).join("\n")],
    [
      "Telephone",
      provider.phone && (
        <Anchor href={`tel:${provider.phone.replace(/[^\d+]/g, "")}`} inherit underline="always">
          {provider.phone}
        </Anchor>
      ),
    ],
    ["Email", provider.email],
  ];
  return (
    <Stack maw={760} gap={0}>
      <PageHead
        title={
          <Group gap="xs">
            {provider.name}
            {!provider.active && <Badge color="gray">Not used any more</Badge>}
          </Group>
        }
        about={provider.kinds.map(sayProviderKind).join(" · ")}
        actions={
          <>
            <LinkButton to={paths.directory()} variant="default">
              Directory
            </LinkButton>
            <LinkButton to={`${paths.directoryList()}?id=${provider.id}`} variant="default">
              Print for somebody
            </LinkButton>
            {may("directory.write") && (
              <OpenForm to={form.opens("edit")} size="sm">
                Change it
              </OpenForm>
            )}
          </>
        }
      />
      {form.isOpen("edit") ? (
        <Section title="The entry">
          <Form>
            <ProviderFields saved={provider} named={named} />
            <FormButtons>Save</FormButtons>
          </Form>
        </Section>
      ) : (
        <Section title="How to reach them">
          <Table>
            <Table.Tbody>
              {rows
                .filter(([, value]) => value)
                .map(([label, value]) => (
                  <Table.Tr key={label}>
                    <Table.Th scope="row" fw={500} w="9rem">
                      {label}
                    </Table.Th>
                    <Table.Td style={{ whiteSpace: "pre-line" }}>{value}</Table.Td>
                  </Table.Tr>
                ))}
            </Table.Tbody>
          </Table>
          <Text size="sm" mt="sm">
            {provider.open_access
              ? "Anybody may come, without a referral."
              : "They see people who are referred, or ask first."}
            {provider.women_only && " Women only."}
          </Text>
        </Section>
      )}
    </Stack>
  );
}
