import { Anchor, Box, List, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { CareVerdicts } from "../../compliance/pages/care-verdicts.tsx";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useMay, useWords } from "../../web/use-me.ts";
import type { loader } from "./placement.tsx";

/** What goes on in second stage (MC B4), and what is missing of it. */
export function SecondStageSection() {
  const { secondStage, consumerId, placement, care } = useLoaderData<typeof loader>();
  const words = useWords();
  const manage = useMay()("unit.manage");
  const form = useOneForm();
  if (!secondStage) return null;
  const { missing, house } = secondStage;
  const drugFree = {
    has: !missing.includes("drug-free"),
    yes: `Drug-free supported accommodation: ${house.name}`,
    no:
      house.drugFree === false
        ? `${house.name} is not drug-free accommodation`
        : `Whether ${house.name} is drug-free accommodation was not written down`,
    to: manage ? `${paths.unit(house.id)}?do=edit` : paths.unit(house.id),
  };
  const lines: { has: boolean; yes: string; no: string; to?: string }[] = [
    ...(house.asked || house.drugFree ? [drugFree] : []),
    {
      has: !missing.includes("plan"),
      yes: `An active ${words.carePlan}`,
      no: `No active ${words.carePlan}`,
      to: paths.plan(consumerId),
    },
    {
      has: !missing.includes("keyworker"),
      yes: `${secondStage.keyworker} is ${words.keyworker}`,
      no: `Nobody is named as ${words.keyworker}`,
      to: paths.enrolments(consumerId),
    },
    {
      has: !missing.includes("drug-related"),
      yes: `Drug-related support: ${secondStage.drugRelated}`,
      no: "No drug-related support (mutual aid, relapse prevention …)",
      to: `${paths.aftercare(consumerId)}?do=support-add`,
    },
    {
      has: !missing.includes("non-drug-related"),
      yes: `Other support: ${secondStage.nonDrugRelated}`,
      no: "No other support (housing, work, relationships …)",
      to: `${paths.aftercare(consumerId)}?do=support-add`,
    },
    {
      has: !missing.includes("why-without"),
      yes: secondStage.residentialBefore
        ? "A residential stay was completed before"
        : `No residential stay completed before: ${placement.without_residential_reason}`,
      no: "No residential stay completed in this episode, and no reason given",
    },
  ];
  return (
    <Section title="What goes on in second stage">
      <List spacing={4} size="sm" center>
        {lines.map(({ has, yes, no, to }) => (
          <List.Item
            key={no}
            icon={
              has ? (
                <IconCircleCheck size={18} color="var(--mantine-color-teal-7)" aria-label="There" />
              ) : (
                <IconCircleDashed
                  size={18}
                  color="var(--mantine-color-orange-8)"
                  aria-label="Missing"
                />
              )
            }
          >
            <Text span size="sm" fw={has ? undefined : 500}>
              {has ? yes : no}
            </Text>
            {!has && to && (
              <>
                {" "}
                <Anchor component={Link} to={to} size="sm">
                  Go there
                </Anchor>
              </>
            )}
          </List.Item>
        ))}
      </List>
      <Box mt="sm">
        <CareVerdicts records={care} of={placement.id} />
      </Box>
      {missing.includes("why-without") && (
        <OpenForm to={form.opens("change")}>Give the reason</OpenForm>
      )}
    </Section>
  );
}
