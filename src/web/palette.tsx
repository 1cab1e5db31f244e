import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconSearch, IconUser } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useFetcher, useNavigate } from "react-router";
import { may } from "../people/access.ts";
import type { Found } from "../people/consumer.ts";
import type { Me } from "./services.ts";
import type { railOf } from "./shell.tsx";

export function openPalette(): void {
  spotlight.open();
}

/** Ctrl K: find a person by name, number or date of birth, or go to a page. */
export function CommandPalette({ me, rail }: { me: Me; rail: ReturnType<typeof railOf> }) {
  const [query, setQuery] = useState("");
  const navigate = useNavigate();
  const fetcher = useFetcher<{ found: Found[] }>();
  const searches = may(me.roles, "person.read");
  const { submit } = fetcher;
  useEffect(() => {
    if (!searches || query.trim().length < 2) return;
    // Posted, not in the address: a name has no place in a URL.
    const wait = setTimeout(() => {
      // It changes nothing, so nothing is loaded again; a load that ends while one goes to somebody's
      // record took the address there and left the page where it was.
      void submit(
        { q: query },
        { method: "post", action: "/people/find", defaultShouldRevalidate: false },
      );
    }, 180);
    return () => clearTimeout(wait);
  }, [query, searches, submit]);

  const people = query.trim().length < 2 ? [] : (fetcher.data?.found ?? []);
  const pages = rail.filter(({ label }) =>
    label.toLowerCase().includes(query.trim().toLowerCase()),
  );
  return (
    <Spotlight.Root query={query} onQueryChange={setQuery} shortcut={["mod + K", "/"]}>
      <Spotlight.Search
        placeholder={searches ? "A name, a number, or a page" : "A page"}
        aria-label="Find or go to"
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {people.map((person) => (
          <Spotlight.Action
            key={person.id}
            label={person.name}
            description={`${person.born ?? "date of birth not known"} · ${person.number}`}
            leftSection={<IconUser size={18} aria-hidden />}
            onClick={() => navigate(person.to)}
          />
        ))}
        {pages.map(({ label, to, icon: Icon }) => (
          <Spotlight.Action
            key={to}
            label={label}
            leftSection={<Icon size={18} aria-hidden />}
            onClick={() => navigate(to)}
          />
        ))}
        {people.length === 0 && pages.length === 0 && (
          <Spotlight.Empty>
            {fetcher.state === "idle" ? "Nothing found" : "Looking …"}
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
