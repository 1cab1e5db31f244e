import { Anchor, Box, Stack, Tabs, Text } from "@mantine/core";
import { Section } from "../../web/parts.tsx";
import type { DraftCases } from "./draft-cases.ts";
import { changesOf, type DraftChange } from "./draft-changes.ts";
import type { DraftSaid } from "./draft-said.ts";

type Said = Extract<DraftSaid, { ok: true }>;

/** What the draft says in plain English, what it says otherwise, and what worked cases come to by it. */
export function DraftReading({
  said,
  against,
  cases,
  onShow,
}: {
  said: Said;
  against: { readonly number: string; readonly said: DraftSaid | null };
  cases: DraftCases | null;
  onShow: (clause: string) => void;
}) {
  const before = against.said;
  const changes = before?.ok ? changesOf(before, said) : null;
  return (
    <Section title="What it says">
      <Tabs defaultValue="english" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="english">In English</Tabs.Tab>
          {changes && <Tabs.Tab value="changes">Changes ({changes.length})</Tabs.Tab>}
          {cases && <Tabs.Tab value="cases">Worked cases ({cases.otherwise.length})</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="english">
          <Scrolled label="In English">
            <English said={said} onShow={onShow} />
          </Scrolled>
        </Tabs.Panel>
        {changes && (
          <Tabs.Panel value="changes">
            <Scrolled label="Changes">
              <Changes changes={changes} against={against.number} onShow={onShow} />
            </Scrolled>
          </Tabs.Panel>
        )}
        {cases && (
          <Tabs.Panel value="cases">
            <Scrolled label="Worked cases">
              <Cases cases={cases} against={against.number} />
            </Scrolled>
          </Tabs.Panel>
        )}
      </Tabs>
    </Section>
  );
}

function Scrolled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box mah="31rem" style={{ overflowY: "auto" }} tabIndex={0} role="region" aria-label={label}>
      {children}
    </Box>
  );
}

function ToClause({
  clause,
  children,
  onShow,
}: {
  clause: string;
  children: React.ReactNode;
  onShow: (clause: string) => void;
}) {
  return (
    <Anchor component="button" type="button" size="sm" onClick={() => onShow(clause)}>
      {children}
    </Anchor>
  );
}

function English({ said, onShow }: { said: Said; onShow: (clause: string) => void }) {
  return (
    <>
      <Text size="sm" mb="sm">
        <b>
          {said.title}, {said.number}.
        </b>{" "}
        Is for: {said.applies}
      </Text>
      <Stack gap="sm">
        {said.clauses.map(({ number, gist, english }) => (
          <div key={number}>
            <ToClause clause={number} onShow={onShow}>
              {number}
            </ToClause>{" "}
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
    </>
  );
}

function Changes({
  changes,
  against,
  onShow,
}: {
  changes: readonly DraftChange[];
  against: string;
  onShow: (clause: string) => void;
}) {
  if (changes.length === 0) {
    return <Text size="sm">It says the same as {against}.</Text>;
  }
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        What it says otherwise than {against}.
      </Text>
      {changes.map(({ about, clause, was, now }) => (
        <div key={about}>
          {clause ? (
            <ToClause clause={clause} onShow={onShow}>
              {about}
            </ToClause>
          ) : (
            <Text size="sm" fw={600}>
              {about}
            </Text>
          )}
          <Side word="Was" lines={was} none="not there" />
          <Side word="Now" lines={now} none="left out" />
        </div>
      ))}
    </Stack>
  );
}

function Side({ word, lines, none }: { word: string; lines: readonly string[]; none: string }) {
  return (
    <Text size="sm" {...(word === "Was" && { c: "dimmed" })} style={{ overflowWrap: "anywhere" }}>
      <b>{word}:</b> {lines.length > 0 ? lines.join(" ") : <i>{none}</i>}
    </Text>
  );
}

function Cases({ cases: { tried, otherwise }, against }: { cases: DraftCases; against: string }) {
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {otherwise.length === 0
          ? `All ${tried} worked cases of ${against} come out as they did.`
          : `${otherwise.length} of the ${tried} worked cases of ${against} come out otherwise. That is what the draft changes, or a slip in it.`}
      </Text>
      {otherwise.map(({ name, differs }) => (
        <div key={name}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {differs.map((text) => (
            <Text key={text} size="sm">
              {text}
            </Text>
          ))}
        </div>
      ))}
    </Stack>
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
