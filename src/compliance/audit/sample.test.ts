import fc from "fast-check";
import { expect, test } from "vitest";
import { type Drawable, drawSample } from "./sample.ts";

const findings = fc
  .uniqueArray(
    fc.record({
      clause: fc.constantFrom("1.1", "3.1", "3.2", "4.1", "4.2", "5.1"),
      lineId: fc.nat(400).map(String),
    }),
    { selector: ({ clause, lineId }) => `${clause} ${lineId}`, maxLength: 300 },
  )
  .map((list): readonly Drawable[] => list);
const sizes = fc.integer({ min: 1, max: 60 });
const seeds = fc.string({ maxLength: 10 });
const draw = (list: readonly Drawable[], how: { size: number; seed: string }) =>
  drawSample(list, how).map(({ finding }) => finding);
const clausesOf = (list: readonly Drawable[]) => new Set(list.map(({ clause }) => clause));

test("a sample has its size, draws nothing twice, and every clause is in it that there is room for", () => {
  fc.assert(
    fc.property(findings, sizes, seeds, (list, size, seed) => {
      const drawn = draw(list, { size, seed });
      expect(drawn.length).toBe(Math.min(size, list.length));
      expect(new Set(drawn).size).toBe(drawn.length);
      for (const one of drawn) expect(list).toContain(one);
      expect(clausesOf(drawn).size).toBe(Math.min(clausesOf(list).size, size));
    }),
  );
});

test("the same seed draws the same, in whatever order the findings come", () => {
  fc.assert(
    fc.property(findings, sizes, seeds, (list, size, seed) => {
      const again = drawSample(list.toReversed(), { size, seed });
      expect(again).toEqual(drawSample(list, { size, seed }));
    }),
  );
});

test("a larger clause gets the larger share", () => {
  fc.assert(
    fc.property(findings, sizes, seeds, (list, size, seed) => {
      const drawn = draw(list, { size, seed });
      const count = (of: readonly Drawable[], clause: string) =>
        of.filter((one) => one.clause === clause).length;
      const clauses = [...clausesOf(list)];
      for (const a of clauses) {
        for (const b of clauses) {
          if (count(list, a) <= count(list, b)) continue;
          expect(count(drawn, a)).toBeGreaterThanOrEqual(count(drawn, b));
        }
      }
    }),
  );
});

test("another seed draws another sample", () => {
  const list = Array.from({ length: 200 }, (_, place) => ({ clause: "4.2", lineId: `${place}` }));
  const by = (seed: string) => draw(list, { size: 20, seed }).map(({ lineId }) => lineId);
  expect(by("spring")).not.toEqual(by("autumn"));
});

test("what is drawn says of how many, so that each clause can be weighed", () => {
  fc.assert(
    fc.property(findings, sizes, seeds, (list, size, seed) => {
      const sample = drawSample(list, { size, seed });
      for (const { finding, of, drawn } of sample) {
        expect(of).toBe(list.filter(({ clause }) => clause === finding.clause).length);
        expect(drawn).toBe(sample.filter((one) => one.finding.clause === finding.clause).length);
      }
    }),
  );
});
