import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Letter } from "../letter.ts";

/** The letter as it is printed: whom it is about, what is asked, and only what was ticked. */
export function LetterSheet({
  letter,
  head,
  date,
  address,
  writer,
  notice,
}: {
  letter: Letter;
  head: { name: string; phone: string | null; address: string | null };
  date: string;
  address: string | null;
  writer: string;
  /** The words that the law prescribes to go with it, where it does. */
  notice: string | null;
}) {
  const { who } = letter;
  return (
    <Paper component="article" aria-label="The letter" p="lg">
      <Stack gap="md">
        <div>
          <Text fw={600}>{head.name}</Text>
          <Text size="sm" style={{ whiteSpace: "pre-line" }}>
            {[head.address, head.phone].filter(Boolean).join("\n")}
          </Text>
        </div>
        <div>
          <Text>{letter.to}</Text>
          {address && <Text style={{ whiteSpace: "pre-line" }}>{address}</Text>}
          <Text mt="xs">{date}</Text>
        </div>
        <div>
          <Text fw={600}>
            About {who.name}
            {who.born && `, born ${who.born}`}
          </Text>
          <Text size="sm">
            {who.phone
              ? `Ring them on ${who.phone}${who.reach ? `, and only so: ${who.reach}` : ""}`
              : "Please answer us. Do not ring or write to them yourselves."}
          </Text>
        </div>
        {letter.parts.map((part) => (
          <div key={part.topic}>
            <Title order={2} fz="md" mb={4}>
              {part.heading}
            </Title>
            {part.lines.map((line) => (
              <Text key={line}>{line}</Text>
            ))}
          </div>
        ))}
        {letter.words && <Text style={{ whiteSpace: "pre-wrap" }}>{letter.words}</Text>}
        <Text>{writer}</Text>
        {notice && (
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>
            {notice}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

/** What somebody takes along who goes by themselves: an address, and nothing about them or us. */
export function Slip({
  place,
}: {
  place: { provider: string; address: string | null; phone: string | null; times: string | null };
}) {
  return (
    <Paper component="article" aria-label="The slip" p="lg">
      <Stack gap={4}>
        <Text fw={600} size="lg">
          {place.provider}
        </Text>
        {place.phone && <Text>{place.phone}</Text>}
        {place.address && <Text style={{ whiteSpace: "pre-line" }}>{place.address}</Text>}
        {place.times && <Text>{place.times}</Text>}
      </Stack>
    </Paper>
  );
}
