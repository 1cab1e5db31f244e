import { randomBytes } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { join } from "node:path";
import { createRequestListener } from "@react-router/node";
import { toNodeHandler } from "better-auth/node";
import { RouterContextProvider, type ServerBuild } from "react-router";
import sirv from "sirv";
import type { Services } from "./services.ts";

export type ServerOptions = {
  services: Omit<Services, "nonce" | "me">;
  /** The folder of the project. */
  home: string;
  port: number;
  /** Hot reload from source in place of the build. */
  dev?: boolean;
};

/** Serves the product on loopback only; resolves when it listens. */
export async function startServer({ services, home, port, dev }: ServerOptions): Promise<Server> {
  const server = createServer();
  const pages = dev ? await fromSource(home, server) : await fromBuild(home);
  const signIn = toNodeHandler(services.signIn);

  const listener = createRequestListener({
    build: pages.build,
    mode: dev ? "development" : "production",
    getLoadContext: async () => {
      const build = await pages.build();
      const context = new RouterContextProvider();
      // The build's own copy of the key: a context is known by its identity.
      const entry = build.entry.module as unknown as typeof import("../entry.server.tsx");
      context.set(entry.servicesContext, {
        ...services,
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
    if (request.url?.startsWith("/sign-in/api/")) return void signIn(request, response);
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
