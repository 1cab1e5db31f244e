import { index, type RouteConfig, route } from "@react-router/dev/routes";

/** Every page, by the room it belongs to. Addresses are said once more, typed, in web/paths.ts. */
export default [
  index("worklist/pages/today.tsx"),
  route("tasks", "worklist/pages/tasks.tsx"),
  route("health", "web/pages/health.ts"),
  route("sign-in", "web/pages/sign-in.tsx"),
  route("sign-out", "web/pages/sign-out.ts"),

  route("account", "web/pages/account.tsx"),
  route("setup", "web/pages/setup.tsx"),

  route("*", "web/pages/nowhere.tsx"),

  route("people/find", "people/pages/find.ts"),

  // people
  route("people", "people/pages/people.tsx"),
  route("people/new", "people/pages/new-person.tsx"),
  route("people/:consumerId", "people/pages/person.tsx"),
  route("people/:consumerId/edit", "people/pages/edit-person.tsx"),
  route("people/:consumerId/take-in", "people/pages/take-in.tsx"),
  route("consumers/:consumerId", "people/pages/consumer-layout.tsx", [
    // episodes
    index("episodes/pages/timeline.tsx"),
    route("enrolments", "episodes/pages/enrolments.tsx"),
    // people
    // services: scheduling
    route("conferences/new", "services/pages/new-conference.tsx"),
    route("conferences/advice", "services/pages/advice.ts"),
  ]),
  // policy
  route("bulletins", "policy/pages/bulletins.tsx"),
  route("bulletins/:number", "policy/pages/bulletin.tsx"),
  // agency
  route("settings", "agency/pages/settings-layout.tsx", [
    index("agency/pages/settings.tsx"),
    route("programs", "agency/pages/programs.tsx"),
    route("rooms", "agency/pages/rooms.tsx"),
    route("staff", "agency/pages/staff.tsx"),
    route("staff/new", "agency/pages/new-staff.tsx"),
    route("staff/:staffId", "agency/pages/staff-member.tsx"),
  ]),
] satisfies RouteConfig;
