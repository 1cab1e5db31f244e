import { Badge, Button, Group, NativeSelect, Stack, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form, useFields, useSending } from "../../web/form.tsx";
import { Empty, Section } from "../../web/parts.tsx";

type Item = { id: string; name: string; kind: string; active: boolean };
type Choice = { value: string; label: string };

/** Programs and rooms alike: a name and a kind each, added, changed, taken out of use. */
export function NamedList({
  items,
  choices,
  words,
}: {
  items: readonly Item[];
  choices: readonly Choice[];
  words: { one: string; many: string; kind: string; kindHint: string; empty: string };
}) {
  const [editing, setEditing] = useState<string | null>(null);
  const labelOf = (kind: string) => choices.find(({ value }) => value === kind)?.label ?? kind;
  return (
    <>
      <Section title={words.many}>
        {items.length === 0 ? (
          <Empty>{words.empty}</Empty>
        ) : (
          <Table.ScrollContainer minWidth={480}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>{words.kind}</Table.Th>
                  <Table.Th>In use</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((item) =>
                  editing === item.id ? (
                    <Table.Tr key={item.id}>
                      <Table.Td colSpan={4}>
                        <Fields item={item} choices={choices} words={words} />
                      </Table.Td>
                    </Table.Tr>
                  ) : (
                    <Table.Tr key={item.id}>
                      <Table.Td>{item.name}</Table.Td>
                      <Table.Td>{labelOf(item.kind)}</Table.Td>
                      <Table.Td>
                        {item.active ? "Yes" : <Badge color="gray">Out of use</Badge>}
                      </Table.Td>
                      <Table.Td>
                        <Group gap={4} justify="flex-end" wrap="nowrap">
                          <Button
                            size="compact-sm"
                            variant="subtle"
                            onClick={() => setEditing(item.id)}
                            aria-label={`Change ${item.name}`}
                          >
                            Change
                          </Button>
                          <Form intent={`active ${item.id}`}>
                            <input type="hidden" name="id" value={item.id} />
                            <input type="hidden" name="active" value={item.active ? "" : "on"} />
                            <Button
                              type="submit"
                              size="compact-sm"
                              variant="subtle"
                              color="gray"
                              aria-label={
                                item.active
                                  ? `Take out of use: ${item.name}`
                                  : `Use again: ${item.name}`
                              }
                            >
                              {item.active ? "Take out of use" : "Use again"}
                            </Button>
                          </Form>
                        </Group>
                      </Table.Td>
                    </Table.Tr>
                  ),
                )}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Section>
      <Section title={`Add a ${words.one}`}>
        {/* Empty again after each, ready for the next. */}
        <Fields key={items.length} choices={choices} words={words} />
        <Text size="sm" c="dimmed" mt="sm">
          Nothing is deleted: what is out of use stays on the records it was used in, and can be
          used again.
        </Text>
      </Section>
    </>
  );
}

function Fields({
  item,
  choices,
  words,
}: {
  item?: Item;
  choices: readonly Choice[];
  words: { one: string; kind: string; kindHint: string };
}) {
  const intent = `save ${item?.id ?? "new"}`;
  const field = useFields(
    { name: item?.name ?? "", kind: item?.kind ?? choices[0]?.value ?? "" },
    intent,
  );
  const sending = useSending();
  const known = choices.some(({ value }) => value === item?.kind) || !item;
  const all = known ? choices : [{ value: item.kind, label: item.kind }, ...choices];
  return (
    <Form intent={intent}>
      {item && <input type="hidden" name="id" value={item.id} />}
      <Stack gap="sm">
        <Group align="flex-start" gap="sm">
          <TextInput label="Name" flex="1 1 14rem" {...field("name")} />
          <NativeSelect label={words.kind} data={[...all]} flex="1 1 14rem" {...field("kind")} />
        </Group>
        <Text size="sm" c="dimmed">
          {words.kindHint}
        </Text>
        <Group>
          <Button type="submit" variant={item ? "filled" : "light"} loading={sending}>
            {item ? "Save" : `Add the ${words.one}`}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
