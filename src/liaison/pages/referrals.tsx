import { Stack, Text } from "@mantine/core";
import { useLoaderData } from "react-router";
import { findColleagues } from "../../episodes/store.ts";
import { addDays } from "../../kernel/day.ts";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay } from "../../web/use-me.ts";
import { findProviderChoices } from "../provider-store.ts";
import { isOverdue, maySend, nextDay, nextStatuses, stands } from "../referral.ts";
import { findSendingsOf } from "../sending-store.ts";
import { findReferralSteps, findReferrals, findSupportNames } from "../store.ts";
import { referralAction } from "./referral-action.ts";
import { ReferralCard } from "./referral-card.tsx";
import { AddReferral } from "./referral-forms.tsx";

export const meta = () => [{ title: "Referrals · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const steps = await findReferralSteps(db, consumerId);
  const referrals = await findReferrals(db, consumerId);
  const colleagues = await findColleagues(db, consumerId);
  const sendings = await findSendingsOf(db, consumerId);
  return {
    consumerId,
    today,
    dueOn: addDays(today, 14),
    chaseOn: addDays(today, 7),
    providers: await findProviderChoices(db),
    referrals: referrals.map((referral) => ({
      ...referral,
      overdue: isOverdue(referral, today),
      nextOn: nextDay(referral),
      maySend: maySend(referral.status),
      letter: letterOf(sendings.filter(({ referral_id }) => referral_id === referral.id)),
      next: nextStatuses(referral.status),
      steps: steps.filter((step) => step.referral_id === referral.id),
    })),
    owners: colleagues.map(({ id, name }) => ({ id, name })),
    supports: await findSupportNames(db, consumerId),
  };
});

/** The last letter or slip of a referral: what it is, and whether it has left. */
function letterOf(sendings: readonly { basis: string; sent_at: Date | null }[]) {
  const last = sendings.at(-1);
  if (!last) return null;
  return { self: last.basis === "self", waits: last.sent_at === null };
}

export type ShownReferral = Awaited<ReturnType<typeof loader>>["referrals"][number];

export const action = act("record.write", referralAction);

/** Needs that others can meet, with who sees to each, who was asked and what they answered (MC A2, FC 3.1.1.4, 3.2). */
export default function Referrals() {
  const data = useLoaderData<typeof loader>();
  const { referrals } = data;
  const form = useOneForm();
  const write = useMay()("record.write");
  const add = (
    <OpenForm to={form.opens("add")} size="sm" variant="filled">
      Add a referral
    </OpenForm>
  );
  const standing = referrals.filter(({ status }) => stands(status));
  const ended = referrals.filter(({ status }) => !stands(status));
  return (
    <>
      <PageHead
        title="Referrals"
        about="Needs that were found, who sees to each, and what came of it."
        actions={
          <>
            <LinkButton to={paths.directory()} variant="default">
              Directory
            </LinkButton>
            {write && referrals.length > 0 && add}
          </>
        }
      />
      {form.isOpen("add") && (
        <Section title="A referral">
          <AddReferral {...data} />
        </Section>
      )}
      {referrals.length === 0 && !form.isOpen("add") && (
        <Empty action={write ? add : null}>No need for a referral was found yet.</Empty>
      )}
      <Stack gap="sm">
        {standing.map((referral) => (
          <ReferralCard key={referral.id} referral={referral} write={write} of={data} />
        ))}
      </Stack>
      {ended.length > 0 && (
        <Stack gap="sm" mt="lg" component="section" aria-label="No longer open">
          <Text size="sm" fw={600} c="dimmed">
            No longer open
          </Text>
          {ended.map((referral) => (
            <ReferralCard key={referral.id} referral={referral} write={write} of={data} />
          ))}
        </Stack>
      )}
    </>
  );
}
