import { Paper, Text } from "@mantine/core";
import { useMe } from "../../web/use-me.ts";

/** What the person who signs has to know about taking it back, in plain words. */
export function RightToRevoke({
  agency,
  criminalJustice,
}: {
  agency: string;
  criminalJustice: boolean;
}) {
  return (
    <Paper bg="transparent">
      <Text fw={600} size="sm" mb={4}>
        You can take this back
      </Text>
      <Text size="sm">
        You can take this consent back at any time by telling {agency} in writing; staff will help
        you write it. From then on nothing more is told. What was told before, because you had
        agreed then, cannot be taken back. Saying no, or taking it back, does not change the care
        you get.
        {criminalJustice &&
          " Because this is for probation, parole or a court, it may hold until a stated time even if you ask to take it back (42 CFR 2.35: a reading, to be checked with counsel)."}
      </Text>
    </Paper>
  );
}

/** The notice that goes with every disclosure, in the words the administrator loaded. */
export function RedisclosureNotice() {
  const { redisclosureNotice } = useMe().agency;
  return (
    <Paper bg="transparent">
      <Text fw={600} size="sm" mb={4}>
        Notice to whoever is told
      </Text>
      <Text
        size="sm"
        style={{ whiteSpace: "pre-wrap" }}
        {...(redisclosureNotice ? {} : { c: "red" })}
      >
        {redisclosureNotice ??
          "The notice of 42 CFR 2.32 is not loaded yet. The law prescribes its words: an administrator loads them in Settings, before anybody is given a copy."}
      </Text>
    </Paper>
  );
}
