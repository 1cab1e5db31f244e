import { Paper, Stack, Text } from "@mantine/core";
import { useMe } from "../../web/use-me.ts";
import { confidentialityOf } from "../confidentiality.ts";

/** What the person who signs has to know, in plain words: taking it back, and what it cannot stop. */
export function RightToRevoke({
  agency,
  criminalJustice,
}: {
  agency: string;
  criminalJustice: boolean;
}) {
  const law = confidentialityOf(useMe().agency.jurisdiction);
  return (
    <Paper bg="transparent">
      <Stack gap="sm">
        <div>
          <Text fw={600} size="sm" mb={4}>
            You can take this back
          </Text>
          <Text size="sm">
            {law.takingBack(agency)}
            {criminalJustice && ` ${law.takingBackFromCourts}`}
          </Text>
        </div>
        {law.limits && (
          <div>
            <Text fw={600} size="sm" mb={4}>
              What may be told all the same
            </Text>
            <Text size="sm">{law.limits}</Text>
          </div>
        )}
      </Stack>
    </Paper>
  );
}

/** What goes with it to whoever is told: in the words the law prescribes where it does. */
export function NoticeToRecipient() {
  const { jurisdiction, redisclosureNotice } = useMe().agency;
  const { notice } = confidentialityOf(jurisdiction);
  const text = notice.prescribed ? redisclosureNotice : notice.text;
  return (
    <Paper bg="transparent">
      <Text fw={600} size="sm" mb={4}>
        Notice to whoever is told
      </Text>
      <Text size="sm" style={{ whiteSpace: "pre-wrap" }} {...(text ? {} : { c: "red" })}>
        {text ?? (notice.prescribed && notice.missing)}
      </Text>
    </Paper>
  );
}
