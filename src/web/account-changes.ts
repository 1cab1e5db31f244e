import { data } from "react-router";
import { z } from "zod";
import { done, parseForm, text } from "./form.tsx";
import { paths } from "./paths.ts";
import type { Me, Services } from "./services.ts";

/** What an answer of the account page shows once, and never again. */
export type Shown = {
  setup: { uri: string; key: string };
  codes: readonly string[];
};

/**
 * The account of whoever asks: how it is protected and where it is signed in. Asked by the account,
 * not by the session: a form on the same page may just have put a new session in its place.
 */
export async function readAccount({ signIn }: Services, request: Request, userId: string) {
  const { internalAdapter, adapter } = await signIn.$context;
  const now = await signIn.api.getSession({ headers: request.headers });
  const user = await internalAdapter.findUserById(userId);
  if (!user) throw new Error("a page for nobody");
  const sessions = await internalAdapter.listSessions(userId, { onlyActiveSessions: true });
  const passkeys = await adapter.findMany<{ id: string; name?: string | null; createdAt: Date }>({
    model: "passkey",
    where: [{ field: "userId", value: userId }],
    limit: 50,
  });
  return {
    email: user.email,
    secondFactor: (user as { twoFactorEnabled?: boolean | null }).twoFactorEnabled === true,
    passkeys: passkeys.map(({ id, name, createdAt }) => ({
      id,
      name: name || "Passkey",
      since: new Date(createdAt).toISOString(),
    })),
    sessions: sessions
      .map(({ id, token, createdAt, userAgent }) => ({
        id,
        here: token === now?.session.token,
        since: new Date(createdAt).toISOString(),
        device: deviceOf(userAgent ?? ""),
      }))
      .sort((a, b) => Number(b.here) - Number(a.here) || b.since.localeCompare(a.since))
      .slice(0, 50),
  };
}

const own = text(200);
const given = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("password"), current: own, next: own, again: own }),
  z.object({ intent: z.literal("totp-start"), password: own }),
  z.object({ intent: z.literal("totp-confirm"), code: text(10), uri: z.string().max(500) }),
  z.object({ intent: z.literal("totp-codes"), password: own }),
  z.object({ intent: z.literal("totp-stop"), password: own }),
  z.object({ intent: z.literal("passkey-remove"), id: text(100) }),
  z.object({ intent: z.literal("sessions-end") }),
]);

const WRONG = "That is not your password";

