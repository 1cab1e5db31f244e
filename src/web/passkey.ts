import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/client";

/** Passkeys speak to the browser, so this part of signing in cannot be a plain form. */
function client() {
  return createAuthClient({ basePath: "/sign-in/api", plugins: [passkeyClient()] });
}

/** Signs in with a passkey and goes to the start page; says why if that did not work. */
export async function signInWithPasskey(): Promise<string | null> {
  if (!window.PublicKeyCredential) return "This browser has no passkeys.";
  try {
    const { error } = await client().signIn.passkey();
    if (error) return inWords(error);
  } catch {
    return UNREACHED;
  }
  const { origin, search } = window.location;
  const to = new URL(new URLSearchParams(search).get("to") ?? "/", origin);
  window.location.assign(to.origin === origin ? to.href : "/");
  return null;
}

/** Adds a passkey of this device to the account that is signed in. */
export async function addPasskey(name: string): Promise<string | null> {
  if (!window.PublicKeyCredential) return "This browser has no passkeys.";
  try {
    const answer = await client().passkey.addPasskey({ name });
    return answer?.error ? inWords(answer.error) : null;
  } catch {
    return UNREACHED;
  }
}

const UNREACHED = "Throughcare could not be reached. Try again.";

function inWords(error: object): string {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (/CANCELLED|ABORTED/.test(code) || /cancel|abort/i.test(message)) {
    return "No passkey was chosen.";
  }
  if (/PREVIOUSLY_REGISTERED/.test(code)) return "This device has a passkey here already.";
  if (code === "PASSKEY_NOT_FOUND") return "No account here knows this passkey.";
  return "That did not work with this passkey. Use your password, or try again.";
}
