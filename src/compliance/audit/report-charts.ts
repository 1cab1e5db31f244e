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
    const label = bar.label.length > 26 ? `${bar.label.slice(0, 25)}…` : bar.label;
    return `<text x="${LABEL_WIDTH - 10}" y="${index * ROW + ROW / 2 + 4}" text-anchor="end">${html(label)}</text>${parts.join("")}`;
  });
  const legend = outcomes.map((name) => `<span><i class="${name}"></i>${SAID[name]}</span>`);
  return `<figure><p class="legend" aria-hidden="true">${legend.join("")}</p><svg role="img" aria-label="Lines by outcome; the table below has the numbers" viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH + 10} ${Math.max(1, bars.length) * ROW}">${rows.join("")}</svg></figure>`;
}

/** A text as HTML that shows it. */
export function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