/** Does what one of the account page's forms asks for. */
export async function changeAccount(services: Services, request: Request, form: FormData, me: Me) {
  const { signIn, signInLimit } = services;
  const { headers } = request;
  const intent = String(form.get("intent"));
  const no = (field: string, message: string, more: object = {}) =>
    data({ errors: { [field]: message }, typed: { intent }, ...more }, { status: 422 });
  const parsed = parseForm(given, form);
  if (parsed.invalid) {
    const [field = "", message = ""] = Object.entries(parsed.invalid.errors)[0] ?? [];
    return no(field, message);
  }
  const it = parsed.value;
  const asked = "password" in it || "current" in it;
  // Whoever finds a desk unlocked may not guess at the password from there either.
  const at = { email: me.staffId, address: services.remote, known: true, device: me.staffId };
  if (asked) {
    const wait = signInLimit.wait(at);
    if (wait) return no("form", `Too many wrong passwords. Wait ${wait} minutes, then try again.`);
    signInLimit.begin(at);
  }
  switch (it.intent) {
    case "password": {
      if (it.next !== it.again) return no("again", "The two new passwords are not the same");
      const weak = weakness(it.next, it.current, me.name);
      if (weak) return no("next", weak);
      const changed = await signIn.api.changePassword({
        body: { currentPassword: it.current, newPassword: it.next, revokeOtherSessions: true },
        headers,
        asResponse: true,
      });
      if (!changed.ok) return no("current", WRONG);
      signInLimit.right(at);
      const { internalAdapter } = await signIn.$context;
      const body: { user: { id: string } } = await changed.json();
      await internalAdapter.updateUser(body.user.id, { mustChangePassword: false });
      const to = me.mustChangePassword ? paths.home() : paths.account();
      return withCookies(done(to, "Password changed"), changed);
    }
    case "totp-start": {
      const enabled = await signIn.api.enableTwoFactor({
        body: { password: it.password },
        headers,
        asResponse: true,
      });
      if (!enabled.ok) return no("password", WRONG);
      signInLimit.right(at);
      const { totpURI }: { totpURI: string } = await enabled.json();
      return data({ setup: setupOf(totpURI) });
    }
    case "totp-confirm": {
      const confirmed = await signIn.api.verifyTOTP({
        body: { code: it.code.replace(/\s/g, "") },
        headers,
        asResponse: true,
      });
      if (!confirmed.ok) {
        return no("code", "That code is not right. Type the one the app shows now.", {
          setup: setupOf(it.uri),
        });
      }
      const { user }: { user: { id: string } } = await confirmed.json();
      const { backupCodes } = await signIn.api.viewBackupCodes({ body: { userId: user.id } });
      return withCookies(data({ codes: backupCodes }), confirmed);
    }
    case "totp-codes": {
      const made = await signIn.api.generateBackupCodes({
        body: { password: it.password },
        headers,
        asResponse: true,
      });
      if (!made.ok) return no("password", WRONG);
      signInLimit.right(at);
      const { backupCodes }: { backupCodes: string[] } = await made.json();
      return data({ codes: backupCodes });
    }
    case "totp-stop": {
      const stopped = await signIn.api.disableTwoFactor({
        body: { password: it.password },
        headers,
        asResponse: true,
      });
      if (!stopped.ok) return no("password", WRONG);
      signInLimit.right(at);
      return withCookies(done(paths.account(), "Second factor turned off"), stopped);
    }
    case "passkey-remove": {
      const removed = await signIn.api.deletePasskey({
        body: { id: it.id },
        headers,
        asResponse: true,
      });
      if (!removed.ok) return no("form", "That passkey is gone already.");
      return done(paths.account(), "Passkey removed");
    }
    case "sessions-end":
      await signIn.api.revokeOtherSessions({ headers });
      return done(paths.account(), "Signed out everywhere else");
  }
}

/** Why a new password would be a poor one, in words; null if it will do. */
export function weakness(next: string, before: string, name: string): string | null {
  if (next.length < 12) return "A password needs at least 12 characters";
  if (next.length > 128) return "A password has at most 128 characters";
  if (next === before) return "Choose a password that is not the old one";
  if (new Set(next.toLowerCase()).size < 5)
    return "Choose a password of more than a few different letters";
  const said = next.toLowerCase();
  const words = name
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 2);
  if (words.some((word) => said.includes(word) && said.length - word.length < 8)) {
    return "Choose a password that is not mostly your name";
  }
  return null;
}

function setupOf(uri: string): Shown["setup"] {
  // It came back through a form: what is shown as a link is this kind and no other.
  if (!uri.startsWith("otpauth://totp/")) return { uri: "", key: "" };
  return { uri, key: new URL(uri).searchParams.get("secret") ?? "" };
}

function withCookies<T>(answer: T, from: Response): T {
  const target = answer as { headers?: Headers; init?: ResponseInit | null };
  const cookies = from.headers.getSetCookie();
  if (target.headers instanceof Headers) {
    for (const cookie of cookies) target.headers.append("Set-Cookie", cookie);
  } else {
    const headers = new Headers(target.init?.headers);
    for (const cookie of cookies) headers.append("Set-Cookie", cookie);
    target.init = { ...target.init, headers };
  }
  return answer;
}

/** "Firefox on Windows": enough to know one's own devices by. */
function deviceOf(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : /Firefox\//.test(agent)
      ? "Firefox"
      : /Chrome\//.test(agent)
        ? "Chrome"
        : /Safari\//.test(agent)
          ? "Safari"
          : "A browser";
  const system = /iPhone|iPad/.test(agent)
    ? "iPhone or iPad"
    : /Android/.test(agent)
      ? "Android"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS/.test(agent)
          ? "Mac"
          : /Linux/.test(agent)
            ? "Linux"
            : null;
  return system ? `${browser} on ${system}` : browser;
}
