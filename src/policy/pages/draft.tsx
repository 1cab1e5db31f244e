import { Anchor, Button, Grid, Group, Text, Textarea, TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { lazy, Suspense, useCallback, useState } from "react";
import { Link, useLoaderData } from "react-router";
import { z } from "zod";
import { addDays } from "../../kernel/day.ts";
import {
  done,
  Form,
  parseForm,
  refuse,
  refuseField,
  text as textField,
  useFields,
  useSending,
} from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { bulletinSchema } from "../json-schema.ts";
import { againstOf, casesOf, sayAll, wrongText } from "./draft-checked.ts";
import { DraftEffects } from "./draft-effects.tsx";
import { DraftProblems, DraftReading } from "./draft-english.tsx";
import { sayDraft } from "./draft-said.ts";
import { DraftVersions, SaveBadge, SaveTrouble } from "./draft-saving.tsx";
import { deleteDraft, findDraft, findVersions, renameDraft, saveDraft } from "./draft-store.ts";
import { caseProblems, FileChoice, OwnCasesView } from "./own-cases-view.tsx";
import { useDraft } from "./use-draft.ts";

const DraftEditor = lazy(() => import("./draft-editor.tsx"));

export const meta = () => [{ title: "A draft · Throughcare" }];

export const loader = page("draft.write", async ({ db, params, services, today }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = await findDraft(db, id);
  if (!draft) throw noSuchPage();
  const against = againstOf(services.shelf, draft);
  const cases = casesOf(draft, against);
  return {
    draft: { ...draft, cases },
    checked: {
      ...(await sayAll({ yaml: draft.yaml, cases }, against)),
      versions: await findVersions(db, id),
    },
    against: { number: draft.against.number, said: against ? sayDraft(against.text) : null },
    schema: bulletinSchema(),
    period: { from: addDays(today, -365), to: today },
  };
});

export const action = act("draft.write", async ({ db, by, params, form }) => {
  const id = params.bulletinDraftId ?? "";
  if (!(await findDraft(db, id))) throw noSuchPage();
  const asked = form.get("intent");
  if (asked === "delete") {
    await deleteDraft(db, id);
    return done(paths.drafts(), "Draft deleted");
  }
  if (asked === "rename") {
    const { value, invalid } = parseForm(z.object({ title: textField() }), form);
    if (invalid) return refuse(invalid);
    await renameDraft(db, id, value.title);
    return done(paths.draft(id), "Draft renamed");
  }
  // Where there is no script, the text is sent as a form.
  const yaml = String(form.get("yaml") ?? "").replaceAll("\r\n", "\n");
  const wrong = wrongText(yaml);
  if (wrong !== null) return refuseField(form, "yaml", wrong);
  const saved = await saveDraft(db, by, { id, yaml, saves: Number(form.get("saves")) });
  if (saved === null) {
    return refuseField(form, "yaml", "It was saved elsewhere since. Reload first.");
  }
  return done(paths.draft(id), "Draft saved");
});

export default function DraftPage() {
  const { draft } = useLoaderData<typeof loader>();
  // Another draft is another page.
  return <Draft key={draft.id} />;
}

function Draft() {
  const { draft, checked: first, against, schema, period } = useLoaderData<typeof loader>();
  const mounted = useMounted();
  const [shown, setShown] = useState<{ line: number } | null>(null);
  const begun = { yaml: draft.yaml, cases: draft.cases };
  /** The texts that the editors are given; what is typed in them stays in them. */
  const [given, setGiven] = useState(begun);
  const [file, setFile] = useState<"yaml" | "cases">("yaml");
  const { texts, state, checked, change, replace, keepMine, takeTheirs } = useDraft(
    paths.draftCheck(draft.id),
    { texts: begun, saves: draft.saves, checked: first },
  );
  const { said, cases, own, versions } = checked;
  const text = texts.yaml;
  const showClause = (clause: string) => {
    const key = new RegExp(`^\\s+["']?${clause.replaceAll(".", "\\.")}["']?:`);
    setShown({ line: text.split("\n").findIndex((line) => key.test(line)) + 1 });
  };
  const choose = (next: "yaml" | "cases") => {
    setShown(null);
    setFile(next);
  };
  const changeYaml = useCallback((yaml: string) => change({ yaml }), [change]);
  const changeCases = useCallback((cases: string) => change({ cases }), [change]);
  const bringBack = async (saves: number) => {
    const asked = ["bulletin", "cases"].map(async (what) => {
      const url = `${paths.draftFile(draft.id)}?version=${saves}&what=${what}`;
      const answer = await fetch(url).catch(() => null);
      return answer?.ok && !answer.redirected ? answer.text() : null;
    });
    const [yaml = null, cases = null] = await Promise.all(asked);
    if (yaml === null || cases === null) return;
    const before = { yaml, cases };
    setGiven(before);
    replace(before);
  };
  return (
    <>
      <Anchor component={Link} to={paths.drafts()} size="sm">
        All drafts
      </Anchor>
      <PageHead
        title={draft.title}
        about={`A draft, compared with ${draft.against.number}. It judges nobody.`}
        actions={
          <Group gap="sm">
            <SaveBadge state={state} />
            <Button
              component="a"
              href={paths.draftFile(draft.id)}
              download
              variant="default"
              size="xs"
            >
              Download the YAML
            </Button>
            <Button
              component="a"
              href={`${paths.draftFile(draft.id)}?what=cases`}
              download
              variant="default"
              size="xs"
            >
              Download its cases
            </Button>
          </Group>
        }
      />
      <SaveTrouble
        state={state}
        onKeepMine={keepMine}
        onTakeTheirs={() => {
          if (state.kind === "conflict") setGiven(state.theirs);
          takeTheirs();
        }}
      />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Section
            title={file === "yaml" ? "The file" : "Its worked cases"}
            actions={mounted && <FileChoice file={file} onChoose={choose} />}
          >
            {mounted ? (
              <Suspense fallback={<Plain text={text} saves={draft.saves} />}>
                <div hidden={file !== "yaml"}>
                  <DraftEditor
                    label="The bulletin's file, in YAML"
                    value={given.yaml}
                    schema={schema}
                    problems={said.ok ? NONE : said.problems}
                    shown={file === "yaml" ? shown : null}
                    onChange={changeYaml}
                  />
                </div>
                <div hidden={file !== "cases"}>
                  <DraftEditor
                    label="The draft's worked cases, in YAML"
                    value={given.cases}
                    schema={null}
                    problems={own ? caseProblems(own) : NONE}
                    shown={file === "cases" ? shown : null}
                    onChange={changeCases}
                  />
                </div>
              </Suspense>
            ) : (
              <Plain text={text} saves={draft.saves} />
            )}
            <Text size="xs" c="dimmed" mt="xs">
              {file === "yaml" && "Ctrl+Space offers what may stand here. "}Tab indents; to leave
              the editor by keyboard press Escape, then Tab.
            </Text>
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          {file === "cases" ? (
            <OwnCasesView own={own} onShow={(line) => setShown({ line })} />
          ) : said.ok ? (
            <DraftReading said={said} against={against} cases={cases} onShow={showClause} />
          ) : (
            <DraftProblems said={said} onShow={(line) => setShown({ line })} />
          )}
        </Grid.Col>
      </Grid>
      <DraftEffects draft={draft} text={text} ready={said.ok} period={period} />
      <DraftVersions draftId={draft.id} versions={versions} onBringBack={bringBack} />
      <Manage />
    </>
  );
}

const NONE: never[] = [];

function Manage() {
  const { draft } = useLoaderData<typeof loader>();
  const sending = useSending();
  const field = useFields({ title: draft.title }, "rename");
  return (
    <Text component="details" size="sm">
      <summary style={{ cursor: "pointer" }}>Rename or delete this draft …</summary>
      <Group gap="xl" align="flex-end" mt="sm">
        <Form intent="rename">
          <Group gap="sm" align="flex-end">
            <TextInput label="What you call the draft" size="xs" w="20rem" {...field("title")} />
            <Button type="submit" size="xs" variant="default" loading={sending}>
              Rename
            </Button>
          </Group>
        </Form>
        <Form intent="delete">
          <Text size="xs" c="dimmed" mb={4}>
            It goes for good, with its earlier versions. What was downloaded stays.
          </Text>
          <Button type="submit" size="xs" color="red" variant="light" loading={sending}>
            Delete this draft
          </Button>
        </Form>
      </Group>
    </Text>
  );
}

/** The file as text, before the editor is there or where it can't be. */
function Plain({ text, saves }: { text: string; saves: number }) {
  return (
    <Form>
      <input type="hidden" name="saves" value={saves} />
      <Textarea
        name="yaml"
        aria-label="The bulletin's file, in YAML"
        defaultValue={text}
        rows={28}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
      />
      <noscript>
        <Button type="submit" mt="sm">
          Save
        </Button>
      </noscript>
    </Form>
  );
}
