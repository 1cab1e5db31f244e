import { Anchor, Badge, Box, Grid, Group, Stack, Text } from "@mantine/core";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { fullName } from "../../people/consumer.ts";
import { logAccess } from "../../storage/access-log.ts";
import { done, identifier, optionalText, parseForm, refuse, text } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates } from "../../web/use-me.ts";
import { isId, notReadyBecause, writeFilter } from "../claim.ts";
import { findClaimLinesOf, findFlags } from "../claim-store.ts";
import { judgeDue } from "../due.ts";
import { benchOf, findStanding } from "../judge.ts";
import { findJudgementHistory } from "../kept-store.ts";
import { findCorrections, findSigner } from "../line-store.ts";
import { ask, findQuestions } from "../question-store.ts";
import { findClaimsOf, reverse, settle } from "../release-store.ts";
import { serviceName } from "../service-name.ts";
import { Claimed, FlagOf } from "./claimed.tsx";
import { Corrections, Facts, History } from "./evidence.tsx";
import { byWeight, Findings } from "./findings.tsx";
import { Questions } from "./questions-about.tsx";
import { factLabel, sayFacts, sayFindings } from "./said.ts";
import { StateBadge, states, useMoney, waiting } from "./words.tsx";

export const meta = () => [{ title: "A claim line · Throughcare" }];

export const loader = page("claim.read", async ({ db, me, services, params, listed }) => {
  const id = params.serviceId;
  if (!isId(id)) throw noSuchPage();
  const bench = benchOf(me, services.shelf);
  await judgeDue(db, bench);
  const [line] = await findClaimLinesOf(db, [id]);
  const signer = await findSigner(db, id);
  if (!line || !signer) throw noSuchPage();
  await listed([line.consumerId]);
  const standing = (await findStanding(db, [id])).get(id);
  const history = await findJudgementHistory(db, id);
  const corrections = await findCorrections(db, id);
  const decides = standing?.judgements.find((judgement) => judgement.decides);
  return {
    line,
    signer,
    judgements: (standing?.judgements ?? []).map((judgement) => ({
      id: judgement.id,
      bulletin: judgement.bulletin,
      contentHash: judgement.contentHash,
      decides: judgement.decides,
      outcome: judgement.outcome,
      findings: sayFindings(judgement, bench.bulletins),
    })),
    facts: sayFacts(decides?.facts ?? history[0]?.facts ?? {}),
    history: history.map(({ findings, facts: _, ...one }) => ({
      ...one,
      against: findings
        .filter(({ kind, verdict }) => kind !== "should" && verdict !== "met")
        .map(({ clause, verdict }) => ({ clause, verdict })),
    })),
    corrections: corrections.map((one) => ({ ...one, label: factLabel(one.fact) })),
    questions: await findQuestions(db, id),
    claims: await findClaimsOf(db, id),
    flag: (await findFlags(db, { serviceId: id }))[0] ?? null,
  };
});

const asking = z.object({ clause: optionalText(40), text: text(1000) });
const reversing = z.object({ claimId: identifier(), reason: text(500) });
const settling = z.object({ flagId: identifier(), settlement: text(500) });

export const action = act("claim.release", async ({ db, me, by, form, params }) => {
  const id = params.serviceId;
  if (!isId(id)) throw noSuchPage();
  const signer = await findSigner(db, id);
  if (!signer) throw noSuchPage();
  const log = (what: string) =>
    logAccess(db, me, { action: "write", room: what, consumerIds: [signer.consumerId] });
  switch (form.get("intent")) {
    case "ask": {
      const { value, invalid } = parseForm(asking, form);
      if (invalid) return refuse(invalid);
      const clause = value.clause ?? null;
      await ask(db, { ...by, serviceId: id, clause, text: value.text, by: me.staffId });
      await log("claim.ask");
      return done(`${paths.claim(id)}#questions`, `Asked ${signer.name}`);
    }
    case "reverse": {
      const { value, invalid } = parseForm(reversing, form);
      if (invalid) return refuse(invalid);
      const ofThis = (await findClaimsOf(db, id)).some(({ id: claim }) => claim === value.claimId);
      if (!ofThis) throw noSuchPage();
      const reversed = await reverse(db, by, value.claimId, value.reason);
      await log("claim.reverse");
      return done(paths.claim(id), reversed ? "Claim reversed" : "It was reversed already");
    }
    case "settle": {
      const { value, invalid } = parseForm(settling, form);
      if (invalid) return refuse(invalid);
      const ofThis = (await findFlags(db, { serviceId: id })).some(
        ({ flagId }) => flagId === value.flagId,
      );
      if (ofThis) await settle(db, by, value.flagId, value.settlement);
      await log("claim.settle");
      return done(paths.claim(id), "Settled: the claim stays as it was released");
    }
    default:
      throw noSuchPage();
  }
});

