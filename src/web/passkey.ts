import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/client";

/** Passkeys speak to the browser, so this part of signing in cannot be a plain form. */
function client() {
  return createAuthClient({ basePath: "/sign-in/api", plugins: [passkeyClient()] });
}

/** Signs in with a passkey and goes to the start page; says so if the browser found none. */
export async function signInWithPasskey(): Promise<string | null> {
  const { error } = await client().signIn.passkey();
  if (error) return error.message ?? "No passkey was used.";
  window.location.assign("/");
  return null;
}

/** Adds a passkey of this device to the account that is signed in. */
export async function addPasskey(name: string): Promise<string | null> {
  const answer = await client().passkey.addPasskey({ name });
  return answer?.error ? (answer.error.message ?? "The passkey was not added.") : null;
}
