/** The largest amount a form takes: 100,000 of the currency, for one unit. In cents. */
export const MOST_CENTS = 10_000_000;

const CURRENCY: Readonly<Record<string, string>> = { "en-US": "USD", "en-GB": "GBP" };

/** Whole cents as money of the locale's country: `$18.42`. */
export function formatMoney(cents: number, locale: string): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`Not whole cents: ${cents}`);
  const currency = CURRENCY[locale] ?? "USD";
  // As text: a number with a fraction could round, and this is money.
  const digits = String(Math.abs(cents)).padStart(3, "0");
  const amount = `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(
    amount as Intl.StringNumericLiteral,
  );
}

/** Cents as they are typed: `18.42`, for a field to begin with. */
export function plainMoney(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * What a person typed as whole cents, or null: `18.42`, `18`, `$18.42`, `1,250.00`. Never guesses: half
 * cents, a comma for a point and negative amounts are none.
 */
export function parseMoney(typed: string): number | null {
  const match = /^[$£]?\s?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?$/.exec(typed.trim());
  if (!match?.[1]) return null;
  const cents = Number(match[1].replaceAll(",", "")) * 100 + Number(match[2] ?? "0");
  return cents <= MOST_CENTS ? cents : null;
}
