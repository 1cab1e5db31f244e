import { html } from "./report-charts.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** A whole HTML file that needs nothing else. All but the title is HTML. */
export function page(
  title: string,
  { header, main, seconds }: { header: string; main: string; seconds: number },
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${html(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
${header}
</header>
<main>
${main}
</main>
<footer><p>Judged in ${seconds} seconds. Every number here is in summary.json. Throughcare is no legal advice.</p></footer>
</body>
</html>
`;
}

/** A part of the page under a heading. */
export function section(title: string, body: string): string {
  return `<section><h2>${title}</h2>${body}</section>`;
}

/** One number that matters, large. */
export function tile(label: string, value: string, note: string): string {
  return `<div class="tile"><span>${label}</span><strong>${value}</strong><small>${note}</small></div>`;
}

/** A table; cells are HTML, and all but the first are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((cell, place) => (place === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`));
  return `<div class="wide"><table><thead><tr>${head.map((cell) => `<th scope="col">${cell}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${cells(row).join("")}</tr>`).join("")}</tbody></table></div>`;
}

/** A whole number with its thousands apart. */
export function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** Cents in whole units with two decimals. */
export function money(cents: number): string {
  return (cents / 100).toLocaleString("en-US", { style: "currency", currency: "USD" });
}
