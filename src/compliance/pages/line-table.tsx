import { Anchor, Badge, Box, Checkbox, Group, Table, Text } from "@mantine/core";
import { IconMessageQuestion } from "@tabler/icons-react";
import { Link } from "react-router";
import { fullName } from "../../people/consumer.ts";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { notReadyBecause } from "../claim.ts";
import type { ClaimLine } from "../claim-store.ts";
import { serviceName } from "../service-name.ts";
import { useExplained, useMoney, waiting } from "./words.tsx";

/** Which lines are ticked, where lines can be. */
export type Selection = {
  chosen: ReadonlySet<string>;
  choose: (ids: readonly string[], on: boolean) => void;
};

/** Claims of one state, one row each; the whole table scrolls where the screen is narrow. */
export function LineTable({
  lines,
  selection,
  caption,
}: {
  lines: readonly ClaimLine[];
  selection?: Selection | undefined;
  caption: string;
}) {
  const words = useWords();
  const ids = lines.map(({ serviceId }) => serviceId);
  const all = selection && ids.length > 0 && ids.every((id) => selection.chosen.has(id));
  const some = selection && !all && ids.some((id) => selection.chosen.has(id));
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table captionSide="top" striped={false}>
        <Table.Caption style={{ textAlign: "start" }}>{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th w={40}>
                <Checkbox
                  aria-label="All on this page"
                  checked={all ?? false}
                  indeterminate={some ?? false}
                  onChange={(event) => selection.choose(ids, event.currentTarget.checked)}
                />
              </Table.Th>
            )}
            <Table.Th>{capital(words.consumer)}</Table.Th>
            <Table.Th>Service</Table.Th>
            <Table.Th ta="right">Units</Table.Th>
            <Table.Th ta="right">Amount</Table.Th>
            <Table.Th w="36%">Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Row key={line.serviceId} line={line} selection={selection} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ line, selection }: { line: ClaimLine; selection?: Selection | undefined }) {
  const dates = useDates();
  const name = fullName(line.consumer);
  return (
    <Table.Tr style={{ verticalAlign: "top" }}>
      {selection && (
        <Table.Td>
          <Checkbox
            name="ids[]"
            value={line.serviceId}
            aria-label={`${name}, ${dates.day(line.day)}`}
            checked={selection.chosen.has(line.serviceId)}
            onChange={(event) => selection.choose([line.serviceId], event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        <Anchor component={Link} to={paths.claim(line.serviceId)} fw={500}>
          {name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {line.consumer.number} · {dates.born(line.consumer)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" style={{ whiteSpace: "nowrap" }}>
          {dates.day(line.day)}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {[serviceName(line.service), line.performer].filter(Boolean).join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        <Units line={line} />
      </Table.Td>
      <Table.Td ta="right" style={{ whiteSpace: "nowrap" }}>
        <Amount line={line} />
      </Table.Td>
      <Table.Td>
        <Why line={line} />
      </Table.Td>
    </Table.Tr>
  );
}

function Units({ line }: { line: ClaimLine }) {
  const units = line.claim?.units ?? line.unitsPayable;
  return (
    <>
      <Text size="sm" fw={600}>
        {units}
      </Text>
      {units !== line.unitsBilled && (
        <Text size="xs" c="dimmed">
          of {line.unitsBilled} billed
        </Text>
      )}
    </>
  );
}

function Amount({ line }: { line: ClaimLine }) {
  const money = useMoney();
  const cents = line.claim?.cents ?? line.centsPayable;
  if (cents === null) {
    return (
      <Text size="sm" c="dimmed">
        No rate
      </Text>
    );
  }
  return (
    <>
      <Text size="sm" fw={600}>
        {money(cents)}
      </Text>
      {line.centsBilled !== null && cents !== line.centsBilled && (
        <Text size="xs" c="dimmed">
          of {money(line.centsBilled)} billed
        </Text>
      )}
    </>
  );
}

function Why({ line }: { line: ClaimLine }) {
  const explained = useExplained();
  const because = line.state === "not-ready" ? notReadyBecause(line) : [];
  const correction = line.state !== "not-ready" && line.awaitsCorrection;
  return (
    <Box>
      {because.map((why) => (
        <Text size="sm" key={why}>
          {waiting[why]}
        </Text>
      ))}
      {line.voided && <Text size="sm">The service was voided after its release.</Text>}
      {line.reason ? (
        <Text size="sm">
          <Text span fw={600}>
            Clause {line.reason.clause}
          </Text>{" "}
          {explained(line.reason.explanation)}
        </Text>
      ) : (
        because.length === 0 &&
        !line.voided && (
          <Text size="sm" c="dimmed">
            Every clause is met
          </Text>
        )
      )}
      {(line.asked > 0 || line.answered > 0 || correction) && (
        <Group gap={6} mt={4}>
          {line.asked > 0 && (
            <Badge color="blue" leftSection={<IconMessageQuestion size={13} aria-hidden />}>
              Question waits for the signer
            </Badge>
          )}
          {line.answered > 0 && line.asked === 0 && <Badge color="teal">Question answered</Badge>}
          {correction && <Badge color="orange">{waiting.correction}</Badge>}
        </Group>
      )}
    </Box>
  );
}
