import {
  Badge,
  Button,
  Paper,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { findMyOpenings, findOwn, openInEmergency } from "../emergency-store.ts";
import { dayField } from "./person-fields.tsx";
import { Whose } from "./whose.tsx";

export const meta = () => [{ title: "Emergency access · Throughcare" }];

export const loader = page("emergency.open", async ({ db, listed }) => {
  const openings = await findMyOpenings(db);
  await listed([...new Set(openings.flatMap(({ consumer_id }) => consumer_id ?? []))]);
  return { openings };
});

const openingForm = z.object({
  given: text(100),
  family: text(100),
  born: dayField("Give a date, or leave it empty").optional(),
  about: z.coerce.number("Give a year").int("Give a year").min(1900, "Give a year").optional(),
  reason: text(1000).min(10, "Say why you must act now, in a sentence"),
});

export const action = act("emergency.open", async ({ db, form, today }) => {
  const parsed = parseForm(openingForm, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { born = null, about = null, ...said } = parsed.value;
  if (!born && !about) {
    return refuseField(form, "born", "Give the date of birth, or about the year beside it");
  }
  if (about && about > Number(today.slice(0, 4))) {
    return refuseField(form, "about", "That year is still to come");
  }
  const opening = { ...said, born, about };
  const own = await findOwn(db, opening);
  if (own) return done(paths.consumer(own), "This record was open to you already");
  const id = await openInEmergency(db, opening);
  if (id) return done(paths.consumer(id), "Open to you for four hours. A supervisor will read why");
  return refuseField(
    form,
    "form",
    born
      ? "No record can be opened with this name and date of birth. Check the spelling and the date, or ask the front desk. If their date of birth may not be written down here, leave it empty and give about the year."
      : "No record can be opened with this name and about this year. Where the date of birth is written down, only the date opens it; and the year opens nothing if two people of this name could be meant. Check the spelling, or ask the front desk.",
  );
});

export default function Emergency() {
  const { openings } = useLoaderData<typeof loader>();
  const words = useWords();
  const dates = useDates();
  const mayDo = useMay();
  const field = useFields();
  const sending = useSending();
  return (
    <>
      <PageHead
        title="Emergency access"
        about={`For a person outside your ${words.programs}, when you must act now. It opens their record to you for four hours, and a supervisor reads why. To tell medical personnel elsewhere, record a disclosure on the person's record instead.`}
        actions={
          mayDo("emergency.review") && (
            <LinkButton to={paths.emergencyReview()} variant="default">
              Review
            </LinkButton>
          )
        }
      />
      <Paper mb="md">
        <Form autoComplete="off">
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput label="Given name" required autoComplete="off" {...field("given")} />
              <TextInput label="Family name" required autoComplete="off" {...field("family")} />
              <TextInput label="Date of birth" type="date" {...field("born")} />
              <TextInput
                label="Or born about the year"
                description="Without a date: opens only a record whose date of birth nobody knows yet, if nobody else of this name could be meant"
                inputMode="numeric"
                maxLength={4}
                autoComplete="off"
                inputWrapperOrder={["label", "input", "description", "error"]}
                {...field("about")}
              />
            </SimpleGrid>
            <Textarea
              label="Why you must act now"
              required
              autosize
              minRows={2}
              {...field("reason")}
            />
            <div>
              <Button type="submit" color="red.8" loading={sending}>
                Open the record
              </Button>
            </div>
          </Stack>
        </Form>
      </Paper>
      {openings.length > 0 && (
        <Section title="Opened by you">
          <Table.ScrollContainer minWidth={520}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Whose</Table.Th>
                  <Table.Th>Why</Table.Th>
                  <Table.Th>Stands</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {openings.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>{dates.instant(one.opened_at)}</Table.Td>
                    <Table.Td>
                      <Whose of={one} />
                    </Table.Td>
                    <Table.Td>{one.reason}</Table.Td>
                    <Table.Td>
                      <Badge color={one.open ? "red" : "gray"} c="var(--mantine-color-text)">
                        {one.open ? `open until ${dates.instant(one.until)}` : "over"}
                      </Badge>
                      <Text size="xs" c="dimmed">
                        {one.reviewed_at ? "reviewed" : "not reviewed yet"}
                      </Text>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Section>
      )}
    </>
  );
}
