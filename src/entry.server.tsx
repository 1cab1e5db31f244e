import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";
import { NonceContext } from "./web/nonce.ts";
import { servicesContext } from "./web/services.ts";

export { servicesContext };

const RENDER_LIMIT_MS = 10_000;

export default function render(
  request: Request,
  status: number,
  headers: Headers,
  routes: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce } = context.get(servicesContext);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Content-Security-Policy", contentPolicy(nonce));
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext value={nonce}>
        <ServerRouter context={routes} url={request.url} nonce={nonce} />
      </NonceContext>,
      {
        nonce,
        onShellReady() {
          const body = new PassThrough();
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        // The error's text may quote what was typed: only its kind is logged.
        onError: (error) =>
          console.error(error instanceof Error ? error.name : "error", "in render"),
      },
    );
    setTimeout(abort, RENDER_LIMIT_MS).unref();
  });
}

/** What was thrown names files and queries, never values: a parameter may be somebody's name. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  const { init } = (error ?? {}) as { init?: { status?: number } };
  if ((init?.status ?? 500) < 500) return; // an answer, not a fault
  const path = new URL(request.url).pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id");
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack?.split("\n    at ").slice(1, 6) ?? []) : [];
  const code = (error as { code?: string } | null)?.code ?? "";
  console.error(
    `${request.method} ${path} failed: ${name} ${code}\n    at ${stack.join("\n    at ")}`,
  );
  if (process.env.THROUGHCARE_DEBUG) console.error(error);
}

function contentPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // Mantine sets style attributes; a nonce cannot cover those.
    "style-src 'self' 'unsafe-inline'",
    `script-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
