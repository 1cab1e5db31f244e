/** What a user gave can't be worked with. One line that names what and where; nothing was written. */
export class Refusal extends Error {}

/** A text on one line. */
export function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
