import { Anchor, Badge, Box, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { Empty, Section } from "../../web/parts.tsx";
import type { EditorProblem } from "./draft-editor.tsx";
import type { OwnCases } from "./own-cases.ts";

/** Which of the draft's two files is in the editor. */
export function FileChoice({
  file,
  onChoose,
}: {
  file: "yaml" | "cases";
  onChoose: (file: "yaml" | "cases") => void;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Which file"
      value={file}
      onChange={(value) => onChoose(value as "yaml" | "cases")}
      data={[
        { value: "yaml", label: "Bulletin" },
        { value: "cases", label: "Worked cases" },
      ]}
    />
  );
}

/** What stands wrong in the cases, and at each that fails what did not come true. */
export function caseProblems(own: OwnCases): readonly EditorProblem[] {
  if (!own.ok) return own.problems;
  return own.rows.flatMap(({ line, failures }) => failures.map((message) => ({ line, message })));
}

/** Each of the draft's own cases as it comes out by the draft, while both are typed. */
export function OwnCasesView({
  own,
  onShow,
}: {
  own: OwnCases | null;
  onShow: (line: number) => void;
}) {
  if (!own) {
    return (
      <Section title="How they come out">
        <Empty>Once the bulletin's file has nothing wrong in it, its cases are tried by it.</Empty>
      </Section>
    );
  }
  if (!own.ok) {
    const { problems } = own;
    return (
      <Section
        title={problems.length === 1 ? "1 thing to mend" : `${problems.length} things to mend`}
      >
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {problems.slice(0, 50).map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              <ToLine line={line} onShow={onShow}>
                Line {line}
              </ToLine>{" "}
              <Text span size="sm" style={{ overflowWrap: "anywhere" }}>
                {message}
              </Text>
            </li>
          ))}
        </Stack>
      </Section>
    );
  }
  const { rows } = own;
  const failing = rows.filter(({ failures }) => failures.length > 0);
  const all = rows.length === 1 ? "The case comes true." : `All ${rows.length} cases come true.`;
  return (
    <Section title="How they come out">
      <Text size="sm" mb="sm" role="status">
        {rows.length === 0
          ? "There is no case yet."
          : failing.length === 0
            ? all
            : `${failing.length} of ${rows.length} do not come true by the draft: mend the draft, or what is expected.`}
      </Text>
      <Box mah="29rem" style={{ overflowY: "auto" }} tabIndex={0} role="region" aria-label="Cases">
        <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {[...failing, ...rows.filter(({ failures }) => failures.length === 0)].map((row) => (
            <li key={`${row.line} ${row.name}`}>
              <Result passes={row.failures.length === 0} />{" "}
              <ToLine line={row.line} onShow={onShow}>
                {row.name}
              </ToLine>
              {row.failures.map((failure) => (
                <Text key={failure} size="sm" style={{ overflowWrap: "anywhere" }}>
                  {failure}
                </Text>
              ))}
            </li>
          ))}
        </Stack>
      </Box>
    </Section>
  );
}

function Result({ passes }: { passes: boolean }) {
  const Icon = passes ? IconCheck : IconAlertTriangle;
  return (
    <Badge size="sm" color={passes ? "teal" : "red"} leftSection={<Icon size={12} aria-hidden />}>
      {passes ? "passes" : "fails"}
    </Badge>
  );
}

function ToLine({
  line,
  onShow,
  children,
}: {
  line: number;
  onShow: (line: number) => void;
  children: React.ReactNode;
}) {
  return (
    <Anchor component="button" type="button" size="sm" ta="left" onClick={() => onShow(line)}>
      {children}
    </Anchor>
  );
}
