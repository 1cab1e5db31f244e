import { Alert, Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import { IconCalendarX } from "@tabler/icons-react";
import { type RefObject, useRef } from "react";
import type { Day } from "../../kernel/day.ts";
import { minutesBetween, parseEndTime, parseTime } from "../../kernel/time.ts";
import type { useFields } from "../../web/form.tsx";
import { useDates } from "../../web/use-me.ts";
import { type Clash, minutesLater, USUAL_MINUTES } from "../appointment.ts";
import { type Credential, heldOn } from "../conference-plan.ts";
import type { LeadChoice, RoomChoice, StaffChoice } from "../schedule-store.ts";
import type { Setting } from "../service.ts";

const settingWords: Record<Setting, string> = {
  office: "office",
  home: "at home",
  community: "in the community",
  residential: "residential unit",
  telehealth: "video",
  telephone: "telephone",
  other: "another place",
};

type Field = ReturnType<typeof useFields>;

/** Date, start and end. The end goes with the start, until it is set by itself. */
export function WhenFields({ field }: { field: Field }) {
  const start = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLInputElement>(null);
  const length = useLength(start, end, field);
  return (
    <Group align="flex-start" gap="sm">
      <TextInput
        label="Date"
        type="date"
        required
        {...field("day")}
        style={{ flex: "2 1 10rem" }}
      />
      <Group grow align="flex-start" gap="sm" wrap="nowrap" style={{ flex: "3 1 15rem" }}>
        <TextInput
          label="Starts"
          type="time"
          required
          {...field("starts")}
          ref={start}
          onChange={length.startMoved}
        />
        <TextInput
          label="Ends"
          type="time"
          required
          {...field("ends")}
          ref={end}
          onChange={length.endMoved}
        />
      </Group>
    </Group>
  );
}

/** Keeps a meeting as long as it was when its start is moved. */
function useLength(
  start: RefObject<HTMLInputElement | null>,
  end: RefObject<HTMLInputElement | null>,
  field: Field,
) {
  const measure = (starts: string | undefined, ends: string | undefined) => {
    const from = parseTime(starts ?? "");
    const to = parseEndTime(ends ?? "");
    return from && to && from < to ? minutesBetween(from, to) : null;
  };
  const minutes = useRef(measure(field("starts").defaultValue, field("ends").defaultValue));
  return {
    startMoved: () => {
      const from = parseTime(start.current?.value ?? "");
      if (from && end.current) {
        end.current.value = minutesLater(from, minutes.current ?? USUAL_MINUTES);
      }
    },
    endMoved: () => {
      minutes.current = measure(start.current?.value, end.current?.value);
    },
  };
}

/** The room; it carries its setting, so that nobody has to say whether it is an office. */
export function RoomField({ field, rooms }: { field: Field; rooms: readonly RoomChoice[] }) {
  return (
    <NativeSelect
      label="Room"
      required
      {...field("room")}
      data={[
        { value: "", label: "Choose a room" },
        ...rooms.map(({ id, name, setting }) => ({
          value: id,
          label: `${name} · ${settingWords[setting]}`,
        })),
      ]}
    />
  );
}

/** Who leads it, with the qualification that is held on that day. */
export function LeadField({
  field,
  leads,
  day,
}: {
  field: Field;
  leads: readonly LeadChoice[];
  day: Day | null;
}) {
  const dates = useDates();
  const says = ({ credentials }: { credentials: readonly Credential[] }) => {
    if (day === null) return "";
    const held = heldOn(credentials, day);
    if (held.length > 0) return ` · ${held.map(({ name }) => name).join(", ")}`;
    const last = credentials.findLast(({ to }) => to !== null && to < day)?.to;
    return last ? ` · no qualification held then (until ${dates.day(last)})` : " · none held then";
  };
  return (
    <NativeSelect
      label="Lead"
      description="With the qualification held on that day"
      required
      {...field("lead")}
      data={[
        { value: "", label: "Choose who leads it" },
        ...leads.map((lead) => ({ value: lead.id, label: lead.name + says(lead) })),
      ]}
    />
  );
}

/**
 * Who is booked, where nothing of qualifications is anybody's business. With `sighted`, those who can
 * open the person's record come first.
 */
export function StaffField({
  field,
  staff,
  sighted,
}: {
  field: Field;
  staff: readonly StaffChoice[];
  sighted?: readonly string[];
}) {
  const choice = ({ id, name }: StaffChoice) => ({ value: id, label: name });
  const sees = ({ id }: StaffChoice) => sighted === undefined || sighted.includes(id);
  const others = staff.filter((one) => !sees(one));
  return (
    <NativeSelect
      label="With"
      required
      {...field("lead")}
      data={[
        { value: "", label: "Choose a colleague" },
        ...staff.filter(sees).map(choice),
        ...(others.length > 0
          ? [{ group: "Cannot open this person's record", items: others.map(choice) }]
          : []),
      ]}
    />
  );
}

/** A double booking: said plainly, and accepted with a click. */
export function ClashWarning({ clashes, error }: { clashes: readonly Clash[]; error?: boolean }) {
  const dates = useDates();
  if (clashes.length === 0 && !error) return null;
  const what = (["room", "staff"] as const)
    .filter((each) => clashes.some((clash) => clash.what === each))
    .map((each) => (each === "room" ? "the room" : "the lead"));
  const hours = [
    ...new Set(clashes.map((one) => `${dates.time(one.starts)} – ${dates.time(one.ends)}`)),
  ];
  return (
    <Alert
      color="orange"
      icon={<IconCalendarX aria-hidden />}
      title={what.length > 0 ? `Taken: ${what.join(" and ")}` : "Double booking"}
      role="status"
      tabIndex={-1}
      data-error={error || undefined}
    >
      {hours.length > 0 && `At ${hours.join(" and ")} there is another booking. `}
      <Checkbox mt={6} name="accept" label="Book it all the same" />
    </Alert>
  );
}
