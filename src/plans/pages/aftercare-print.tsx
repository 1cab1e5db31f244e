import { Alert, Button, Group, List, Text, Title } from "@mantine/core";
import { useLoaderData } from "react-router";
import { noSuchPage, page } from "../../web/guard.ts";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { isStanding } from "../aftercare.ts";
import { findHomeFacts } from "../aftercare-store.ts";
import { naming } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import {
  type Language,
  languageFor,
  languages,
  type SheetBlock,
  staySheet,
  stayWellWords,
  tellingLines,
} from "../stay-well.ts";
import { findAftercare } from "./aftercare-data.ts";
import classes from "./aftercare-print.module.css";

export const meta = () => [{ title: "My plan" }];

export const loader = page("record.read", async ({ db, me, consumerId, url }) => {
  const names = await findSheetNames(db, consumerId);
  const facts = await findHomeFacts(db, consumerId);
  if (!names || !facts) throw noSuchPage();
  const { inForce, draft, relapse, supports, gains } = await findAftercare(db, consumerId);
  const plan = inForce ?? draft;
  const language = languageFor(url.searchParams.get("language"), facts.language);
  const sheet = staySheet(
    {
      agreedOn: plan?.agreed_on ?? null,
      helps: relapse.anyTime,
      signs: relapse.triggers.filter(({ sign }) => sign),
      harder: relapse.triggers.filter(({ sign }) => !sign),
      callFirst: plan?.call_first ?? null,
      crisisLines: facts.crisis_lines,
      back: {
        where: plan?.back_where ?? null,
        who: plan?.back_who ?? null,
        phone: plan?.back_phone ?? null,
        withinDays: plan?.back_within_days ?? null,
      },
      supports: supports.filter(isStanding).map((one) => ({
        ...{ what: one.what, detail: one.detail, by: one.provider ?? one.by_whom },
        ...{ times: one.times, address: one.address, phone: one.phone },
      })),
      gains: gains.filter((gain) => !gain.ended_on).map(({ text }) => text),
    },
    language,
    me.agency.locale,
  );
  const neutral = me.agency.neutralName.toLowerCase();
  const lines = [...sheet.left, ...sheet.right].flatMap((block) =>
    block.lines.flatMap(({ text, under }) => [text, ...under]),
  );
  const avoid = [me.agency.name, ...names.programs].filter(
    (name) => name.toLowerCase() !== neutral,
  );
  return {
    ...{ consumerId, sheet, language, firstName: names.firstName },
    draft: plan !== null && plan.state === "draft",
    from: [me.agency.neutralName, me.agency.phone].filter(Boolean).join(" · "),
    look: [...new Set([...naming(lines, avoid), ...tellingLines(lines)])],
  };
});

/** One page to take home, in plain words; it tells a stranger nothing. */
export default function AftercarePrint() {
  const { consumerId, sheet, language, firstName, from, look, draft } =
    useLoaderData<typeof loader>();
  const words = stayWellWords[language];
  return (
    <>
      <div className="no-print">
        {draft && (
          <Alert color="orange" mb="md">
            This plan is a draft: nobody has agreed to it yet.
          </Alert>
        )}
        {look.length > 0 && (
          <Alert color="orange" mb="md" title="Look at these lines before you print">
            They may tell a stranger what kind of help this is, and this page goes home. Ask the
            person whether they want them on it.
            <List size="sm">
              {look.map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {sheet.over > 0 && (
          <Alert color="gray" mb="md">
            {sheet.over} {sheet.over === 1 ? "line does" : "lines do"} not fit on one page and{" "}
            {sheet.over === 1 ? "is" : "are"} left off.
          </Alert>
        )}
        <Group gap="xs" mb="md">
          <Button size="sm" onClick={() => window.print()}>
            Print
          </Button>
          {(Object.keys(languages) as Language[])
            .filter((other) => other !== language)
            .map((other) => (
              <LinkButton
                key={other}
                to={paths.aftercarePrint(consumerId, other)}
                size="sm"
                variant="default"
              >
                {languages[other]}
              </LinkButton>
            ))}
          <LinkButton to={paths.aftercare(consumerId)} size="sm" variant="default">
            Back to the record
          </LinkButton>
        </Group>
      </div>
      <article className={classes.sheet} lang={language}>
        <header className={classes.head}>
          <Title order={1}>{sheet.title}</Title>
          <Text fw={600}>{firstName}</Text>
        </header>
        {sheet.left.length + sheet.right.length === 0 && <Text>{words.empty}</Text>}
        <div className={classes.columns}>
          <div>
            {sheet.left.map((block) => (
              <Block key={block.key} block={block} />
            ))}
          </div>
          <div>
            {sheet.right.map((block) => (
              <Block key={block.key} block={block} />
            ))}
          </div>
        </div>
        <footer className={classes.foot}>{[from, sheet.made].filter(Boolean).join(" · ")}</footer>
      </article>
    </>
  );
}

function Block({ block }: { block: SheetBlock }) {
  return (
    <section className={classes.block} data-block={block.key}>
      <Title order={2}>{block.heading}</Title>
      <ul>
        {block.lines.map((line) => (
          <li key={`${line.text} ${line.under.join()}`}>
            {line.text}
            {line.under.map((text) => (
              <div key={text} className={classes.under}>
                {text}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
