import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const home = join(import.meta.dirname, "../..");

/** The product as a person starts it: a process of its own on a folder of its own. */
export type Product = {
  address: string;
  /** The whole of what it has printed. */
  said: () => string;
  /** Sends a signal to the server itself, past the script that started it. */
  signal: (name: NodeJS.Signals) => void;
  /** Its exit code; 137 and the like are told as -1. */
  exited: Promise<number>;
};

export type Start = {
  folder: string;
  port: number;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** A command to put before: `setpriv …`. */
  as?: string[];
};

/** Runs `throughcare serve` and answers at once; `until` waits for what it prints. */
export function launch({ folder, port, args = [], env = {}, as = [] }: Start) {
  const [command = "", ...rest] = [
    ...as,
    process.execPath,
    join(home, "bin/throughcare.js"),
    ...["serve", "--data", folder, "--port", String(port), ...args],
  ];
  const child = spawn(command, rest, {
    cwd: home,
    env: { ...process.env, DATABASE_URL: "", NODE_ENV: "", VITEST: "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  const exited = new Promise<number>((resolve) => {
    child.once("exit", (code) => resolve(code ?? -1));
  });
  const until = async (words: RegExp, limit = 90_000) => {
    let over = false;
    void exited.then(() => {
      over = true;
    });
    for (const deadline = Date.now() + limit; !words.test(text); ) {
      if (over || Date.now() > deadline) throw new Error(`it never said ${words}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return { child, said: () => text, exited, until };
}

/** Starts the product and waits until it serves. */
export async function startProduct(start: Start): Promise<Product> {
  const { child, said, exited, until } = launch(start);
  await until(/Throughcare is at/);
  const address = `http://localhost:${start.port}`;
  return { address, said, exited, signal: (name) => process.kill(serverOf(start, child), name) };
}

/** The server's own process number, as the folder keeps it. */
function serverOf({ folder }: Start, child: ChildProcess): number {
  const [pid = ""] = readFileSync(join(folder, "running"), "utf8").split("\n");
  return Number(pid) || Number(child.pid);
}

/** The process number of the database server on a folder; 0 if none is recorded. */
export function databaseOf(folder: string): number {
  try {
    return Number(readFileSync(join(folder, "cluster/postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return 0;
  }
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A folder that is gone, with the database server on it, when the test is. */
export function dataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "throughcare-setup-"));
  return {
    folder,
    remove: () => {
      const pid = databaseOf(folder);
      if (pid && lives(pid)) process.kill(pid, "SIGQUIT");
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** A browser without a screen: it keeps cookies, sends forms and never follows by itself. */
export function visitor(address: string) {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address + path, {
      redirect: "manual",
      ...init,
      headers: { ...init.headers, ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0\b/i.test(line) || value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  return {
    jar,
    get: (path: string) => ask(path),
    post: (path: string, fields: Record<string, string>) =>
      ask(path, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { origin: address },
      }),
    signIn: (email: string, password: string) =>
      ask("/sign-in", {
        method: "POST",
        body: new URLSearchParams({ step: "password", email, password }),
        headers: { origin: address },
      }),
  };
}

/** The fields of the first set-up, filled in. */
export const firstAgency = {
  name: "Cedar House",
  neutral_name: "Cedar",
  phone: "",
  jurisdiction: "us-mo",
  locale: "en-US",
  time_zone: "America/Chicago",
  administrator: "Noor Adeyemi",
  email: "noor@cedar.example",
  password: "plum anvil seven clouds",
};
