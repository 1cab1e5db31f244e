import { Button, Group, NumberInput, Text, TextInput } from "@mantine/core";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import type { AuditData } from "./audit-run.tsx";

/** Asks for a sample to be looked at by hand; it comes as a file. */
export function AuditSample({ data: { run, kept, clauses } }: { data: AuditData }) {
  const found = clauses.filter(({ breached, unknown }) => breached + unknown > 0).length;
  return (
    <Section title="Sample for review by hand">
      <Text size="sm" mb="sm" maw="44rem">
        Drawn from every clause by its share, and from each at least one as long as there is room:
        here {found} {found === 1 ? "clause has" : "clauses have"} findings. The same seed draws the
        same sample again, so somebody else can check it. The file names the record, the clause, and
        what the rule says, with room for what you find.
      </Text>
      <form method="get" action={paths.auditFile(run.id)}>
        <input type="hidden" name="what" value="sample" />
        <Group align="flex-end" gap="sm">
          <NumberInput
            label="Findings"
            name="size"
            min={1}
            max={2000}
            defaultValue={Math.min(30, kept)}
            allowDecimal={false}
            w="7rem"
          />
          <TextInput label="Seed" name="seed" defaultValue={run.id.slice(-8)} w="10rem" />
          <Button type="submit" variant="light">
            Draw the sample (CSV)
          </Button>
        </Group>
      </form>
    </Section>
  );
}
