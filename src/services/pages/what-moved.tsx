import { Alert, Anchor, List, Text } from "@mantine/core";
import { Link } from "react-router";
import { counted, states } from "../../compliance/pages/words.tsx";
import type { Outcome } from "../../policy/judgement.ts";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { sayKind } from "../service-kinds.ts";
import type { findMoved } from "./find-moved.ts";

/** Says that the week was judged again and what stands otherwise since. */
export function Moved({
  moved,
  consumerId,
}: {
  moved: Awaited<ReturnType<typeof findMoved>>;
  consumerId: string;
}) {
  const dates = useDates();
  const { locale } = useMe().agency;
  if (moved.length === 0) return null;
  const say = ({ outcome, payable }: { outcome: Outcome; payable: number }) =>
    `${states[outcome].word.toLowerCase()}, ${counted(payable, "unit")}`;
  return (
    <Alert color="orange" mb="md" title="Recording this changed other sessions">
      <Text size="sm">
        They were judged again as they happened, not in the order in which they were typed:
      </Text>
      <List size="sm">
        {moved.map(({ serviceId, service, was, is }) => (
          <List.Item key={serviceId}>
            <Anchor
              underline="always"
              component={Link}
              inherit
              to={
                service.conference_id
                  ? paths.note(consumerId, service.conference_id)
                  : paths.service(consumerId, serviceId)
              }
            >
              {sayKind(service.kind, locale)}, {dates.weekday(service.service_date)}
            </Anchor>
            : was {say(was)}; is {say(is)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
