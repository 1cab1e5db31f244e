import { passkey } from "@better-auth/passkey";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { getMigrations } from "better-auth/db/migration";
import { twoFactor } from "better-auth/plugins/two-factor";
import pg from "pg";

/** Better Auth keeps accounts, sessions and second factors in the schema signin. */
export type SignIn = ReturnType<typeof createSignIn>;

export type SignInSettings = {
  /** Connection string of the login throughcare_signin (or of the owner, to migrate). */
  url: string;
  /** Signs cookies; kept in the data folder. */
  secret: string;
  /** The address people type, with its port; secure cookies and passkeys hang on it. */
  address: string;
};

function options({ url, secret, address }: SignInSettings) {
  const { hostname } = new URL(address);
  return {
    appName: "Throughcare",
    baseURL: address,
    basePath: "/sign-in/api",
    secret,
    database: pool(url),
    telemetry: { enabled: false },
    // Nobody opens an account of their own: an administrator does, on the staff page.
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12 },
    // Set by an administrator's one-time password; the guard leads to the account page until it is gone.
    user: {
      additionalFields: {
        mustChangePassword: { type: "boolean", required: false, defaultValue: false, input: false },
      },
    },
    session: { expiresIn: 60 * 60 * 12, updateAge: 60 * 15 },
    // Tries are counted by sign-in-limit.ts: pages call this from inside, past any limit here, and
    // of its own addresses web/server.ts lets only the passkeys' be reached.
    rateLimit: { enabled: false },
    logger: { level: "error" },
    advanced: { cookiePrefix: "throughcare", database: { generateId: "uuid" } },
    plugins: [
      twoFactor({ issuer: "Throughcare" }),
      passkey({ rpID: hostname, rpName: "Throughcare" }),
    ],
  } satisfies BetterAuthOptions;
}

function pool(url: string): pg.Pool {
  const made = new pg.Pool({ connectionString: url, max: 5, options: "-c search_path=signin" });
  made.on("error", () => {}); // a dropped idle connection is replaced by the next query
  return made;
}

export function createSignIn(settings: SignInSettings) {
  return betterAuth(options(settings));
}

/** Brings the schema signin up to what this version of Better Auth wants. */
export async function migrateSignIn(settings: SignInSettings): Promise<void> {
  const as = options(settings);
  try {
    const { runMigrations } = await getMigrations(as);
    await runMigrations();
  } finally {
    await as.database.end();
  }
}

/**
 * Opens an account and returns its id. The caller has checked who may do that.
 *
 * @param once the password is to be changed at the first sign-in
 */
export async function openAccount(
  signIn: SignIn,
  account: { name: string; email: string; password: string; once?: boolean },
): Promise<string> {
  const { internalAdapter, password } = await signIn.$context;
  const user = await internalAdapter.createUser(
    {
      name: account.name,
      email: account.email.toLowerCase(),
      emailVerified: true,
      mustChangePassword: account.once ?? false,
    },
    { method: "admin" },
  );
  await internalAdapter.linkAccount({
    userId: user.id,
    providerId: "credential",
    accountId: user.id,
    password: await password.hash(account.password),
  });
  return user.id;
}
