import { index, type RouteConfig, route } from "@react-router/dev/routes";

/** Every page, by the room it belongs to. Addresses are said once more, typed, in web/paths.ts. */
export default [
  index("worklist/pages/today.tsx"),
  route("tasks", "worklist/pages/tasks.tsx"),
  route("health", "web/pages/health.ts"),
  route("sign-in", "web/pages/sign-in.tsx"),
  route("sign-out", "web/pages/sign-out.ts"),

  route("account", "web/pages/account.tsx"),

  route("*", "web/pages/nowhere.tsx"),

  route("people/find", "people/pages/find.ts"),

  // people
  route("consumers/:consumerId", "people/pages/consumer-layout.tsx", [
    // people
  ]),
  // policy
  route("bulletins", "policy/pages/bulletins.tsx"),
  route("bulletins/:number", "policy/pages/bulletin.tsx"),
] satisfies RouteConfig;
