import { SUBJECTS, type SubjectName } from "../facts.ts";

/** What a bulletin judges, in the words of its page. */
export type SubjectWords = {
  /** "1 service" */
  readonly one: string;
  readonly many: string;
  /** Which of them are counted. */
  readonly counted: string;
};

export function subjectWords(about: SubjectName): SubjectWords {
  const { label, plural } = SUBJECTS[about];
  const words = { one: label.replace(/^an? /, "1 "), many: plural };
  return about === "service"
    ? { ...words, counted: "Services of the last 90 days" }
    : { ...words, counted: "Records of care as they stand today" };
}
