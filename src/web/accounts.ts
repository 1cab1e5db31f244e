import { randomInt } from "node:crypto";
import { openAccount, type SignIn } from "./sign-in.ts";

// Without the letters and digits that are mistaken for one another when they are read aloud.
const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password to hand over once: about 79 bits, in four groups that can be read aloud. */
export function oneTimePassword(): string {
  const letter = () => LETTERS[randomInt(LETTERS.length)];
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, letter).join("")).join("-");
}

/**
 * Opens an account, or takes up again one with that email that belongs to nobody (`taken` says):
 * left by an opening that did not finish. Null if the email is somebody's.
 */
export async function openOrTakeUp(
  signIn: SignIn,
  account: { name: string; email: string; password: string; once?: boolean },
  taken: (userId: string) => Promise<boolean>,
): Promise<string | null> {
  const { internalAdapter } = await signIn.$context;
  const known = await internalAdapter.findUserByEmail(account.email.toLowerCase());
  if (!known) return openAccount(signIn, account);
  if (await taken(known.user.id)) return null;
  await internalAdapter.deleteUser(known.user.id);
  return openAccount(signIn, account);
}

/** Sets a password that must be changed at the next sign-in, and signs the account out everywhere. */
export async function resetPassword(signIn: SignIn, userId: string, password: string) {
  const { internalAdapter, password: hasher } = await signIn.$context;
  await internalAdapter.updatePassword(userId, await hasher.hash(password));
  await internalAdapter.updateUser(userId, { mustChangePassword: true });
  await internalAdapter.deleteUserSessions(userId);
}

/** Takes away authenticator app, backup codes and passkeys, and signs the account out everywhere. */
export async function resetSecondFactor(signIn: SignIn, userId: string) {
  const { internalAdapter, adapter } = await signIn.$context;
  const where = [{ field: "userId", value: userId }];
  await adapter.deleteMany({ model: "twoFactor", where });
  await adapter.deleteMany({ model: "passkey", where });
  await internalAdapter.updateUser(userId, { twoFactorEnabled: false });
  await internalAdapter.deleteUserSessions(userId);
}

/** Signs the account out everywhere. */
export async function endSessions(signIn: SignIn, userId: string) {
  const { internalAdapter } = await signIn.$context;
  await internalAdapter.deleteUserSessions(userId);
}

/** What an administrator may know of an account: how it is protected, nothing secret. */
export async function findProtection(signIn: SignIn, userId: string) {
  const { internalAdapter, adapter } = await signIn.$context;
  const user = await internalAdapter.findUserById(userId);
  if (!user) return null;
  const passkeys = await adapter.count({
    model: "passkey",
    where: [{ field: "userId", value: userId }],
  });
  const { twoFactorEnabled, mustChangePassword } = user as typeof user & {
    twoFactorEnabled?: boolean | null;
    mustChangePassword?: boolean | null;
  };
  return {
    secondFactor: twoFactorEnabled === true,
    passkeys,
    passwordToChange: mustChangePassword === true,
  };
}
