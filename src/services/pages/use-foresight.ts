import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";
import type { action } from "./advice.ts";
import type { Foresight } from "./advice-for.ts";

/**
 * Asks again what the rules and the calendar say a moment after a form was changed. Give `changed`
 * the form; until the first answer, what the page came with stands.
 */
export function useForesight(address: string, first: Foresight | null) {
  const fetcher = useFetcher<typeof action>();
  const wait = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(wait.current), []);
  const changed = (form: HTMLFormElement) => {
    clearTimeout(wait.current);
    wait.current = setTimeout(() => {
      // Nothing is changed by asking, so nothing on the page has to be read again.
      void fetcher.submit(new FormData(form), {
        method: "post",
        action: address,
        defaultShouldRevalidate: false,
      });
    }, 300);
  };
  const foresight = fetcher.data === undefined ? first : fetcher.data;
  return { foresight, pending: fetcher.state !== "idle", changed };
}