export default function ClaimPage() {
  const { line, signer, judgements, facts, history, corrections, questions, claims, flag } =
    useLoaderData<typeof loader>();
  const dates = useDates();
  const clauses = judgements.flatMap(({ findings }) =>
    byWeight(findings).map(({ clause }) => clause),
  );
  return (
    <>
      <PageHead
        title={
          <Group gap="sm" component="span">
            {serviceName(line.service)}, {dates.day(line.day)}
            <StateBadge state={line.state} />
          </Group>
        }
        about={
          <>
            {fullName(line.consumer)} · {line.consumer.number} · born {dates.born(line.consumer)} ·
            signed by {signer.name}
            {line.program ? ` · ${line.program}` : ""}
          </>
        }
        actions={
          <Anchor component={Link} to={paths.claims() + writeFilter({ tab: line.state })} size="sm">
            All that are {states[line.state].word.toLowerCase()}
          </Anchor>
        }
      />
      {flag && <FlagOf flag={flag} line={line} />}
      <Summary />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          {judgements.map((judgement) => (
            <Section
              key={judgement.id}
              title="What the bulletin says"
              actions={
                <Text size="xs" c="dimmed">
                  <Anchor
                    component={Link}
                    to={paths.bulletin(judgement.bulletin)}
                    size="xs"
                    underline="always"
                  >
                    {judgement.bulletin}
                  </Anchor>{" "}
                  edition <Hash of={judgement.contentHash} />
                  {judgements.length > 1 && judgement.decides && " · the strictest: it decides"}
                </Text>
              }
            >
              <Findings bulletin={judgement.bulletin} findings={judgement.findings} />
            </Section>
          ))}
          <Questions
            questions={questions}
            clauses={[...new Set(clauses)]}
            suggested={line.reason?.clause ?? null}
            signer={signer.name}
            about={line.voided ? "voided" : "open"}
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Facts facts={facts} />
          {corrections.length > 0 && <Corrections corrections={corrections} />}
          {claims.length > 0 && <Claimed claims={claims} flagged={flag !== null} />}
          <History history={history} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** The numbers of the line, each with its word. */
function Summary() {
  const { line } = useLoaderData<typeof loader>();
  const money = useMoney();
  const units = line.claim?.units ?? line.unitsPayable;
  const cents = line.claim?.cents ?? line.centsPayable;
  const because = line.state === "not-ready" || line.awaitsCorrection ? notReadyBecause(line) : [];
  const numbers = [
    { label: line.claim ? "Units claimed" : "Units payable", value: String(units) },
    { label: "Units billed", value: String(line.unitsBilled) },
    { label: line.claim ? "Claimed" : "Payable", value: cents === null ? "No rate" : money(cents) },
    { label: "Billed", value: line.centsBilled === null ? "No rate" : money(line.centsBilled) },
    {
      label: "Rate on the day",
      value: line.centsPerUnit === null ? "None" : `${money(line.centsPerUnit)} a unit`,
    },
  ];
  return (
    <Box mb="md">
      <Group gap="xl" component="dl" m={0}>
        {numbers.map(({ label, value }) => (
          <Stack key={label} gap={0}>
            <Text component="dt" size="xs" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} fw={600}>
              {value}
            </Text>
          </Stack>
        ))}
      </Group>
      {because.length > 0 && (
        <Group gap={6} mt="xs">
          {because.map((why) => (
            <Badge key={why} color="orange">
              {waiting[why]}
            </Badge>
          ))}
        </Group>
      )}
    </Box>
  );
}

/** The start of a bulletin's content hash; the whole of it on hover and to readers. */
function Hash({ of }: { of: string }) {
  return (
    <Text span ff="monospace" size="xs" title={`SHA-256 of the bulletin's file: ${of}`}>
      {of.slice(0, 12)}
    </Text>
  );
}
