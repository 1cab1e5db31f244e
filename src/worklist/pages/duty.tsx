import {
  Badge,
  Button,
  Group,
  NativeSelect,
  NumberInput,
  Paper,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import { parseTime } from "../../kernel/time.ts";
import {
  day,
  done,
  Form,
  identifier,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { addShifts, findClinicians, findShifts, removeShift } from "../duty-store.ts";

export const meta = () => [{ title: "Duty · Throughcare" }];

export const loader = page("duty.manage", async ({ db, today }) => ({
  today,
  shifts: await findShifts(db, { from: addDays(today, -1), to: addDays(today, 42) }),
  staff: await findClinicians(db),
}));

const time = z.string("Give a time").refine((typed) => parseTime(typed) !== null, "Give a time");
const shift = z.object({
  staff: identifier("Choose a clinician"),
  from: day(),
  days: z.coerce.number("How many days?").int().min(1, "At least one").max(60, "At most 60"),
  starts: time,
  ends: time,
  reached_on: optionalText(100),
});

export const action = act("duty.manage", async ({ db, by, form }) => {
  if (form.get("intent") === "remove") {
    const parsed = parseForm(z.object({ shift: identifier() }), form);
    if (parsed.invalid) return refuse(parsed.invalid);
    await removeShift(db, parsed.value.shift);
    return done(paths.duty(), "Taken off the rota");
  }
  const parsed = parseForm(shift, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { staff, reached_on, ...when } = parsed.value;
  if (!(await findClinicians(db)).some(({ id }) => id === staff)) {
    return refuseField(form, "staff", "Choose a clinician");
  }
  await addShifts(db, by, { staffId: staff, reachedOn: reached_on ?? null, ...when });
  return done(paths.duty(), when.days === 1 ? "On the rota" : `${when.days} days on the rota`);
});

export default function Duty() {
  const { today, shifts, staff } = useLoaderData<typeof loader>();
  const dates = useDates();
  const field = useFields({ from: today, days: "1", starts: "09:00", ends: "17:00" }, "add");
  const sending = useSending();
  const onDuty = shifts.filter((one) => one.now).map((one) => one.staff);
  return (
    <>
      <PageHead
        title="Duty"
        about="Who is alerted at once when somebody who comes back may be in danger. While nobody is on the rota, every clinician is."
        actions={
          <Badge color={onDuty.length ? "tide" : "orange"} c="var(--mantine-color-text)">
            {onDuty.length ? `Now: ${onDuty.join(", ")}` : "Now: nobody, so every clinician"}
          </Badge>
        }
      />
      <Paper mb="md">
        <Form intent="add">
          <Group align="flex-start" gap="sm">
            <NativeSelect
              label="Clinician"
              data={[
                { value: "", label: "Choose" },
                ...staff.map(({ id, name, title }) => ({
                  value: id,
                  label: title ? `${name}, ${title}` : name,
                })),
              ]}
              style={{ flex: "1 1 14rem" }}
              {...field("staff")}
            />
            <TextInput label="From day" type="date" {...field("from")} />
            <NumberInput label="Days" min={1} max={60} w={90} {...field("days")} />
            <TextInput label="Starts" type="time" {...field("starts")} />
            <TextInput label="Ends" type="time" {...field("ends")} />
            <TextInput
              label="Reached on"
              placeholder="Number or room"
              autoComplete="off"
              w={{ base: "100%", xs: 160 }}
              {...field("reached_on")}
            />
            <Button type="submit" loading={sending} mt={{ base: 0, xs: 25 }}>
              Add
            </Button>
          </Group>
          <Text size="xs" c="dimmed" mt={6}>
            Hours that end no later than they begin end on the next morning.
          </Text>
        </Form>
      </Paper>
      <Section title="Rota">
        {shifts.length === 0 && <Empty>Nobody is on the rota: every clinician is alerted.</Empty>}
        {shifts.length > 0 && (
          <Table.ScrollContainer minWidth={460}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Day</Table.Th>
                  <Table.Th>Hours</Table.Th>
                  <Table.Th>On duty</Table.Th>
                  <Table.Th />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shifts.map((one) => (
                  <Table.Tr key={one.id} {...(one.over ? { c: "dimmed" } : {})}>
                    <Table.Td>{dates.weekday(one.day)}</Table.Td>
                    <Table.Td>
                      {dates.time(one.starts)}–{dates.time(one.ends)}
                      {one.last_day !== one.day && " the next day"}
                    </Table.Td>
                    <Table.Td>
                      {one.staff}
                      {one.reached_on && ` · ${one.reached_on}`}{" "}
                      {one.now && (
                        <Badge color="tide" c="var(--mantine-color-text)">
                          now
                        </Badge>
                      )}
                    </Table.Td>
                    <Table.Td ta="right">
                      {!one.over && (
                        <Form intent="remove">
                          <input type="hidden" name="shift" value={one.id} />
                          <Button
                            type="submit"
                            variant="subtle"
                            size="compact-sm"
                            color="gray"
                            aria-label={`Take off: ${one.staff}, ${dates.weekday(one.day)}`}
                          >
                            Take off
                          </Button>
                        </Form>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Section>
    </>
  );
}
