import { Anchor, Box, Stack, Text } from "@mantine/core";
import { Section } from "../../web/parts.tsx";
import type { DraftSaid } from "./draft-said.ts";

/** What each clause asks, in plain English, with the way to its line. */
export function DraftEnglish({
  said,
  onShow,
}: {
  said: Extract<DraftSaid, { ok: true }>;
  onShow: (clause: string) => void;
}) {
  return (
    <Section title="In English">
      <Box
        mah="34rem"
        style={{ overflowY: "auto" }}
        tabIndex={0}
        role="region"
        aria-label="In English"
      >
        <Text size="sm" mb="sm">
          <b>
            {said.title}, {said.number}.
          </b>{" "}
          Is for: {said.applies}
        </Text>
        <Stack gap="sm">
          {said.clauses.map(({ number, gist, english }) => (
            <div key={number}>
              <Anchor component="button" type="button" size="sm" onClick={() => onShow(number)}>
                {number}
              </Anchor>{" "}
              <Text span size="sm" c="dimmed">
                {gist}
              </Text>
              {english.map((sentence) => (
                <Text key={sentence} size="sm">
                  {sentence}
                </Text>
              ))}
            </div>
          ))}
        </Stack>
      </Box>
    </Section>
  );
}

/** What is wrong, line by line. */
export function DraftProblems({
  said,
  onShow,
}: {
  said: Extract<DraftSaid, { ok: false }>;
  onShow: (line: number) => void;
}) {
  const { problems } = said;
  return (
    <Section
      title={problems.length === 1 ? "1 thing to mend" : `${problems.length} things to mend`}
    >
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {problems.slice(0, 50).map(({ line, clause, message }) => (
          <li key={`${line} ${clause} ${message}`}>
            <Anchor component="button" type="button" size="sm" onClick={() => onShow(line)}>
              Line {line}
            </Anchor>{" "}
            <Text span size="sm" style={{ overflowWrap: "anywhere" }}>
              {clause && `clause ${clause}: `}
              {message}
            </Text>
          </li>
        ))}
      </Stack>
    </Section>
  );
}
