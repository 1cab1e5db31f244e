import { Alert, Anchor, Badge, Group, Paper, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "react-router";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { alarmWords, questionNames, questions, type Safety } from "../come-back.ts";

/** That a duty alert is open, and for what: before anything else on a page. */
export function AlertOpen({ alert }: { alert: NonNullable<Safety["alert"]> }) {
  const dates = useDates();
  return (
    <Alert
      color={alert.taken_by ? "orange" : "red"}
      icon={<IconAlertTriangle aria-hidden />}
      title={`A duty alert is open: ${alarmWords(alert.reasons)}`}
      mb="md"
      role="alert"
    >
      Raised {dates.instant(alert.raised_at)}.{" "}
      {alert.taken_by ? `Taken up by ${alert.taken_by}.` : "Nobody has taken it up yet."}{" "}
      <Anchor component={Link} to={paths.alert(alert.id)} inherit underline="always">
        Open the alert
      </Anchor>
    </Alert>
  );
}

/** What they answered when they called: every question, a yes first. */
export function CallTold({ call }: { call: NonNullable<Safety["call"]> }) {
  const dates = useDates();
  const said = (wanted: boolean | null) => questionNames.filter((name) => call[name] === wanted);
  const [yes, no, skipped] = [said(true), said(false), said(null)];
  const words = (names: typeof yes) => names.map((name) => questions[name].reason).join(", ");
  return (
    <Paper component="section" mb="md" aria-label="Answered when they called">
      <Group gap={6} mb={4}>
        <Text fw={600}>Answered when they called</Text>
        <Text size="sm" c="dimmed">
          {dates.instant(call.at)}
        </Text>
      </Group>
      {yes.length > 0 && (
        <Group gap={6} mb={4}>
          <Text size="sm" fw={600}>
            Yes:
          </Text>
          {yes.map((name) => (
            <Badge key={name} color="red" c="var(--mantine-color-text)">
              {questions[name].reason}
            </Badge>
          ))}
        </Group>
      )}
      {no.length > 0 && <Text size="sm">No: {words(no)}</Text>}
      {skipped.length > 0 && (
        <Text size="sm" c="dimmed">
          Not asked or skipped: {words(skipped)}
        </Text>
      )}
      {call.what_and_when && (
        <Text size="sm" mt={4} style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>
          Used: {call.what_and_when}
        </Text>
      )}
      {call.relapsed_on && (
        <Text size="sm">Using again since about {dates.day(call.relapsed_on)}</Text>
      )}
    </Paper>
  );
}
