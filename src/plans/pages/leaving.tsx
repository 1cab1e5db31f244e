import { useLoaderData } from "react-router";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay, useWords } from "../../web/use-me.ts";
import { findLeavings } from "../leaving-store.ts";
import { leavingAction } from "./leaving-action.ts";
import { LeavingCard, Refused } from "./leaving-card.tsx";
import { viewLeavings } from "./leaving-data.ts";

export const meta = () => [{ title: "Leaving · Throughcare" }];

export const loader = page("record.read", async (visit) => ({
  consumerId: visit.consumerId,
  ...(await viewLeavings(visit.db, visit, await findLeavings(visit.db, visit.consumerId))),
}));

export const action = act("record.write", (visit) =>
  leavingAction(visit, paths.leaving(visit.consumerId)),
);

/** Every ending of one person, and what was done about it. */
export default function Leaving() {
  const { consumerId, leavings, ...more } = useLoaderData<typeof loader>();
  const write = useMay()("record.write");
  const words = useWords();
  return (
    <>
      <PageHead
        title="Leaving"
        about={`Every ending, planned or not. Overdose advice, naloxone and a contact within 48 hours stay asked for until they are answered; the ${words.consumer} may decline each.`}
        actions={
          <LinkButton to={paths.aftercare(consumerId)} variant="default" size="sm">
            Aftercare plan
          </LinkButton>
        }
      />
      <Refused />
      {leavings.length === 0 && (
        <Empty>
          Nothing has ended yet. An episode that closes or a stay that ends stands here.
        </Empty>
      )}
      {leavings.map((leaving) => (
        <LeavingCard key={leaving.id} {...{ leaving, write, ...more }} />
      ))}
    </>
  );
}
