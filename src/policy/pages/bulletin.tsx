import { Alert, Anchor, Group, Text } from "@mantine/core";
import { IconHistory, IconInfoCircle } from "@tabler/icons-react";
import { Link, useLoaderData } from "react-router";
import { jurisdictionName } from "../../agency/agency.ts";
import { bulletinsOf } from "../../compliance/chosen.ts";
import { addDays } from "../../kernel/day.ts";
import { may } from "../../people/access.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useDates, useMe } from "../../web/use-me.ts";
import { wordsOf } from "../../web/words.ts";
import { inForce } from "../bulletin.ts";
import type { Shelved } from "../shelf.ts";
import { appliesInEnglish } from "../to-english.ts";
import { capitalized } from "../words.ts";
import styles from "./bulletin.module.css";
import { workCases } from "./case-rows.ts";
import { CaseTable } from "./case-table.tsx";
import { clauseRows, headerRow, readingRows } from "./clause-rows.ts";
import { ClauseTable } from "./clause-table.tsx";
import { findClauseCounts } from "./count-store.ts";
import { ReadingTable } from "./reading-table.tsx";
import { type SubjectWords, subjectWords } from "./subject-words.ts";

export const loader = page("bulletin.read", async ({ db, me, params, services, today }) => {
  const named = services.shelf.filter(({ bulletin }) => bulletin.number === params.number);
  const heldHere = ({ bulletin }: Shelved) => bulletinsOf(me.agency, [bulletin]);
  // Two jurisdictions may number alike: one's own comes first.
  const shelved = named.find((one) => heldHere(one).length > 0) ?? named[0];
  if (!shelved) throw noSuchPage();
  const { bulletin, cases } = shelved;
  const held = heldHere(shelved);
  const now = held.some((one) => inForce(one, today));
  const since = addDays(today, -89);
  const counts = await findClauseCounts(db, held, since);
  const { number, title, issuer, status, effective, contentHash } = bulletin;
  return {
    ...{ number, title, issuer, status, effective, contentHash },
    jurisdiction: bulletin.jurisdiction,
    applies: appliesInEnglish(bulletin),
    inForce: now,
    held: held.map((one) => one.effective),
    chose: (me.agency.bulletins ?? []).length > 0,
    about: bulletin.about,
    subject: subjectWords(bulletin.about),
    listsShortFalls: now && bulletin.about === "care" && may(me.roles, "record.read"),
    chooses: may(me.roles, "agency.manage"),
    since,
    header: headerRow(bulletin, counts),
    clauses: clauseRows(bulletin, counts, me.roles, wordsOf(me.agency.locale)),
    readings: readingRows(bulletin, counts),
    cases: await workCases(bulletin, cases),
  };
});

export const meta = ({ loaderData }: { loaderData?: { number: string; title: string } }) => [
  {
    title: `${loaderData ? `${loaderData.title} ${loaderData.number}` : "Bulletin"} · Throughcare`,
  },
];

export default function BulletinPage() {
  const bulletin = useLoaderData<typeof loader>();
  const dates = useDates();
  return (
    <>
      <Anchor component={Link} to={paths.bulletins()} size="sm" className="no-print">
        All bulletins
      </Anchor>
      <PageHead
        title={bulletin.title}
        about={`${bulletin.number}, clause by clause: what it asks, what carries it here, and how that ${bulletin.about === "service" ? `went since ${dates.day(bulletin.since)}` : "stands today"}.`}
        actions={
          <Group gap="md" component="nav" aria-label="On this page">
            {bulletin.listsShortFalls && (
              <Anchor component={Link} to={paths.shortFalls()} size="sm">
                What falls short
              </Anchor>
            )}
            <Anchor href="#readings" size="sm">
              {bulletin.readings.length} readings
            </Anchor>
            <Anchor href="#cases" size="sm">
              {bulletin.cases.rows.length} worked cases
            </Anchor>
          </Group>
        }
      />
      <Standing />
      <Section title="Clauses">
        <ClauseTable
          rows={bulletin.clauses}
          subject={bulletin.subject}
          header={{
            row: bulletin.header,
            gist: "What it is called, who issued it, and since when it is in force.",
            english: `Judges ${bulletin.subject.many} ${inForceWords(dates.day, bulletin.effective)}, and no others. ${bulletin.applies}`,
          }}
        />
      </Section>
      <div id="readings" className={styles.anchor}>
        <Section title="Readings">
          <Text size="sm" c="dimmed" mb="sm" maw="44rem">
            The document does not say these things. This is how it is read here; none of it is the
            issuer’s word, and every verdict that leans on a reading names it.
          </Text>
          <ReadingTable rows={bulletin.readings} subject={bulletin.subject} />
        </Section>
      </div>
      <Section title="Worked cases">
        <CaseTable cases={bulletin.cases} />
      </Section>
    </>
  );
}

/** Who issued it, since when it is in force, to what it applies, and which text was judged by. */
function Standing() {
  const bulletin = useLoaderData<typeof loader>();
  const { agency } = useMe();
  const dates = useDates();
  return (
    <Section title="Standing">
      {bulletin.status === "historic" && (
        <Alert icon={<IconHistory aria-hidden />} mb="md" variant="light" color="gray">
          A historic framework. It was guidance of its time, and other guidance has followed; what
          is judged by it says what it asked, not what the law asks now.
        </Alert>
      )}
      {!bulletin.inForce && (
        <Alert icon={<IconInfoCircle aria-hidden />} mb="md" variant="light">
          {notInForce(bulletin, agency)}
        </Alert>
      )}
      <dl className={styles.facts}>
        <Fact name="Issued by">{bulletin.issuer}</Fact>
        <Fact name="Jurisdiction">{jurisdictionName(bulletin.jurisdiction)}</Fact>
        <Fact name="Status">{bulletin.status}</Fact>
        <Fact name="In force">
          {inForceWords(dates.day, bulletin.effective)}
          {bulletin.effective.until ? "" : ", no end known"}
        </Fact>
        {bulletin.held.length > 0 && bulletin.chose && (
          <Fact name={`In force for ${agency.name}`}>
            {bulletin.held.map((span) => inForceWords(dates.day, span)).join("; ")}
          </Fact>
        )}
        <Fact name="Applies where">{bulletin.applies}</Fact>
        <div className={styles.wide}>
          <dt>Content hash (SHA-256 of the file), kept with every judgement</dt>
          <dd className={styles.hash}>{bulletin.contentHash}</dd>
        </div>
      </dl>
      {bulletin.chooses && (
        <Anchor component={Link} to={paths.chosenBulletins()} size="sm">
          Choose which bulletins are in force
        </Anchor>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        The clauses are told in our own words. The official text is not part of the product; an
        agency will be able to attach its copy here.
      </Text>
    </Section>
  );
}

function notInForce(
  {
    held,
    chose,
    subject,
    jurisdiction,
  }: { held: readonly unknown[]; chose: boolean; subject: SubjectWords; jurisdiction: string },
  agency: { name: string; jurisdiction: string },
): string {
  if (held.length > 0) {
    return `Not in force today. ${capitalized(subject.many)} of its days are still judged by it.`;
  }
  if (chose) return `${agency.name} has not put it in force, so nothing here is judged by it.`;
  const [theirs, ours] = [jurisdiction, agency.jurisdiction].map(jurisdictionName);
  return `For ${theirs}. ${agency.name} is in ${ours}, so nothing here is judged by it.`;
}

function inForceWords(
  say: (day: string) => string,
  { from, until }: { from: string; until: string | null },
): string {
  return until ? `from ${say(from)} to ${say(until)}` : `from ${say(from)} on`;
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
