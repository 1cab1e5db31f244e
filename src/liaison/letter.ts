import { type Topic, topics } from "../people/consent.ts";

/** A letter of referral, part by part; each says under which topic of a consent it may be told. */
export type Letter = {
  /** Whom it is to, and who is meant: what no referral can leave out. */
  to: string;
  who: { name: string; born: string | null; phone: string | null; reach: string | null };
  parts: LetterPart[];
  /** What the writer adds in their own words. */
  words: string | null;
};
export type LetterPart = { topic: Topic; heading: string; lines: string[] };

/** That somebody is referred by this agency tells that they come here, so no referral is without it. */
export const alwaysTold: Topic = "attendance";

/** What a record has to say, by topic, before it is known what may be told. */
export type Sayable = Readonly<Partial<Record<Topic, { heading: string; lines: string[] }>>>;

/** The parts of a letter: what was ticked, of what may be told, and nothing else. */
export function partsOf(sayable: Sayable, ticked: readonly Topic[]): LetterPart[] {
  return topics.flatMap((topic) => {
    const part = ticked.includes(topic) ? sayable[topic] : undefined;
    return part && part.lines.length > 0 ? [{ topic, ...part }] : [];
  });
}

/** A letter as it was kept, or null where what was kept is none. */
export function readLetter(kept: unknown): Letter | null {
  return kept && typeof kept === "object" && "parts" in kept ? (kept as Letter) : null;
}
