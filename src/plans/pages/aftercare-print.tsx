import { Alert, Button, Group, List, Text, Title } from "@mantine/core";
import { useLoaderData } from "react-router";
import { noSuchPage, page } from "../../web/guard.ts";
import { LinkButton } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { isStanding } from "../aftercare.ts";
import { findHomeFacts } from "../aftercare-store.ts";
import { namesFlagged, naming, withoutFlagged } from "../sheet.ts";
import { findSheetNames } from "../sheet-store.ts";
import {
  type Language,
  languageFor,
  languages,
  linesIn,
  type SheetBlock,
  spokenBeside,
  staySheet,
  stayWellWords,
  tellingLines,
} from "../stay-well.ts";
import { findAftercare } from "./aftercare-data.ts";
import classes from "./aftercare-print.module.css";
import { Flagged } from "./home-sheet.tsx";

export const meta = () => [{ title: "My plan" }];

export const loader = page("record.read", async ({ db, me, consumerId, url }) => {
  const names = await findSheetNames(db, consumerId);
  const facts = await findHomeFacts(db, consumerId);
  if (!names || !facts) throw noSuchPage();
  const { inForce, draft, relapse, supports, gains } = await findAftercare(db, consumerId);
  const plan = inForce ?? draft;
  const language = languageFor(url.searchParams.get("language"), facts.language);
  const anyHour = linesIn(language, facts.crisis_lines, facts.crisis_lines_es);
  // Whoever must not be contacted is nobody to call, and helps nobody, on a page that goes home.
  const flagged = (text: string | null) => namesFlagged(text, names.around, names.ownNames);
  const triggers = relapse.triggers.map((trigger) => ({
    ...trigger,
    strategies: withoutFlagged(trigger.strategies, flagged),
  }));
  const callFirst = plan?.call_first ?? null;
  const left = [
    callFirst,
    ...[...relapse.anyTime, ...relapse.triggers.flatMap(({ strategies }) => strategies)].map(
      ({ helper }) => helper,
    ),
    ...supports.filter(isStanding).map(({ by_whom }) => by_whom),
  ].filter((text): text is string => flagged(text));
  const sheet = staySheet(
    {
      agreedOn: plan?.agreed_on ?? null,
      helps: withoutFlagged(relapse.anyTime, flagged),
      signs: triggers.filter(({ sign }) => sign),
      harder: triggers.filter(({ sign }) => !sign),
      callFirst: flagged(callFirst) ? null : callFirst,
      crisisLines: anyHour.lines,
      back: {
        where: plan?.back_where ?? null,
        who: plan?.back_who ?? null,
        phone: plan?.back_phone ?? null,
        withinDays: plan?.back_within_days ?? null,
      },
      supports: supports.filter(isStanding).map((one) => ({
        ...{ what: one.what, detail: one.detail },
        by: one.provider ?? (flagged(one.by_whom) ? null : one.by_whom),
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
    left: [...new Set(left)],
    flagged: lines.filter(flagged),
    english: anyHour.english,
    beside: spokenBeside(language, facts.language),
  };
});

/** One page to take home, in plain words; it tells a stranger nothing. */
export default function AftercarePrint() {
  const { consumerId, sheet, language, firstName, from, look, draft, ...staff } =
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
        {staff.left.length > 0 && (
          <Alert color="red" mb="md" title="Left off: they must not be contacted">
            A no-contact flag stands for whom the plan names here: {staff.left.join(" · ")}. Write
            somebody else into the plan.
          </Alert>
        )}
        {staff.flagged.length > 0 && <Flagged lines={staff.flagged} />}
        {staff.english.length > 0 && (
          <Alert color="orange" mb="md" title="These lines are in English">
            {staff.english.join(" · ")}. Go through them with the person. An administrator writes
            them in Spanish under Settings, Clocks and lists.
          </Alert>
        )}
        {(staff.beside || language !== "en") && (
          <Alert color="gray" mb="md">
            {staff.beside
              ? `They speak ${staff.beside}, and this page is in ${language === "es" ? "Spanish" : "English"}: go through it together${/^english/i.test(staff.beside) ? "" : ", with an interpreter"}.`
              : "Headings and what stands on every page are in Spanish. What was written for this person stays in the language it was written in."}
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
          {(["en", "es"] as const satisfies readonly Language[])
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
