const made = new Map<string, Intl.DateTimeFormat>();

/**
 * A formatter of days and times, made once for a locale and what is shown: making one takes as long
 * as a hundred uses, and a page shows hundreds of days.
 */
export function formatterOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat(locale, options);
  made.set(key, formatter);
  return formatter;
}
