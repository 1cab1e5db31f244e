import { Button, Group, Paper, Text, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useLoaderData } from "react-router";
import { Form, useSending } from "../../web/form.tsx";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { writeFilter } from "../claim.ts";
import type { Sum } from "../release.ts";
import classes from "./claims.module.css";
import type { loader } from "./claims.tsx";
import { counted, useMoney } from "./words.tsx";

/** What would be released, to be confirmed. */
export type Review = { ids: readonly string[]; sum: Sum; changed: boolean };

/** Asks once more, with count and money, before anything is released. */
export function Confirm({ review: { ids, sum, changed } }: { review: Review }) {
  const money = useMoney();
  const sending = useSending();
  const { filter, tab } = useLoaderData<typeof loader>();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const nothing = sum.lines === 0;
  return (
    <Paper mb="md" className={classes.confirm} component="section" aria-label="Confirm the release">
      <Form intent="release">
        <Title order={2} tabIndex={-1} ref={heading} mb={4} style={{ outline: "none" }}>
          {nothing
            ? "None of these is ready any more"
            : `Release ${counted(sum.lines, "claim")} for ${money(sum.cents)}?`}
        </Title>
        {changed && (
          <Text size="sm" mb={4}>
            Some of what you chose is not ready now, or was judged otherwise since the list was
            shown. {nothing ? "" : "These are the lines that are ready."}
          </Text>
        )}
        {!nothing && (
          <Text size="sm" mb="sm">
            {counted(sum.units, "unit")} in one batch. A released claim is never changed; it can be
            reversed with a reason.
          </Text>
        )}
        {ids.map((id) => (
          <input key={id} type="hidden" name="ids[]" value={id} />
        ))}
        {(["lines", "units", "cents"] as const).map((name) => (
          <input key={name} type="hidden" name={name} value={sum[name]} />
        ))}
        <Group gap="xs">
          {!nothing && (
            <Button type="submit" loading={sending}>
              Release {counted(sum.lines, "claim")}
            </Button>
          )}
          <LinkButton to={paths.claims() + writeFilter({ ...filter, tab })} variant="default">
            {nothing ? "Back to the list" : "Not now"}
          </LinkButton>
        </Group>
      </Form>
    </Paper>
  );
}
