import { redirect } from "react-router";
import { open } from "../guard.ts";
import { paths } from "../paths.ts";

export const action = open(async ({ signIn }, { request }) => {
  const { headers } = await signIn.api.signOut({ headers: request.headers, returnHeaders: true });
  return redirect(paths.signIn(), { headers });
});

export const loader = open(async () => redirect(paths.home()));
