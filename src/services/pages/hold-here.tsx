import {
  Alert,
  Anchor,
  Badge,
  Box,
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import type { Draft } from "../conference-draft.ts";
import { type Around, Part, type Part as PartProps } from "./hold-parts.tsx";

type Here = Draft["here"];
type Support = Here["supports"][number];

/** Who came. A natural support is checked in by a consent that answers now, asked of the server. */
export function HoldHere(
  props: PartProps & { expected: readonly string[]; leadId: string; conferenceId: string },
) {
  const { draft, change, called, people, colleagues, consumerId, expected } = props;
  const words = useWords();
  const { here } = draft;
  const set = (part: Partial<Here>, now = false) => change("here", { ...here, ...part }, now);
  const rows = [
    ...expected.filter((id) => !here.supports.some((one) => one.id === id)),
    ...here.supports.map(({ id }) => id),
  ];
  const others = people.filter(({ id, ended }) => !ended && !rows.includes(id));
  const setSupport = (support: Support) => {
    const known = here.supports.some(({ id }) => id === support.id);
    const supports = known
      ? here.supports.map((one) => (one.id === support.id ? support : one))
      : [...here.supports, support];
    set({ supports }, support.came === "yes");
  };
  return (
    <Part id="here" number={2} title="Who is here">
      <Stack gap="md">
        <Radio.Group
          label={called}
          description={`The ${words.consumer}`}
          value={here.consumer}
          onChange={(value) => set({ consumer: value as "yes" | "no" })}
        >
          <Group mt={6}>
            <Radio value="yes" label="Here" />
            <Radio value="no" label="Not here" />
          </Group>
        </Radio.Group>
        {here.consumer === "no" && (
          <Alert color="gray" title={`Without ${called} nothing is told`}>
            Listen to whoever came, and say nothing about {called}. If only family came, record it
            as that on the{" "}
            <Anchor
              underline="always"
              component={Link}
              to={paths.conference(consumerId, props.conferenceId)}
            >
              conference's page
            </Anchor>
            .
          </Alert>
        )}
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {rows.map((id) => {
            const person = people.find((one) => one.id === id);
            if (!person) return null;
            const support = here.supports.find((one) => one.id === id) ?? empty(id);
            return (
              <SupportRow
                key={id}
                turnedAway={props.turnedAway}
                consumerId={consumerId}
                person={person}
                support={support}
                expected={expected.includes(id)}
                onChange={setSupport}
              />
            );
          })}
        </Stack>
        {others.length > 0 && (
          <NativeSelect
            label="Somebody else came"
            description="Who is on the record"
            maw={320}
            value=""
            onChange={(event) => {
              if (event.currentTarget.value) setSupport(empty(event.currentTarget.value));
            }}
          >
            <option value="">Choose…</option>
            {others.map(({ id, name, relation }) => (
              <option key={id} value={id}>
                {name}, {relation}
              </option>
            ))}
          </NativeSelect>
        )}
        <Text size="sm" c="dimmed">
          Somebody who is not on the record stays out until{" "}
          <Anchor underline="always" component={Link} to={paths.newSupport(consumerId)}>
            they are added
          </Anchor>{" "}
          and a consent names them. This page keeps what is typed.
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label="Children in the room"
            description="They do not count as supports"
            min={0}
            max={40}
            value={here.children}
            onChange={(value) => set({ children: Number(value) || 0 })}
          />
          <TextInput
            label="Their first names"
            description="If wanted, with commas between"
            maxLength={400}
            disabled={here.children === 0}
            value={here.childrenNames}
            onChange={(event) => set({ childrenNames: event.currentTarget.value })}
          />
        </SimpleGrid>
        <Group align="flex-end">
          <Checkbox
            label="An interpreter is here"
            checked={here.interpreter}
            onChange={(event) => set({ interpreter: event.currentTarget.checked })}
            mb={8}
          />
          {here.interpreter && (
            <TextInput
              label="Interpreter's name"
              maxLength={200}
              value={here.interpreterName}
              onChange={(event) => set({ interpreterName: event.currentTarget.value })}
            />
          )}
        </Group>
        <MultiSelect
          label="Colleagues besides the lead"
          data={colleagues
            .filter(({ id }) => id !== props.leadId)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={here.staff}
          onChange={(staff) => set({ staff })}
          clearable
          hidePickedOptions
        />
      </Stack>
    </Part>
  );
}

function SupportRow({
  person,
  support,
  expected,
  onChange,
  turnedAway,
  consumerId,
}: Pick<PartProps, "turnedAway" | "consumerId"> & {
  person: Around;
  support: Support;
  expected: boolean;
  onChange: (support: Support) => void;
}) {
  const refused = turnedAway.find(({ id }) => id === person.id);
  const away = refused && support.came !== "yes" && support.came !== "no";
  return (
    <Box
      component="li"
      p="sm"
      style={{
        border: "1px solid var(--mantine-color-default-border)",
        borderRadius: "var(--mantine-radius-sm)",
      }}
    >
      <Radio.Group
        label={
          <Group gap="xs" component="span">
            <span>
              {person.name}, {person.relation}
            </span>
            {!expected && <Badge color="gray">Not expected</Badge>}
          </Group>
        }
        value={support.came}
        onChange={(came) => onChange({ ...support, came: came as Support["came"] })}
      >
        <Group mt={6} gap="md">
          <Radio value="yes" label="Check in" />
          <Radio value="listening" label="Only listened to" />
          <Radio value="no" label="Did not come" />
        </Group>
      </Radio.Group>
      {support.came === "yes" && (
        <Checkbox
          mt="sm"
          label="Joins by phone or video"
          checked={support.remote}
          onChange={(event) => onChange({ ...support, remote: event.currentTarget.checked })}
        />
      )}
      {away && (
        <Alert color="orange" mt="sm" title="Not checked in" role="alert">
          <Text size="sm">
            {refused.reason} {refused.arrange}
          </Text>
          {refused.mayListen && (
            <Group mt="xs" gap="xs">
              <Button
                component={Link}
                to={paths.newConsent(consumerId, person.id)}
                size="xs"
                variant="default"
              >
                Record a consent
              </Button>
              {support.came !== "listening" && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => onChange({ ...support, came: "listening" })}
                >
                  Listen only: they stay out
                </Button>
              )}
            </Group>
          )}
        </Alert>
      )}
      {support.came === "listening" && (
        <Textarea
          mt="sm"
          label="What they said"
          description="Staff listen and tell nothing. It is kept as a contact, apart from the conference."
          autosize
          minRows={2}
          maxLength={2000}
          value={support.heard}
          onChange={(event) => onChange({ ...support, heard: event.currentTarget.value })}
        />
      )}
    </Box>
  );
}

function empty(id: string): Support {
  return { id, came: null, remote: false, heard: "" };
}
