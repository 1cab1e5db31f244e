import { page } from "../guard.ts";
import { PageHead } from "../parts.tsx";
import { useMe } from "../use-me.ts";

export const loader = page("self", async () => null);

export default function Home() {
  const me = useMe();
  return <PageHead title={`Good day, ${me.name}`} />;
}
