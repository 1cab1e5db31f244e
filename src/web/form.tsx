import { Alert, List } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { data, Form as RouterForm, redirect, useActionData, useNavigation } from "react-router";
import { z } from "zod";
import { type Day, parseDay } from "../kernel/day.ts";

/** What was wrong, by field, and what was typed, so that nothing has to be typed twice. */
export type Invalid = { errors: Record<string, string>; typed: Record<string, string | string[]> };

export type Parsed<T> = { value: T; invalid?: never } | { value?: never; invalid: Invalid };

/**
 * Reads a form: a value, or errors by field. Empty text is "not given". A field whose name ends
 * in `[]` is a list; a field named `a.b` in the schema's error path is shown beside that input.
 */
export function parseForm<S extends z.ZodType>(schema: S, form: FormData): Parsed<z.output<S>> {
  const typed: Record<string, string | string[]> = {};
  for (const key of new Set(form.keys())) {
    const all = form.getAll(key).filter((value): value is string => typeof value === "string");
    typed[key] = key.endsWith("[]") ? all : (all.at(-1) ?? "");
  }
  const given = Object.fromEntries(
    Object.entries(typed)
      .filter(([, value]) => value !== "")
      .map(([key, value]) => [key.replace(/\[\]$/, ""), value]),
  );
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data };
  const errors: Record<string, string> = {};
  for (const issue of result.error.issues) {
    const name = issue.path.join(".");
    errors[name] ??= issue.message;
  }
  return { invalid: { errors, typed } };
}

/** Answers a form that cannot be taken: the page is shown again with what was typed. */
export function refuse(invalid: Invalid) {
  return data(invalid, { status: 422 });
}

/** One refusal that parsing alone could not find, for example a double booking. */
export function refuseField(form: FormData, field: string, message: string) {
  const { invalid } = parseForm(z.never(), form);
  return refuse({ errors: { [field]: message }, typed: invalid?.typed ?? {} });
}

/** Goes on to `to` and says there what was done; the message names nobody. */
export function done(to: string, message: string) {
  const flash = `throughcare.done=${encodeURIComponent(message)}; Path=/; Max-Age=30; SameSite=Lax`;
  return redirect(to, { headers: { "Set-Cookie": flash } });
}

/** The words for what a person typed in a form. */
export const text = (most = 200) =>
  z.string("Fill this in").trim().min(1, "Fill this in").max(most, `At most ${most} characters`);
export const optionalText = (most = 200) =>
  z.string().trim().max(most, `At most ${most} characters`).optional();
export const checkbox = z
  .enum(["on"])
  .optional()
  .transform((value) => value === "on");
/** A calendar day as `<input type="date">` sends it. */
export const day = (message = "Choose a day") =>
  z.string(message).transform((typed, context): Day => {
    const found = parseDay(typed);
    if (found) return found;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
export const identifier = (message = "Choose one") => z.uuid(message);

/** The answer, if it is to this form: where a page has several, each carries its `intent`. */
function useAnswer(intent: string | undefined): Partial<Invalid> | undefined {
  const answer = useActionData() as Partial<Invalid> | undefined;
  return intent === undefined || answer?.typed?.intent === intent ? answer : undefined;
}

/**
 * The props of a Mantine input for a field: its name, what was typed before, and its error.
 *
 * @param intent the form's, on a page that has several
 */
export function useFields(saved: Record<string, string | null | undefined> = {}, intent?: string) {
  const answer = useAnswer(intent);
  return (name: string) => {
    const typed = answer?.typed?.[name];
    return {
      name,
      defaultValue: (typeof typed === "string" ? typed : undefined) ?? saved[name] ?? "",
      error: answer?.errors?.[name.replace(/\[\]$/, "")],
    };
  };
}

/**
 * A form that is sent once, keeps what was typed, and after a refusal takes the eye and the
 * keyboard to what has to be mended.
 */
export function Form({
  children,
  intent,
  ...props
}: {
  children: ReactNode;
  /** Tells this form from the others of its page; it is sent as the field `intent`. */
  intent?: string;
} & React.ComponentProps<typeof RouterForm>) {
  const answer = useAnswer(intent);
  const form = useRef<HTMLFormElement>(null);
  const [labels, setLabels] = useState<Record<string, string>>({});
  const errors = answer?.errors;
  useEffect(() => {
    if (!errors) return;
    const first = form.current?.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-error] :is(input, textarea, select)',
    );
    (first ?? form.current)?.focus();
    setLabels(labelsOf(form.current, Object.keys(errors)));
  }, [errors]);
  const general = errors?.[""] ?? errors?.form;
  return (
    <RouterForm method="post" ref={form} noValidate tabIndex={-1} {...props}>
      {errors && (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title={general ?? "This could not be saved yet"}
          role="alert"
          mb="md"
        >
          {!general && (
            <List size="sm">
              {Object.entries(errors).map(([name, message]) => (
                <List.Item key={name}>
                  {labels[name] && `${labels[name]}: `}
                  {message}
                </List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      {intent !== undefined && <input type="hidden" name="intent" value={intent} />}
      {children}
    </RouterForm>
  );
}

/** What the fields are called on the page, so that "Fill this in" says where. */
function labelsOf(form: HTMLFormElement | null, names: string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const name of names) {
    const field = form?.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
    // Of a choice of one, the question is its name; the first label is only an answer.
    const group = field?.type === "radio" ? field.closest('[role="radiogroup"]') : null;
    const question = document.getElementById(group?.getAttribute("aria-labelledby") ?? "");
    const named = question ?? field?.labels?.[0];
    const label = named?.textContent?.replace(/\s*\*$/, "").trim();
    if (label) labels[name] = label;
  }
  return labels;
}

/** True while this page's form is on its way, so that its button can show it. */
export function useSending(): boolean {
  const navigation = useNavigation();
  return navigation.state !== "idle" && navigation.formMethod === "POST";
}
