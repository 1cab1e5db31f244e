import { Button, Group } from "@mantine/core";
import { Form } from "react-router";
import { ProviderSelect } from "../../liaison/pages/provider-select.tsx";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";

type Choice = { id: string; name: string; kinds: string[]; locality: string | null };

/** A consent names one recipient: first, which service of the directory. */
export function ChooseService({ providers }: { providers: Choice[] }) {
  return (
    <>
      <PageHead
        title="Consent to tell a service"
        about="A consent names one service of the directory, and what it may be told."
      />
      <Section title="Which one?">
        <Form method="get">
          <Group align="flex-end" gap="sm">
            <ProviderSelect
              name="provider"
              label="From the directory"
              providers={providers}
              kind={null}
              style={{ flex: "0 1 24rem" }}
            />
            <Button type="submit">Go on</Button>
            <LinkButton to={paths.directory()} variant="subtle">
              Look in the directory
            </LinkButton>
          </Group>
        </Form>
      </Section>
    </>
  );
}
