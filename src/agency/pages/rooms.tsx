import { useLoaderData } from "react-router";
import { z } from "zod";
import {
  checkbox,
  done,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { settings } from "../agency.ts";
import { findRooms, saveRoom, setActive } from "../store.ts";
import { NamedList } from "./named-list.tsx";

export const meta = () => [{ title: "Rooms · Throughcare" }];

export const loader = page("agency.manage", async ({ db }) => ({
  rooms: (await findRooms(db)).map(({ setting, ...room }) => ({ ...room, kind: setting })),
}));

const schema = z.object({
  id: identifier().optional(),
  name: text(100),
  kind: z.enum(
    settings.map(({ value }) => value),
    "Choose one",
  ),
});

export const action = act("agency.manage", async ({ db, by, form }) => {
  if (String(form.get("intent")).startsWith("active ")) {
    const { value } = parseForm(z.object({ id: identifier(), active: checkbox }), form);
    const name = value && (await setActive(db, by, "room", value.id, value.active));
    if (!name) throw noSuchPage();
    return done(paths.rooms(), value.active ? `${name} is in use again` : `${name} is out of use`);
  }
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const { id, name, kind } = value;
  if (id && !(await findRooms(db)).some((room) => room.id === id)) throw noSuchPage();
  if (!(await saveRoom(db, by, { id, name, setting: kind }))) {
    return refuseField(form, "name", "Another room has this name already");
  }
  return done(paths.rooms(), `${name} saved`);
});

export default function Rooms() {
  const { rooms } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="Rooms"
        about="Where people meet: rooms of the agency, a video line, someone's home. Booking one records the setting."
      />
      <NamedList
        items={rooms}
        choices={settings}
        words={{
          one: "room",
          many: "Your rooms",
          kind: "Setting",
          kindHint:
            "Bulletins ask where a service was held; the setting answers for every booking.",
          empty: "No room yet. Add the first one below.",
        }}
      />
    </>
  );
}
