import { noSuchPage, page } from "../guard.ts";

/** Any address that is no page, so that the answer still stands in the shell. */
export const loader = page("self", async () => {
  throw noSuchPage();
});

export default function Nowhere() {
  return null;
}
