import { Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import type { useFields } from "../../web/form.tsx";
import type { Question } from "../assessment.ts";
import classes from "./assessment.module.css";
import { OneOf, YesNo } from "./yes-no.tsx";

type Field = ReturnType<typeof useFields>;

/** One question, asked in the way its kind is answered. */
function QuestionField({
  question,
  field,
  chosen,
}: {
  question: Question;
  field: Field;
  /** What is chosen of several. */
  chosen: readonly string[];
}) {
  const { name, label, hint } = question;
  switch (question.kind) {
    case "words":
      return (
        <Textarea
          label={label}
          description={hint}
          autosize
          minRows={question.rows ?? 2}
          {...field(name)}
        />
      );
    case "line":
      return <TextInput label={label} description={hint} autoComplete="off" {...field(name)} />;
    case "yes-no":
      return <YesNo label={label} field={field(name)} />;
    case "choice":
      return (
        <OneOf
          label={label}
          description={hint}
          field={field(name)}
          options={[...Object.entries(question.options), ["", "Not asked"]]}
        />
      );
    case "several":
      return (
        <Checkbox.Group label={label} description={hint} defaultValue={[...chosen]}>
          <Group gap="0.3rem 1rem" mt={4}>
            {Object.entries(question.options).map(([value, words]) => (
              <Checkbox key={value} value={value} name={`${name}[]`} label={words} />
            ))}
          </Group>
        </Checkbox.Group>
      );
    case "count":
      return (
        <TextInput
          label={label}
          inputMode="numeric"
          maw="12rem"
          autoComplete="off"
          {...field(name)}
        />
      );
    case "day":
      return <TextInput label={label} type="date" maw="12rem" {...field(name)} />;
  }
}

/** The questions of a section, those with short answers beside each other. */
export function Questions({
  questions,
  field,
  chosenOf,
}: {
  questions: readonly Question[];
  field: Field;
  chosenOf: (name: string) => readonly string[];
}) {
  return (
    <div className={classes.questions}>
      {questions.map((question) => (
        <div
          key={question.name}
          className={["words", "several"].includes(question.kind) ? classes.whole : undefined}
        >
          <QuestionField question={question} field={field} chosen={chosenOf(question.name)} />
        </div>
      ))}
    </div>
  );
}
