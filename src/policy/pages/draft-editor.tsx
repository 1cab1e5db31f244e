import { autocompletion, type CompletionContext } from "@codemirror/autocomplete";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useComputedColorScheme } from "@mantine/core";
import CodeMirror, { Prec, type ReactCodeMirrorRef } from "@uiw/react-codemirror";
import { useEffect, useMemo, useRef } from "react";
import { choicesAt, placeAt, type Schema } from "../complete.ts";

/** Every part is read as well as the rest, by day and in the dark; the themes' own colours are too faint. */
const readable = HighlightStyle.define([
  { tag: tags.comment, color: "var(--mantine-color-text)", fontStyle: "italic" },
  { tag: tags.propertyName, color: "light-dark(#0b5581, #9bd0ff)" },
  { tag: tags.string, color: "light-dark(#1b5e2b, #a8d8ab)" },
  {
    tag: [tags.content, tags.separator, tags.punctuation, tags.meta, tags.keyword],
    color: "var(--mantine-color-text)",
  },
]);

export type EditorProblem = { readonly line: number; readonly message: string };

/** The editor of a draft's files: only in a browser, so it is loaded there alone. */
export default function DraftEditor({
  label,
  value,
  schema,
  problems,
  shown,
  onChange,
}: {
  label: string;
  /** What it begins with; another text takes the place of what stands in it, and can be undone. */
  value: string;
  /** What may stand where is offered by it; null: nothing is offered. */
  schema: Schema | null;
  problems: readonly EditorProblem[];
  /** The line to go to; another object goes there again. */
  shown: { readonly line: number } | null;
  onChange: (text: string) => void;
}) {
  const editor = useRef<ReactCodeMirrorRef>(null);
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const extensions = useMemo(
    () => [
      yaml(),
      Prec.highest(syntaxHighlighting(readable)),
      lintGutter(),
      ...(schema ? [autocompletion({ override: [complete(schema)], activateOnTyping: true })] : []),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": label,
        tabindex: "0",
      }),
      EditorView.theme({
        "&": { fontSize: "13px" },
        ".cm-gutterElement": { color: "var(--mantine-color-text)" },
      }),
    ],
    [schema, label],
  );
  useEffect(() => {
    const view = editor.current?.view;
    if (view) view.dispatch(setDiagnostics(view.state, diagnosticsOf(view, problems)));
  }, [problems]);
  useEffect(() => {
    const view = editor.current?.view;
    if (!view || !shown) return;
    const { from } = view.state.doc.line(Math.min(Math.max(1, shown.line), view.state.doc.lines));
    view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: "start", yMargin: 40 }),
    });
    view.focus();
  }, [shown]);
  return (
    <CodeMirror
      ref={editor}
      value={value}
      height="34rem"
      theme={scheme}
      extensions={extensions}
      basicSetup={{ foldGutter: true, autocompletion: false, lintKeymap: true }}
      onChange={onChange}
      onCreateEditor={(view) => {
        view.dispatch(setDiagnostics(view.state, diagnosticsOf(view, problems)));
      }}
    />
  );
}

function diagnosticsOf(view: EditorView, problems: readonly EditorProblem[]): Diagnostic[] {
  return problems.map(({ line, message }) => {
    const { from, to } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
    return { from, to, severity: "error", message };
  });
}

/** Offers what the schema lets stand where the cursor is. */
function complete(schema: Schema) {
  return (context: CompletionContext) => {
    const place = placeAt(context.state.doc.toString(), context.pos);
    if (place.from === context.pos && !context.explicit) return null;
    const options = choicesAt(schema, place).map(({ label, detail, wants }) => ({
      label: wants === "key" && /^\d/.test(label) ? `"${label}"` : label,
      type: wants === "key" ? "property" : "enum",
      ...(detail && { info: detail }),
      ...(wants === "key" && place.wants === "key" && { apply: `${label}: ` }),
    }));
    return options.length > 0 ? { from: place.from, options, validFor: /^[\w.-]*$/ } : null;
  };
}
