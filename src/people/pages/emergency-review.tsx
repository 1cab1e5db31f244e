import { Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { useActionData, useLoaderData } from "react-router";
import { z } from "zod";
import { done, Form, parseForm, refuse, refuseField, text, useSending } from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Pager, readPage } from "../../web/pager.tsx";
import { Empty, LinkButton, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useWords } from "../../web/use-me.ts";
import { findOpenings, reviewOpening } from "../emergency-store.ts";
import { Facts } from "./facts.tsx";
import { Whose } from "./whose.tsx";

export const meta = () => [{ title: "Review of emergency access · Throughcare" }];

const PAGE = 20;

export const loader = page("emergency.review", async ({ db, url, listed }) => {
  const reviewed = url.searchParams.get("show") === "reviewed";
  const at = readPage(url.searchParams);
  const rows = await findOpenings(db, { reviewed, skip: (at - 1) * PAGE, most: PAGE });
  await listed([...new Set(rows.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  const pages = Math.max(1, Math.ceil((rows[0]?.total ?? 0) / PAGE));
  return { rows, reviewed, page: at, pages };
});

const reviewForm = z.object({ id: z.uuid(), review: text(1000) });

export const action = act("emergency.review", async ({ db, me, form }) => {
  const parsed = parseForm(reviewForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  if (!(await reviewOpening(db, me, parsed.value))) {
    return refuseField(
      form,
      "form",
      "It was reviewed meanwhile, or is your own to leave to others",
    );
  }
  return done(paths.emergencyReview(), "Reviewed");
});

export default function EmergencyReview() {
  const { rows, reviewed, page: at, pages } = useLoaderData<typeof loader>();
  const words = useWords();
  const to = (show: string, page = 1) => `${paths.emergencyReview()}?show=${show}&page=${page}`;
  return (
    <>
      <PageHead
        title="Review of emergency access"
        about={`Who opened a record outside their ${words.programs}, and why. Talk with them where the reason does not explain it.`}
        actions={
          <LinkButton to={to(reviewed ? "waiting" : "reviewed")} variant="default">
            {reviewed ? "Show what waits" : "Show reviewed"}
          </LinkButton>
        }
      />
      {rows.length === 0 && (
        <Empty>{reviewed ? "Nothing was reviewed yet." : "Nothing waits for review."}</Empty>
      )}
      <Stack>
        {rows.map((row) => (
          <Opening key={row.id} row={row} />
        ))}
      </Stack>
      <Pager page={at} pages={pages} to={(page) => to(reviewed ? "reviewed" : "waiting", page)} />
    </>
  );
}

function Opening({ row }: { row: Awaited<ReturnType<typeof findOpenings>>[number] }) {
  const dates = useDates();
  const answer = useActionData<typeof action>();
  const sending = useSending();
  const mine = answer?.typed?.id === row.id;
  return (
    <Paper component="article" aria-label={`Opened by ${row.staff}`}>
      <Facts
        facts={[
          ["Who", row.staff_title ? `${row.staff}, ${row.staff_title}` : row.staff],
          ["Whose record", <Whose key="whose" of={row} />],
          ["From", dates.instant(row.opened_at)],
          ["Until", dates.instant(row.until)],
          ["Why", row.reason],
          [
            "Review",
            row.reviewed_at &&
              `${row.review} (${row.reviewed_by}, ${dates.instant(row.reviewed_at)})`,
          ],
        ]}
      />
      {!row.reviewed_at && row.own && (
        <Text size="sm" c="dimmed" mt="sm">
          Your own: another supervisor reviews it.
        </Text>
      )}
      {!row.reviewed_at && !row.own && (
        <Form style={{ marginTop: "0.75rem" }}>
          <input type="hidden" name="id" value={row.id} />
          <Group align="flex-end" gap="sm">
            <Textarea
              label="What you found"
              name="review"
              required
              autosize
              style={{ flex: "1 1 18rem" }}
              defaultValue={mine ? String(answer?.typed?.review ?? "") : ""}
              error={mine ? answer?.errors?.review : undefined}
            />
            <Button type="submit" loading={sending}>
              Reviewed
            </Button>
          </Group>
        </Form>
      )}
    </Paper>
  );
}
