import {
  Alert,
  Button,
  Checkbox,
  Fieldset,
  Grid,
  Group,
  List,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { IconAlertTriangle, IconEar } from "@tabler/icons-react";
import { useState } from "react";
import { useLoaderData } from "react-router";
import { z } from "zod";
import { emergencyNumber } from "../../episodes/come-back.ts";
import { addDays } from "../../kernel/day.ts";
import {
  day,
  done,
  Form,
  identifier,
  optionalText,
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
import { useMe } from "../../web/use-me.ts";
import { dutyWords } from "../../worklist/duty.ts";
import { findOnDuty } from "../../worklist/duty-store.ts";
import { dangerNow, needWords, offerCodes, offerWords, ownNeedCodes, SCRIPT } from "../concern.ts";
import { findCallOwners, keepCall } from "../concern-store.ts";

export const meta = () => [{ title: "A call about somebody · Throughcare" }];

export const loader = page("call.take", async ({ db, today }) => ({
  owners: await findCallOwners(db, today),
  onDuty: await findOnDuty(db),
  inTwoDays: addDays(today, 2),
}));

const list = <T extends readonly [string, ...string[]]>(codes: T) =>
  z
    .array(z.enum(codes))
    .optional()
    .transform((chosen) => chosen ?? []);
const nothing = <T,>(typed: T | undefined) => typed ?? null;
const heard = z.object({
  caller: text(200),
  callback: optionalText(200).transform(nothing),
  safe_to_call_back: optionalText(300).transform(nothing),
  about_whom: optionalText(300).transform(nothing),
  said: optionalText(2000).transform(nothing),
  danger_now: z
    .enum(["yes", "no"])
    .optional()
    .transform((said) => (said === undefined ? null : said === "yes")),
  own_needs: list(ownNeedCodes as unknown as readonly [string, ...string[]]),
  offered: list(offerCodes as unknown as readonly [string, ...string[]]),
  owner: identifier().optional().transform(nothing),
  follow_up_on: day().optional().transform(nothing),
});

export const action = act("call.take", async ({ db, by, form, today }) => {
  const parsed = parseForm(heard, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const { value } = parsed;
  if (value.owner && !(await findCallOwners(db, today)).some(({ id }) => id === value.owner)) {
    return refuseField(form, "owner", "Choose a colleague");
  }
  if (value.follow_up_on && value.follow_up_on < today) {
    return refuseField(form, "follow_up_on", "Choose today or a later day");
  }
  const id = await keepCall(db, by, {
    caller: value.caller,
    callback: value.callback,
    safeToCallBack: value.safe_to_call_back,
    aboutWhom: value.about_whom,
    said: value.said,
    dangerNow: value.danger_now,
    ownNeeds: value.own_needs,
    offered: value.offered,
    ownerId: value.owner,
    followUpOn: value.follow_up_on,
  });
  // What was offered is gone on with while they are still there.
  if (value.offered.includes("carers-assessment")) {
    return done(paths.relativeNeeds(id), "The call is kept. Now what they need themselves");
  }
  if (value.offered.includes("referral-for-them")) {
    return done(paths.relativeRefer(id), "The call is kept. Now the referral for them");
  }
  return done(paths.calls(), "The call is kept");
});

export default function NewCall() {
  const { owners, onDuty, inTwoDays } = useLoaderData<typeof loader>();
  const me = useMe();
  const own = owners.some(({ id }) => id === me.staffId);
  const field = useFields({ owner: own ? me.staffId : "", follow_up_on: inTwoDays });
  const sending = useSending();
  const [danger, setDanger] = useState(String(field("danger_now").defaultValue));
  return (
    <>
      <PageHead
        title="A call about somebody"
        about="A relative, a friend, a neighbour, anybody. Listening is always allowed; whether we know the person stays unsaid."
      />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 5 }} order={{ base: 1, md: 2 }}>
          <Section title="Say">
            <Stack gap="xs">
              {SCRIPT.map((line) => (
                <Group key={line} gap="xs" wrap="nowrap" align="flex-start">
                  <IconEar size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
                  <Text size="sm">“{line}”</Text>
                </Group>
              ))}
            </Stack>
          </Section>
          {danger === "yes" && (
            <Alert
              color="red"
              icon={<IconAlertTriangle aria-hidden />}
              title="Danger now: say this"
              mb="md"
              role="alert"
            >
              <List size="sm" spacing={4}>
                {dangerNow(emergencyNumber(me.agency.locale)).map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
              <Text size="sm" mt="xs">
                Then tell the duty clinician yourself: a call is nobody's record, so it raises no
                alert. {dutyWords(onDuty)}
              </Text>
            </Alert>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }} order={{ base: 2, md: 1 }}>
          <Form autoComplete="off">
            <Stack>
              <Radio.Group
                name="danger_now"
                label="Is somebody in danger at this moment?"
                value={danger}
                onChange={setDanger}
              >
                <Group gap="md" mt={4}>
                  <Radio value="yes" label="Yes" />
                  <Radio value="no" label="No" />
                  <Radio value="" label="Not asked" />
                </Group>
              </Radio.Group>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <TextInput
                  label="Who called"
                  description="As they call themselves"
                  required
                  maxLength={200}
                  {...field("caller")}
                />
                <TextInput
                  label="About whom"
                  description="As they said it; nobody is looked up"
                  maxLength={300}
                  {...field("about_whom")}
                />
                <TextInput label="Number to call back on" maxLength={200} {...field("callback")} />
                <TextInput
                  label="When it is safe to call back"
                  maxLength={300}
                  {...field("safe_to_call_back")}
                />
              </SimpleGrid>
              <Textarea
                label="What they said"
                autosize
                minRows={3}
                maxLength={2000}
                {...field("said")}
              />
              <Fieldset legend="What they need themselves">
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} verticalSpacing={6}>
                  {ownNeedCodes.map((code) => (
                    <Checkbox key={code} name="own_needs[]" value={code} label={needWords(code)} />
                  ))}
                </SimpleGrid>
              </Fieldset>
              <Fieldset legend="What you offered them">
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing={6} verticalSpacing={6}>
                  {offerCodes.map((code) => (
                    <Checkbox key={code} name="offered[]" value={code} label={offerWords(code)} />
                  ))}
                </SimpleGrid>
              </Fieldset>
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <NativeSelect
                  label="Who follows it up"
                  data={[
                    { value: "", label: "The team" },
                    ...owners.map(({ id, name }) => ({ value: id, label: name })),
                  ]}
                  {...field("owner")}
                />
                <TextInput label="When" type="date" {...field("follow_up_on")} />
              </SimpleGrid>
              <Group>
                <Button type="submit" loading={sending}>
                  Keep the call
                </Button>
                <LinkButton to={paths.calls()} variant="default">
                  Leave it
                </LinkButton>
              </Group>
            </Stack>
          </Form>
        </Grid.Col>
      </Grid>
    </>
  );
}
