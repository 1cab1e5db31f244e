import { Alert, Anchor, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef } from "react";
import { Link, useFetcher, useLocation, useMatches } from "react-router";
import { paths } from "./paths.ts";

type Alerts = {
  alerts: { id: string; reasons: string[]; raised_at: string; raised_by: string; mine: boolean }[];
};
const POLL = 15_000;

/** What stays at the head of a page stays below the bar, whatever its height. */
function useRoomFor(bar: RefObject<HTMLDivElement | null>, shown: boolean) {
  useEffect(() => {
    const root = document.documentElement.style;
    if (!shown || !bar.current) return;
    const measured = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
      root.setProperty("--duty-bar-height", `${Math.ceil(height)}px`);
    });
    measured.observe(bar.current);
    return () => {
      measured.disconnect();
      root.removeProperty("--duty-bar-height");
    };
  }, [bar, shown]);
}

/** Unmissable on every page: somebody may be in danger, and it is for this clinician to act. */
export function DutyBar() {
  const { load, data } = useFetcher<Alerts>({ key: "duty" });
  const { pathname } = useLocation();
  // Where family may see the screen it says no more than that there is something.
  const discreet = useMatches().some(
    ({ handle }) => (handle as { discreet?: boolean } | undefined)?.discreet,
  );
  useEffect(() => {
    void load(paths.alerts());
    const timer = setInterval(() => void load(paths.alerts()), POLL);
    return () => clearInterval(timer);
  }, [load]);
  const bar = useRef<HTMLDivElement>(null);
  const shown = (data?.alerts ?? []).filter(({ id }) => pathname !== paths.alert(id));
  const waiting = shown.filter(({ mine }) => !mine);
  const mine = shown.filter((one) => one.mine);
  const first = waiting[0] ?? mine[0];
  useRoomFor(bar, first !== undefined);
  if (!first) return null;
  const more = waiting.length + mine.length - 1;
  return (
    <Alert
      role="alert"
      variant={waiting.length ? "filled" : "light"}
      color={waiting.length ? "red.8" : "orange"}
      icon={<IconAlertTriangle aria-hidden />}
      mb="sm"
      py={8}
      ref={bar}
      className="no-print"
      style={{ position: "sticky", top: "var(--app-shell-header-height, 52px)", zIndex: 95 }}
    >
      <Text size="sm" fw={600} {...(waiting.length ? { c: "white" } : {})}>
        {waiting.length
          ? discreet
            ? "Duty: somebody waits for you. "
            : `Duty alert from ${first.raised_by}: ${first.reasons.map((code) => code.replaceAll("-", " ")).join(", ")}. `
          : "You took up a duty alert that is not closed. "}
        <Anchor component={Link} to={paths.alert(first.id)} c="inherit" underline="always" inherit>
          Open it
        </Anchor>
        {more > 0 && ` · ${more} more`}
      </Text>
    </Alert>
  );
}
