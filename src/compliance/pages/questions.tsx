import { Anchor, Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { fullName, type Named } from "../../people/consumer.ts";
import { page } from "../../web/guard.ts";
import { Empty, PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { findQuestionsTo } from "../question-store.ts";
import { serviceName } from "../service-name.ts";

export const meta = () => [{ title: "Questions from billing · Throughcare" }];

export const loader = page("record.read", async ({ db, me, listed }) => {
  const questions = await findQuestionsTo(db, me.staffId);
  await listed([...new Set(questions.map(({ consumerId }) => consumerId))]);
  return { questions };
});

export default function QuestionsToMe() {
  const { questions } = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <>
      <PageHead
        title="Questions from billing"
        about="What a biller needs to know about sessions you signed, before they can be claimed."
      />
      <Paper>
        {questions.length === 0 ? (
          <Empty>Nobody has asked you anything.</Empty>
        ) : (
          <Stack gap="md">
            {questions.map((one) => (
              <div key={one.id}>
                <Group justify="space-between" gap="xs">
                  <Anchor component={Link} to={paths.question(one.id)} fw={500}>
                    {one.given_name
                      ? fullName(one as Named)
                      : "Somebody whose record is not yours to see"}
                    {one.day && one.service
                      ? `, ${serviceName(one.service)} ${dates.day(one.day)}`
                      : ""}
                  </Anchor>
                  {one.answeredAt ? (
                    <Badge color="teal">Answered</Badge>
                  ) : (
                    <Badge color="orange">Waits for you</Badge>
                  )}
                </Group>
                <Text size="sm" lineClamp={2}>
                  {one.text}
                </Text>
                <Text size="xs" c="dimmed">
                  {one.askedBy}, {dates.instant(one.askedAt)}
                  {one.clause ? ` · clause ${one.clause}` : ""}
                </Text>
              </div>
            ))}
          </Stack>
        )}
      </Paper>
    </>
  );
}
