import {
  Alert,
  Button,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Text,
  TextInput,
} from "@mantine/core";
import { redirect, useLoaderData } from "react-router";
import { z } from "zod";
import {
  day,
  done,
  Form,
  optionalText,
  parseForm,
  refuse,
  refuseField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, page } from "../../web/guard.ts";
import { LinkButton, PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { isStanding, missingFrom, supportWords } from "../aftercare.ts";
import { agreeAftercare } from "../aftercare-store.ts";
import { agreedText, signerCodes } from "../plan.ts";
import { findAftercare } from "./aftercare-data.ts";
import { careSaved } from "./care-saved.ts";

export const meta = () => [{ title: "Agree the aftercare plan · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const { draft, inForce, partsOf, supports, gains, relapse } = await findAftercare(db, consumerId);
  if (!draft) throw redirect(paths.aftercare(consumerId));
  return {
    ...{ consumerId, today, draft, inForce },
    missing: missingFrom(partsOf(draft)),
    lines: [
      ...relapse.triggers.map(({ text, sign }) => `${sign ? "Early sign" : "Trigger"}: ${text}`),
      ...supports
        .filter((one) => one.episode_id === draft.episode_id && isStanding(one))
        .map((one) => `${supportWords(one)}: ${one.provider ?? one.by_whom}`),
      ...gains.filter((gain) => !gain.ended_on).map(({ text }) => `To keep: ${text}`),
    ],
  };
});

const agreement = z.object({
  saves: z.coerce.number().int().min(0),
  agreed_on: day(),
  signer: z.enum(signerCodes, "Choose who agreed"),
  more: optionalText(200),
});

export const action = act("record.write", async (visit) => {
  const { db, by, consumerId, form, today } = visit;
  const parsed = parseForm(agreement, form);
  if (parsed.invalid) return refuse(parsed.invalid);
  const given = parsed.value;
  const home = paths.aftercare(consumerId);
  const { draft } = await findAftercare(db, consumerId);
  if (!draft) return done(home, "This draft was agreed or thrown away meanwhile");
  if (given.agreed_on > today) {
    return refuseField(form, "agreed_on", "It was agreed today or on an earlier day.");
  }
  if (given.agreed_on < draft.opened_on) {
    return refuseField(form, "agreed_on", "The episode opened after that day.");
  }
  if (given.signer === "nobody" && !given.more) {
    return refuseField(form, "more", "Say why nobody has agreed yet.");
  }
  const agreed = await agreeAftercare(db, by, consumerId, {
    ...{ id: draft.id, saves: given.saves, on: given.agreed_on },
    withWhom: agreedText(given.signer, given.more),
  });
  if (!agreed) {
    return refuseField(
      form,
      "form",
      "Somebody changed this draft after you opened it. Look again.",
    );
  }
  return careSaved(visit, done(home, "Agreed. Hand each support to whoever delivers it"));
});

/** The last look at a draft, and who agreed to it. What is missing warns and does not stop. */
export default function AftercareAgree() {
  const { consumerId, draft, inForce, missing, lines, today } = useLoaderData<typeof loader>();
  const words = useWords();
  const field = useFields({ agreed_on: today, signer: "consumer" });
  const sending = useSending();
  return (
    <>
      <PageHead
        title={`Agree version ${draft.version} of the aftercare plan`}
        about="Once it is agreed, whom to call and the way back in are changed by a new version."
        actions={
          <LinkButton to={paths.aftercareEdit(consumerId)} variant="default" size="sm">
            Back to the draft
          </LinkButton>
        }
      />
      {missing.length > 0 && (
        <Alert color="orange" mb="md" role="note" title="It would be incomplete: this is missing">
          <List size="sm">
            {missing.map(({ says }) => (
              <List.Item key={says}>{says}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Section title="What it says">
        <Text size="sm">Call first: {draft.call_first ?? "not said yet"}</Text>
        <Text size="sm">
          The way back in:{" "}
          {[
            draft.back_where,
            draft.back_who && `ask for ${draft.back_who}`,
            draft.back_phone,
            draft.back_within_days !== null && `within ${draft.back_within_days} working days`,
          ]
            .filter(Boolean)
            .join(" · ") || "not said yet"}
        </Text>
        {lines.map((line) => (
          <Text key={line} size="sm">
            {line}
          </Text>
        ))}
      </Section>
      <Section title="Who agreed">
        <Form style={{ maxWidth: "44rem" }}>
          <input type="hidden" name="saves" value={draft.saves} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label="Agreed and signed by"
              data={[
                { value: "consumer", label: `The ${words.consumer}` },
                { value: "parent-or-guardian", label: "A parent or guardian" },
                { value: "both", label: `The ${words.consumer} and a parent or guardian` },
                { value: "nobody", label: "Nobody yet" },
              ]}
              {...field("signer")}
            />
            <TextInput label="Guardian's name, or why nobody" {...field("more")} />
            <TextInput type="date" label="Agreed on" max={today} {...field("agreed_on")} />
          </SimpleGrid>
          <Group mt="md">
            <Button type="submit" loading={sending}>
              {inForce ? "Put in force in place of the one before" : "Put in force"}
            </Button>
          </Group>
        </Form>
      </Section>
    </>
  );
}
