import { Anchor, Badge, Button, Grid, Group, Textarea } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Link, type ShouldRevalidateFunctionArgs, useFetcher, useLoaderData } from "react-router";
import { addDays } from "../../kernel/day.ts";
import { done, Form, refuseField } from "../../web/form.tsx";
import { act, noSuchPage, page } from "../../web/guard.ts";
import { PageHead, Section } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { bulletinSchema } from "../json-schema.ts";
import type { DraftAnswer } from "./draft-check.ts";
import { DraftEffects } from "./draft-effects.tsx";
import { DraftEnglish, DraftProblems } from "./draft-english.tsx";
import { MOST_TEXT, sayDraft } from "./draft-said.ts";
import { findDraft, saveDraft } from "./draft-store.ts";

const DraftEditor = lazy(() => import("./draft-editor.tsx"));

export const meta = () => [{ title: "A draft · Throughcare" }];

export const loader = page("draft.write", async ({ db, params, today }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!draft) throw noSuchPage();
  return {
    draft,
    said: sayDraft(draft.yaml),
    schema: bulletinSchema(),
    period: { from: addDays(today, -365), to: today },
  };
});

/** Where there is no script, the text is sent as a form. */
export const action = act("draft.write", async ({ db, me, params, form }) => {
  const id = params.bulletinDraftId ?? "";
  const draft = /^[0-9a-f-]{36}$/.test(id) ? await findDraft(db, id) : null;
  if (!draft) throw noSuchPage();
  const yaml = String(form.get("yaml") ?? "").replaceAll("\r\n", "\n");
  if (yaml.length === 0 || yaml.length > MOST_TEXT) {
    return refuseField(form, "yaml", `Between 1 and ${MOST_TEXT} characters`);
  }
  const by = { agencyId: me.agency.id, staffId: me.staffId };
  const saved = await saveDraft(db, by, { id, yaml, saves: Number(form.get("saves")) });
  if (saved === null)
    return refuseField(form, "yaml", "It was saved elsewhere since. Reload first.");
  return done(paths.draft(id), "Draft saved");
});

/** What is sent while one types changes nothing else on the page. */
export function shouldRevalidate({
  formAction,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs) {
  return /\/(check|effect)$/.test(formAction ?? "") ? false : defaultShouldRevalidate;
}

const PAUSE_MS = 600;

export default function DraftPage() {
  const { draft } = useLoaderData<typeof loader>();
  // Another draft is another page.
  return <Draft key={draft.id} />;
}

function Draft() {
  const { draft, said: saidFirst, schema, period } = useLoaderData<typeof loader>();
  const mounted = useMounted();
  const [text, setText] = useState(draft.yaml);
  const [shown, setShown] = useState<{ line: number } | null>(null);
  const { said, state } = useSaving(draft, text, saidFirst);
  const lineOf = (clause: string) =>
    text.split("\n").findIndex((line) => new RegExp(`^\\s+["']?${clause}["']?:`).test(line)) + 1;
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
            <SaveState state={state} />
            <Button
              component="a"
              href={paths.draftFile(draft.id)}
              download
              variant="default"
              size="xs"
            >
              Download the YAML
            </Button>
          </Group>
        }
      />
      <Grid>
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Section title="The file">
            {mounted ? (
              <Suspense fallback={<Plain text={text} saves={draft.saves} />}>
                <DraftEditor
                  initial={draft.yaml}
                  schema={schema}
                  problems={said.ok ? NONE : said.problems}
                  shown={shown}
                  onChange={setText}
                />
              </Suspense>
            ) : (
              <Plain text={text} saves={draft.saves} />
            )}
          </Section>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          {said.ok ? (
            <DraftEnglish said={said} onShow={(clause) => setShown({ line: lineOf(clause) })} />
          ) : (
            <DraftProblems said={said} onShow={(line) => setShown({ line })} />
          )}
        </Grid.Col>
      </Grid>
      <DraftEffects draft={draft} text={text} ready={said.ok} period={period} />
    </>
  );
}

const NONE: never[] = [];

type SaveStates = "saved" | "saving" | "elsewhere";

/** Saves and checks a moment after the last key, one save at a time. */
function useSaving(
  draft: { id: string; yaml: string; saves: number },
  text: string,
  saidFirst: DraftAnswer["said"],
): { said: DraftAnswer["said"]; state: SaveStates } {
  const { submit, state, data } = useFetcher<DraftAnswer>();
  const sent = useRef(draft.yaml);
  const saves = useRef(draft.saves);
  if (typeof data?.saves === "number") saves.current = data.saves;
  const elsewhere = data?.saves === null;
  useEffect(() => {
    if (elsewhere || state !== "idle" || text === sent.current) return;
    const pause = setTimeout(() => {
      sent.current = text;
      void submit(
        { yaml: text, saves: String(saves.current) },
        { method: "post", action: paths.draftCheck(draft.id) },
      );
    }, PAUSE_MS);
    return () => clearTimeout(pause);
  }, [text, state, submit, draft.id, elsewhere]);
  // Whoever leaves before the pause is over loses nothing either.
  const latest = useRef(text);
  latest.current = text;
  useEffect(() => {
    const leave = () => {
      if (latest.current === sent.current) return;
      const body = new URLSearchParams({ yaml: latest.current, saves: String(saves.current) });
      navigator.sendBeacon(paths.draftCheck(draft.id), body);
      sent.current = latest.current;
    };
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
  }, [draft.id]);
  return {
    said: data?.said ?? saidFirst,
    state: elsewhere ? "elsewhere" : state !== "idle" || text !== sent.current ? "saving" : "saved",
  };
}

function SaveState({ state }: { state: SaveStates }) {
  const words = {
    saved: { word: "Saved", color: "teal" },
    saving: { word: "Saving …", color: "gray" },
    elsewhere: { word: "Saved elsewhere since: reload", color: "red" },
  };
  const { word, color } = words[state];
  return (
    <Badge color={color} role="status">
      {word}
    </Badge>
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
