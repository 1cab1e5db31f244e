import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * How many wrong tries are borne before the next one has to wait. Three counts run: of a device
 * that has signed in to the account before, of the account from all other devices, and of an
 * address. A known device is held to its own count alone, so whoever guesses at an account, or at
 * all of them, cannot lock out those who work there.
 */
export const WINDOW_MS = 15 * 60 * 1000;
const MOST = { device: 10, account: 10, address: 60 };
const MOST_KEYS = 50_000;

type Counted = { wrong: number; since: number };

export type Try = {
  email: string;
  /** Whence it came, as the server saw it. */
  address: string;
  /** True for a device that has signed in to this account before. */
  known: boolean;
  /** The device's own mark, if it is known. */
  device: string;
};

/** Counts wrong tries in memory, by one clock. */
export function createSignInLimit(now: () => number = Date.now) {
  const counts = new Map<string, Counted>();

  const read = (key: string) => {
    const found = counts.get(key);
    return found && now() - found.since < WINDOW_MS ? found : null;
  };
  const keys = (at: Try): [string, number][] =>
    at.known
      ? [[`device ${at.device}`, MOST.device]]
      : [
          [`account ${at.email.trim().toLowerCase()}`, MOST.account],
          [`address ${at.address}`, MOST.address],
        ];
  return {
    /** Minutes to wait before the next try, or 0. */
    wait(at: Try): number {
      const until = keys(at).flatMap(([key, most]) => {
        const found = read(key);
        return found && found.wrong >= most ? [found.since + WINDOW_MS - now()] : [];
      });
      return Math.ceil(Math.max(0, ...until) / 60_000);
    },
    /** Counted before the password is looked at, so that many at once are no way round. */
    begin(at: Try): void {
      if (counts.size > MOST_KEYS) {
        // The oldest go first; a Map keeps its keys in the order they came.
        const spare = [...counts.keys()].slice(0, MOST_KEYS / 10);
        for (const key of spare) counts.delete(key);
      }
      for (const [key] of keys(at)) {
        const found = read(key);
        counts.set(key, { wrong: (found?.wrong ?? 0) + 1, since: found?.since ?? now() });
      }
    },
    /** It was right: it no longer counts, and the account's own count starts again. */
    right(at: Try): void {
      for (const [key] of keys(at)) {
        const found = counts.get(key);
        if (!found) continue;
        if (key.startsWith("address ")) found.wrong--;
        else counts.delete(key);
      }
    },
  };
}

export type SignInLimit = ReturnType<typeof createSignInLimit>;

const COOKIE = "throughcare.device";
const DAYS = 90;

/** What a device that signed in to an account keeps, so that it is known the next time. */
export function deviceCookie(secret: string, email: string, secure: boolean, mark: string): string {
  const value = `${mark}.${seal(secret, email, mark)}`;
  return (
    `${COOKIE}=${value}; Path=/sign-in; Max-Age=${DAYS * 86_400}; HttpOnly; SameSite=Lax` +
    (secure ? "; Secure" : "")
  );
}

/** The device's mark, if its cookie was given for this account; null otherwise. */
export function knownDevice(secret: string, email: string, cookies: string | null): string | null {
  const found = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)\\.([\\w-]+)`).exec(cookies ?? "");
  const [, mark, given] = found ?? [];
  if (!mark || !given) return null;
  const wanted = Buffer.from(seal(secret, email, mark));
  const had = Buffer.from(given);
  return had.length === wanted.length && timingSafeEqual(had, wanted) ? mark : null;
}

function seal(secret: string, email: string, mark: string): string {
  return createHmac("sha256", secret)
    .update(`device ${mark} ${email.trim().toLowerCase()}`)
    .digest("base64url");
}
