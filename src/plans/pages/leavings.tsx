import { Text, Title } from "@mantine/core";
import { useLoaderData } from "react-router";
import { act, page } from "../../web/guard.ts";
import { Empty, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { byNeed, isOpen } from "../leaving.ts";
import { findOpenLeavings, LEAVINGS_SHOWN } from "../leaving-store.ts";
import { leavingAction } from "./leaving-action.ts";
import { LeavingCard, Refused } from "./leaving-card.tsx";
import { viewLeavings } from "./leaving-data.ts";

export const meta = () => [{ title: "Left, and not yet contacted · Throughcare" }];

export const loader = page("record.read", async (visit) => {
  const open = byNeed((await findOpenLeavings(visit.db)).filter(isOpen));
  const shown = open.slice(0, LEAVINGS_SHOWN);
  await visit.listed([...new Set(shown.map((one) => one.consumer_id))]);
  return { ...(await viewLeavings(visit.db, visit, shown)), more: open.length - shown.length };
});

export const action = act("record.write", (visit) => leavingAction(visit, paths.leavings()));

/** Who left the team's programmes and is not yet contacted, advised or asked about naloxone. */
export default function Leavings() {
  const { leavings, more, ...open } = useLoaderData<typeof loader>();
  const write = useMay()("record.write");
  const groups = [
    { title: "Not yet reached", of: leavings.filter(({ asks }) => asks.contact) },
    {
      title: "Reached; something is still to answer",
      of: leavings.filter(({ asks }) => !asks.contact),
    },
  ].filter(({ of }) => of.length > 0);
  return (
    <div style={{ maxWidth: "60rem" }}>
      <PageHead
        title="Left, and not yet contacted"
        about="Unplanned endings first. Whoever stands here leaves the list when they were reached and both questions are answered."
      />
      <Refused />
      {leavings.length === 0 && <Empty>Nobody who left waits for a contact.</Empty>}
      {groups.map(({ title, of }) => (
        <section key={title} aria-label={title}>
          <Title order={2} mb="xs">
            {title} ({of.length})
          </Title>
          {of.map((leaving) => (
            <LeavingCard key={leaving.id} named {...{ leaving, write, ...open }} />
          ))}
        </section>
      ))}
      {more > 0 && <Text size="sm">{more} more follow as these are done.</Text>}
    </div>
  );
}
