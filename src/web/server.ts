import { randomBytes } from "node:crypto";
import {
  createServer,
  type IncomingHttpHeaders,
  type RequestListener,
  type Server,
} from "node:http";
import { join } from "node:path";
import { createRequestListener } from "@react-router/node";
import { toNodeHandler } from "better-auth/node";
import { RouterContextProvider, type ServerBuild } from "react-router";
import sirv from "sirv";
import type { Services } from "./services.ts";
import { createSignInLimit } from "./sign-in-limit.ts";
import { MOST_UPLOADED } from "./upload.ts";

export type ServerOptions = {
  services: Omit<Services, "nonce" | "me" | "remote" | "signInLimit">;
  /** The folder of the project. */
  home: string;
  port: number;
  /** Hot reload from source in place of the build. */
  dev?: boolean;
};

/** All that a browser may ask of Better Auth itself; the rest goes through our own pages. */
const PASSKEYS =
  /^\/sign-in\/api\/passkey\/(generate|verify)-(authenticate-options|authentication|register-options|registration)(\?|$)/;

/** Serves the product on loopback only; resolves when it listens. */
export async function startServer({ services, home, port, dev }: ServerOptions): Promise<Server> {
  const server = createServer();
  const pages = dev ? await fromSource(home, server) : await fromBuild(home);
  const signIn = toNodeHandler(services.signIn);
  const signInLimit = createSignInLimit();
  // Behind a proxy of the agency's own, the last hop is the one that it wrote.
  const proxied = new URL(services.address).protocol === "https:";

  const listener = createRequestListener({
    build: pages.build,
    mode: dev ? "development" : "production",
    getLoadContext: async (request, client) => {
      const build = await pages.build();
      const context = new RouterContextProvider();
      // The build's own copy of the key: a context is known by its identity.
      const entry = build.entry.module as unknown as typeof import("../entry.server.tsx");
      context.set(entry.servicesContext, {
        ...services,
        signInLimit,
        remote:
          (proxied && request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim()) ||
          client.address,
        nonce: randomBytes(16).toString("base64"),
      });
      return context;
    },
  });

  server.on("request", (request, response) => {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    if (tooLong(request.headers, request.url)) {
      response.writeHead(413, { Connection: "close", "Cache-Control": "no-store" }).end();
      return;
    }
    if (PASSKEYS.test(request.url ?? "")) return void signIn(request, response);
    pages.assets(request, response, () => {
      // What a page says is nobody's to keep: not a proxy's, not the next person's "back".
      response.setHeader("Cache-Control", "no-store");
      listener(request, response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
  return server;
}

/** No form here comes near it; what a form holds is in memory before anybody is asked who sends it. */
const MOST_BYTES = 2 * 1024 * 1024;

/** Files are read only for somebody who may send them: of service lines to disk, of another system to memory. */
const UPLOADS: readonly (readonly [RegExp, number])[] = [
  [/^\/audits\/new(\.data)?(\?|$)/, MOST_UPLOADED + MOST_BYTES],
  [/^\/settings\/import(\.data)?(\?|$)/, 33 * 1024 * 1024],
];

/** A body longer than any form, or of a length that isn't told: no browser sends a form like that. */
export function tooLong(headers: IncomingHttpHeaders, url = "/"): boolean {
  if (headers["transfer-encoding"] !== undefined) return true;
  const most = UPLOADS.find(([path]) => path.test(url))?.[1] ?? MOST_BYTES;
  return Number(headers["content-length"] ?? 0) > most;
}

type Pages = {
  build: () => Promise<ServerBuild>;
  assets: (
    request: Parameters<RequestListener>[0],
    response: Parameters<RequestListener>[1],
    next: () => void,
  ) => void;
};

async function fromBuild(home: string): Promise<Pages> {
  const build: ServerBuild = await import(join(home, "build/server/index.js"));
  const assets = sirv(join(home, "build/client"), {
    setHeaders: (response, path) => {
      const hashed = path.startsWith("/assets/");
      response.setHeader(
        "Cache-Control",
        hashed ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  return { build: async () => build, assets };
}

async function fromSource(home: string, server: Server): Promise<Pages> {
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({
    root: home,
    server: { middlewareMode: true, hmr: { server } },
  });
  return {
    build: () => vite.ssrLoadModule("virtual:react-router/server-build") as Promise<ServerBuild>,
    assets: (request, response, next) => vite.middlewares(request, response, next),
  };
}
