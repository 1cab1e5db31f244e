import {
  Badge,
  Box,
  Button,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { SUBJECTS } from "../../policy/facts.ts";
import {
  day,
  done,
  Form,
  identifier,
  parseForm,
  refuse,
  refuseField,
  text,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { Empty, LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMay } from "../../web/use-me.ts";
import { parseMoney } from "../money.ts";
import { findRates, setRate, withdrawRate } from "../rate-store.ts";
import { serviceName } from "../service-name.ts";
import { useMoney } from "./words.tsx";

export const meta = () => [{ title: "Rates · Throughcare" }];

export const loader = page("rate.manage", async ({ db, today }) => ({
  today,
  rates: await findRates(db),
}));

const codes = Object.keys(SUBJECTS.service.facts.service.codes);

const schema = z.object({
  service: z.enum(codes, "Choose a service"),
  code: text(20),
  price: z.string("Type a price").transform((typed, context) => {
    const cents = parseMoney(typed);
    if (cents !== null) return cents;
    context.addIssue({ code: "custom", message: "Type a price like 18.42, at most 100,000.00" });
    return z.NEVER;
  }),
  from: day("Choose the first day"),
});
const withdrawing = z.object({ id: identifier(), reason: text(500) });

export const action = act("rate.manage", async ({ db, by, form }) => {
  if (String(form.get("intent")).startsWith("withdraw")) {
    const { value, invalid } = parseForm(withdrawing, form);
    if (invalid) return refuse(invalid);
    const withdrawn = await withdrawRate(db, by, value.id, value.reason);
    return done(paths.rates(), withdrawn ? "Rate withdrawn" : "It was withdrawn already");
  }
  const { value, invalid } = parseForm(schema, form);
  if (invalid) return refuse(invalid);
  const { service, code, price, from } = value;
  const answer = await setRate(db, by, { service, code, cents: price, from });
  if (answer === "starts-that-day") {
    const message =
      "Another rate starts on this day. Withdraw it below if it is wrong, or choose another day.";
    return refuseField(form, "from", message);
  }
  return done(paths.rates(), "Rate set");
});

export default function Rates() {
  const { rates } = useLoaderData<typeof loader>();
  const may = useMay();
  const services = [...new Set(rates.map(({ service }) => service))];
  return (
    <>
      <PageHead
        title="Rates"
        about="The billing code and price of a unit, from day to day. A claim takes the rate of the day of service and keeps it. The bulletins name no codes or prices: these are your agency's."
        actions={
          may("claim.read") ? (
            <LinkButton to={paths.claims()} variant="default" size="xs">
              Ready to claim
            </LinkButton>
          ) : undefined
        }
      />
      {services.length === 0 && (
        <Paper mb="md">
          <Empty>No rate yet. Without one nothing can be released.</Empty>
        </Paper>
      )}
      {services.map((service) => (
        <Section key={service} title={serviceName(service)}>
          <RatesOf service={service} />
        </Section>
      ))}
      <Section title="Set a rate">
        <NewRate />
      </Section>
    </>
  );
}

function RatesOf({ service }: { service: string }) {
  const { rates, today } = useLoaderData<typeof loader>();
  const dates = useDates();
  const money = useMoney();
  return (
    <Table.ScrollContainer minWidth={680} type="native">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>From</Table.Th>
            <Table.Th>To</Table.Th>
            <Table.Th>Code</Table.Th>
            <Table.Th ta="right">A unit</Table.Th>
            <Table.Th w="40%">Standing</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rates
            .filter((rate) => rate.service === service)
            .map((rate) => {
              const holds =
                !rate.withdrawnAt && rate.from <= today && (rate.to === null || rate.to >= today);
              return (
                <Table.Tr key={rate.id} style={{ verticalAlign: "top" }}>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>{dates.day(rate.from)}</Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>
                    {rate.to ? dates.day(rate.to) : "no end"}
                  </Table.Td>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>{rate.code}</Table.Td>
                  <Table.Td ta="right">{money(rate.cents)}</Table.Td>
                  <Table.Td>
                    {rate.withdrawnAt ? (
                      <>
                        <Badge color="gray">Withdrawn</Badge>
                        <Text size="xs" c="dimmed">
                          {rate.withdrawnReason} ({rate.withdrawnBy},{" "}
                          {dates.instant(rate.withdrawnAt)})
                        </Text>
                      </>
                    ) : (
                      <>
                        {holds && <Badge color="teal">In force today</Badge>}
                        <Withdraw id={rate.id} />
                      </>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Withdraw({ id }: { id: string }) {
  const intent = `withdraw ${id}`;
  const field = useFields({}, intent);
  const { error } = field("reason");
  const sending = useSending();
  return (
    <Box component="details" open={error ? true : undefined}>
      <Text component="summary" size="sm" style={{ cursor: "pointer" }}>
        It was wrong from the start …
      </Text>
      <Form intent={intent}>
        <input type="hidden" name="id" value={id} />
        <Stack gap="xs" mt="xs" align="flex-start">
          <Textarea
            w="100%"
            label="Why it is withdrawn"
            description="Services of its days have no rate until you set another. What was claimed stays as claimed."
            autosize
            {...field("reason")}
          />
          <Button type="submit" size="xs" color="red" variant="light" loading={sending}>
            Withdraw this rate
          </Button>
        </Stack>
      </Form>
    </Box>
  );
}

function NewRate() {
  const { rates, today } = useLoaderData<typeof loader>();
  const field = useFields({ from: today, service: codes[0] ?? "" }, "set");
  const sending = useSending();
  return (
    <Form intent="set" key={rates.length}>
      <Group align="flex-start" gap="sm">
        <NativeSelect
          label="Service"
          {...field("service")}
          data={codes.map((code) => ({ value: code, label: serviceName(code) }))}
        />
        <TextInput label="Billing code" w="9rem" {...field("code")} />
        <TextInput
          label="Price of a unit"
          inputMode="decimal"
          w="9rem"
          placeholder="18.42"
          {...field("price")}
        />
        <TextInput type="date" label="From" {...field("from")} />
      </Group>
      <Text size="sm" c="dimmed" my="xs">
        The rate that holds on that day ends the day before.
      </Text>
      <Button type="submit" loading={sending}>
        Set the rate
      </Button>
    </Form>
  );
}
