import { Alert, Box, Button, Group, Paper, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { data, Link, useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { logAccess } from "../../storage/access-log.ts";
import { done, Form, parseForm, refuse, refuseField, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import {
  type ClaimState,
  claimStates,
  LINES_SHOWN,
  MOST_IN_BATCH,
  readFilter,
  readyStates,
  writeFilter,
} from "../claim.ts";
import {
  findClaimIds,
  findClaimLines,
  findClaimLinesOf,
  findFilterChoices,
  findFlags,
  findTotals,
} from "../claim-store.ts";
import { judgeDue } from "../due.ts";
import { benchOf } from "../judge.ts";
import { releaseClaims, sumOf } from "../release.ts";
import { findReady } from "../release-store.ts";
import classes from "./claims.module.css";
import { Confirm, type Review } from "./confirm.tsx";
import { Filter } from "./filter.tsx";
import { Flags } from "./flagged.tsx";
import { LineTable } from "./line-table.tsx";
import { counted, states, useMoney } from "./words.tsx";

export const meta = () => [{ title: "Ready to claim · Throughcare" }];

export const loader = page("claim.read", async ({ db, me, services, url, listed }) => {
  const { more } = await judgeDue(db, benchOf(me, services.shelf));
  const { tab, ...filter } = readFilter(url.searchParams);
  const number = readPage(url.searchParams);
  const offset = (number - 1) * LINES_SHOWN;
  const [totals, lines, flags, choices] = [
    await findTotals(db, filter),
    await findClaimLines(db, tab, filter, { offset, most: LINES_SHOWN }),
    await findFlags(db),
    await findFilterChoices(db),
  ];
  const flagged = await findClaimLinesOf(
    db,
    flags.map(({ serviceId }) => serviceId),
  );
  await listed([...new Set([...lines, ...flagged].map(({ consumerId }) => consumerId))]);
  return { tab, number, filter, totals, lines, flags, flagged, choices, more };
});

const chosen = z.object({ ids: z.array(z.uuid()).max(MOST_IN_BATCH).optional() });
const confirmed = z.object({
  ids: z.array(z.uuid(), "Choose at least one line").min(1).max(MOST_IN_BATCH),
  lines: z.coerce.number().int(),
  units: z.coerce.number().int(),
  cents: z.coerce.number().int(),
});

export const action = act("claim.release", async ({ db, me, services, form, url }) => {
  const { tab, ...filter } = readFilter(url.searchParams);
  if (form.get("intent") === "release") {
    const { value, invalid } = parseForm(confirmed, form);
    if (invalid) return refuse(invalid);
    const bench = benchOf(me, services.shelf);
    const released = await releaseClaims(db, bench, me.staffId, value.ids, value);
    if (!released.ok) return answer({ ids: released.ready, sum: released.sum, changed: true });
    const consumers = (await findClaimLinesOf(db, value.ids)).map(({ consumerId }) => consumerId);
    const consumerIds = [...new Set(consumers)];
    await logAccess(db, me, { action: "write", room: "claim.release", consumerIds });
    const { number, lines, id } = released;
    return done(paths.batch(id), `Batch ${number} released: ${counted(lines, "claim")}`);
  }
  const { value } = parseForm(chosen, form);
  const everything = form.get("intent") === "review-all";
  const wanted = everything
    ? await findClaimIds(db, tab === "reduced" ? ["reduced"] : ["payable"], filter, MOST_IN_BATCH)
    : (value?.ids ?? []);
  const ready = await findReady(db, wanted);
  if (ready.length === 0) return refuseField(form, "form", "Choose at least one line to release");
  return answer({
    ids: ready.map(({ serviceId }) => serviceId),
    sum: sumOf(ready),
    changed: ready.length < wanted.length,
  });
});

/** Shown over the list: what would be released, to be confirmed. */
function answer(review: Review) {
  return data({ review, errors: undefined, typed: undefined });
}

export default function Claims() {
  const { tab, number, filter, totals, lines, flags, more } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const review = answered && "review" in answered ? answered.review : null;
  const total = totals[tab];
  return (
    <>
      <PageHead
        title="Ready to claim"
        about="What the bulletins in force say of every service, and the money that follows. Notes are not shown here; a fact is corrected only by the signer, so ask."
        actions={
          <>
            <LinkButton to={paths.batches()} variant="default" size="xs">
              Batches
            </LinkButton>
            <LinkButton to={paths.rates()} variant="default" size="xs">
              Rates
            </LinkButton>
            <Button
              component="a"
              href={paths.claimExport() + writeFilter(filter)}
              download
              variant="default"
              size="xs"
              leftSection={<IconDownload size={14} aria-hidden />}
            >
              Export CSV
            </Button>
          </>
        }
      />
      {flags.length > 0 && <Flags />}
      {more && (
        <Alert color="blue" mb="md" title="Still judging">
          A bulletin or a credential changed, and not every service it touches is judged again yet.
          Load this page again for the rest.
        </Alert>
      )}
      {review && <Confirm key={review.ids.join()} review={review} />}
      <Filter key={JSON.stringify(filter)} />
      <Tabs />
      <Paper>
        <Text size="sm" c="dimmed" mb="xs">
          {states[tab].about}
        </Text>
        {lines.length === 0 ? (
          <Empty>
            {total
              ? "No more lines on this page."
              : `Nothing is ${states[tab].word.toLowerCase()}.`}
          </Empty>
        ) : (
          <List key={`${tab} ${number} ${JSON.stringify(filter)}`} />
        )}
        <Pager
          page={number}
          pages={Math.ceil((total?.lines ?? 0) / LINES_SHOWN)}
          to={(to) => paths.claims() + writeFilter({ ...filter, tab, page: to })}
        />
      </Paper>
    </>
  );
}

function Tabs() {
  const { tab, filter, totals } = useLoaderData<typeof loader>();
  const money = useMoney();
  return (
    <Box component="nav" aria-label="States" className={classes.tabs} mb="sm">
      {claimStates.map((state) => {
        const total = totals[state];
        const lost = state === "denied" || state === "pended";
        const cents = (lost ? total?.centsBilled : total?.centsPayable) ?? 0;
        return (
          <Link
            key={state}
            to={paths.claims() + writeFilter({ ...filter, tab: state })}
            className={classes.tab}
            aria-current={state === tab ? "page" : undefined}
            prefetch="none"
          >
            <Text size="sm" fw={600} component="span">
              {states[state].word}
            </Text>
            <Text size="xs" component="span" c="dimmed">
              {counted(total?.lines ?? 0, "line")}
              {total ? ` · ${money(cents)}${lost ? " billed" : ""}` : ""}
            </Text>
          </Link>
        );
      })}
    </Box>
  );
}

function List() {
  const { tab, lines, totals } = useLoaderData<typeof loader>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const sending = useSending();
  const money = useMoney();
  const total = totals[tab];
  const caption = total ? captionOf(tab, total, money) : "";
  if (!readyStates.includes(tab)) return <LineTable lines={lines} caption={caption} />;

  const choose = (ids: readonly string[], on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      for (const id of ids) on ? after.add(id) : after.delete(id);
      return after;
    });
  const picked = lines.filter(({ serviceId }) => chosen.has(serviceId));
  const sum = sumOfLines(picked);
  return (
    <Form>
      <LineTable lines={lines} caption={caption} selection={{ chosen, choose }} />
      <Group className={classes.bar} justify="space-between" gap="xs">
        <Text size="sm" aria-live="polite">
          {picked.length === 0
            ? "Choose the lines to release."
            : `${counted(picked.length, "line")} chosen: ${counted(sum.units, "unit")}, ${money(sum.cents)}`}
        </Text>
        <Group gap="xs">
          <Button
            type="submit"
            name="intent"
            value="review-all"
            variant="default"
            size="sm"
            loading={sending}
          >
            Release all {Math.min(total?.lines ?? 0, MOST_IN_BATCH)} …
          </Button>
          <Button type="submit" name="intent" value="review" size="sm" loading={sending}>
            Release chosen …
          </Button>
        </Group>
      </Group>
    </Form>
  );
}

function sumOfLines(lines: readonly { unitsPayable: number; centsPayable: number | null }[]) {
  return {
    units: lines.reduce((sum, { unitsPayable }) => sum + unitsPayable, 0),
    cents: lines.reduce((sum, { centsPayable }) => sum + (centsPayable ?? 0), 0),
  };
}

function captionOf(
  tab: ClaimState,
  total: {
    lines: number;
    unitsBilled: number;
    unitsPayable: number;
    centsBilled: number;
    centsPayable: number;
  },
  money: (cents: number) => string,
): string {
  const all = `${counted(total.lines, "line")} in all`;
  const billed = `${counted(total.unitsBilled, "unit")} billed, ${money(total.centsBilled)}`;
  if (tab === "denied" || tab === "pended") return `${all}: ${billed}, nothing payable`;
  const word = tab === "released" ? "claimed" : "payable";
  return `${all}: ${counted(total.unitsPayable, "unit")} ${word}, ${money(total.centsPayable)}; ${billed}`;
}
