import type { ByOutcome } from "./tally.ts";

/** What the outcomes are called in a heading. */
export const SAID: Readonly<Record<keyof ByOutcome, string>> = {
  payable: "payable",
  reduced: "reduced",
  denied: "denied",
  pended: "pended",
  "not-applicable": "not applicable",
};

interface Bar {
  readonly label: string;
  readonly values: ByOutcome;
}

const LABEL_WIDTH = 190;
const BAR_WIDTH = 560;
const ROW = 26;

/** One bar a row, its lines by outcome side by side; the longest is as wide as there is room. */
export function stackedBars(bars: readonly Bar[], outcomes: readonly (keyof ByOutcome)[]): string {
  const total = ({ values }: Bar) => outcomes.reduce((sum, name) => sum + values[name], 0);
  const longest = Math.max(1, ...bars.map(total));
  const rows = bars.map((bar, index) => {
    let x = LABEL_WIDTH;
    const parts = outcomes.map((name) => {
      const width = (bar.values[name] / longest) * BAR_WIDTH;
      const part = `<rect class="${name}" x="${x.toFixed(1)}" y="${index * ROW + 4}" width="${width.toFixed(1)}" height="${ROW - 8}"><title>${html(bar.label)}: ${bar.values[name].toLocaleString("en-US")} ${SAID[name]}</title></rect>`;
      x += width;
      return part;
    });
    const label = shortened(bar.label);
    return `<text x="${LABEL_WIDTH - 10}" y="${index * ROW + ROW / 2 + 4}" text-anchor="end">${html(label)}</text>${parts.join("")}`;
  });
  const legend = outcomes.map((name) => `<span><i class="${name}"></i>${SAID[name]}</span>`);
  return `<figure><p class="legend" aria-hidden="true">${legend.join("")}</p><svg role="img" aria-label="Lines by outcome; the table below has the numbers" viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH + 10} ${Math.max(1, bars.length) * ROW}">${rows.join("")}</svg></figure>`;
}

interface TwoWays {
  readonly label: string;
  readonly gained: number;
  readonly lost: number;
}

/** One row each: what is lost to the left of a middle line, what is gained to the right of it. */
export function gainsAndLosses(rows: readonly TwoWays[], what: string): string {
  const longest = Math.max(1, ...rows.flatMap(({ gained, lost }) => [gained, lost]));
  const half = BAR_WIDTH / 2;
  const middle = LABEL_WIDTH + half;
  const bars = rows.map(({ label, gained, lost }, index) => {
    const y = index * ROW + 4;
    const wide = (value: number) => ((value / longest) * half).toFixed(1);
    const bar = (name: string, value: number, x: number) =>
      `<rect class="${name}" x="${x.toFixed(1)}" y="${y}" width="${wide(value)}" height="${ROW - 8}"><title>${html(label)}: ${value.toLocaleString("en-US")} ${what} ${name}</title></rect>`;
    return `<text x="${LABEL_WIDTH - 10}" y="${y + ROW / 2}" text-anchor="end">${html(shortened(label))}</text>${bar("lost", lost, middle - Number(wide(lost)))}${bar("gained", gained, middle)}`;
  });
  const height = Math.max(1, rows.length) * ROW;
  return `<figure><p class="legend" aria-hidden="true"><span><i class="lost"></i>${what} lost</span><span><i class="gained"></i>${what} gained</span></p><svg role="img" aria-label="${what} lost and gained; the table below has the numbers" viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH + 10} ${height}">${bars.join("")}<line class="middle" x1="${middle}" x2="${middle}" y1="0" y2="${height}"/></svg></figure>`;
}

function shortened(label: string): string {
  return label.length > 26 ? `${label.slice(0, 25)}…` : label;
}

/** A text as HTML that shows it. */
export function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
