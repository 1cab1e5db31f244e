import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/charts/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@mantine/schedule/styles.css";
import "./web/print.css";
import "./web/toasts.css";
import { ColorSchemeScript, MantineProvider, mantineHtmlProps } from "@mantine/core";
import { ModalsProvider } from "@mantine/modals";
import { Notifications, notifications } from "@mantine/notifications";
import { type ReactNode, useContext, useEffect } from "react";
import {
  data,
  isRouteErrorResponse,
  Links,
  type LoaderFunctionArgs,
  Meta,
  Outlet,
  type RouterContextProvider,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "react-router";
import { benchOf } from "./compliance/judge.ts";
import { whoAsks } from "./web/guard.ts";
import { Message } from "./web/message.tsx";
import { NonceContext } from "./web/nonce.ts";
import { type RootData, servicesContext } from "./web/services.ts";
import { Shell } from "./web/shell.tsx";
import { readable, theme } from "./web/theme.ts";

export async function loader({ request, context }: LoaderFunctionArgs<RouterContextProvider>) {
  const services = context.get(servicesContext);
  const me = await whoAsks(services, request);
  const flash = /throughcare\.done=([^;]*)/.exec(request.headers.get("cookie") ?? "")?.[1];
  return data<RootData>(
    {
      ...{ me, done: flash ? decodeURIComponent(flash) : null },
      judgesCare: me !== null && benchOf(me, services.shelf).care.length > 0,
    },
    flash ? { headers: { "Set-Cookie": "throughcare.done=; Path=/; Max-Age=0" } } : {},
  );
}

export const meta = () => [{ title: "Throughcare" }];

export function Layout({ children }: { children: ReactNode }) {
  const root = useRouteLoaderData<RootData>("root");
  const nonce = useContext(NonceContext);
  return (
    <html lang={root?.me?.agency.locale ?? "en"} {...mantineHtmlProps}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
        <Meta />
        <Links />
      </head>
      <body>
        <MantineProvider theme={theme} cssVariablesResolver={readable} defaultColorScheme="auto">
          <ModalsProvider>
            <Notifications position="top-center" limit={2} classNames={{ root: "toasts" }} />
            {children}
          </ModalsProvider>
        </MantineProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  const root = useRouteLoaderData<RootData>("root");
  useEffect(() => {
    if (root?.done) notifications.show({ message: root.done, color: "tide", autoClose: 3500 });
  }, [root]);
  if (!root?.me) return <Outlet />;
  return (
    <Shell me={root.me} judgesCare={root.judgesCare}>
      <Outlet />
    </Shell>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const root = useRouteLoaderData<RootData>("root");
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const content =
    status === 404 ? (
      <Message title="No such page or record">
        It is not there, or it is not one you can open. If you must act now for somebody whose
        record you do not have, use emergency access.
      </Message>
    ) : status === 403 ? (
      <Message title="That came from somewhere else">
        For safety, forms are only taken from Throughcare's own pages. Go back and try again.
      </Message>
    ) : (
      <Message title="Something went wrong on our side">
        Nothing was saved half-way. Go back and try again; if it happens twice, tell your
        administrator what you were doing and when.
      </Message>
    );
  return root?.me ? (
    <Shell me={root.me} judgesCare={root.judgesCare}>
      {content}
    </Shell>
  ) : (
    content
  );
}
