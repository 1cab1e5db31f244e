import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link, Outlet, useLoaderData, useLocation, useMatches } from "react-router";
import { benchOf, weekMeter } from "../../compliance/judge.ts";
import { findHighRisk } from "../../episodes/assessment-store.ts";
import { findOpenAlert } from "../../episodes/come-back-store.ts";
import { foldJourney } from "../../episodes/journey.ts";
import { findJourney } from "../../episodes/journey-store.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { useWords } from "../../web/use-me.ts";
import { findBanner } from "../banner-store.ts";
import { consentStanding, type Standing } from "../consent-store.ts";
import classes from "./banner.module.css";
import { Banner, type SupportChip } from "./banner.tsx";
import { isWithin, labelOf, recordTabs } from "./record-tabs.ts";

export const loader = page("record.read", async (visit) => {
  const { db, me, services, consumerId, today } = visit;
  const banner = await findBanner(db, consumerId, today);
  if (!banner) throw noSuchPage();
  const standings = await consentStanding(db, consumerId, today);
  const meter = await weekMeter(db, benchOf(me, services.shelf), consumerId, today);
  const journey = foldJourney(await findJourney(db, consumerId), today);
  const highRisk = await findHighRisk(db, consumerId);
  const alert = await findOpenAlert(db, consumerId);
  return { ...banner, today, chips: standings.flatMap(chipOf), meter, journey, highRisk, alert };
});

function chipOf({ supportId, name, noContact, live, invite, until }: Standing): SupportChip[] {
  if (noContact) return [{ supportId, name, state: "no-contact", until: null }];
  if (live) return [{ supportId, name, state: "live", until }];
  if (!invite.yes && invite.because === "of-age") {
    return [{ supportId, name, state: "ask-again", until: null }];
  }
  return [];
}

/** The frame of a consumer's record: banner, tabs, and the page that is open. */
export default function ConsumerLayout() {
  const data = useLoaderData<typeof loader>();
  // Where family may see the screen, the page asks for no names of others, no risk and no flags.
  const discreet = useMatches().some(
    ({ handle }) => (handle as { discreet?: boolean } | undefined)?.discreet,
  );
  return (
    <>
      <Banner data={discreet ? { ...data, chips: [], highRisk: null, alert: null } : data} />
      <Tabs id={data.consumer.id} />
      <Outlet />
    </>
  );
}

function Tabs({ id }: { id: string }) {
  const { pathname } = useLocation();
  const words = useWords();
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the open tab changes with the page
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (current && row.current)
      row.current.scrollLeft = current.offsetLeft - row.current.offsetLeft - 24;
  }, [pathname]);
  const open = recordTabs.find(({ pages }) => pages.some((one) => isWithin(one, id, pathname)));
  const within = open && open.pages.length > 1 ? open.pages : [];
  return (
    <Box component="nav" className="no-print" aria-label="Record">
      <Box ref={row as React.Ref<HTMLDivElement>} className={classes.tabs}>
        {recordTabs.map((tab) => {
          const first = tab.pages[0]?.to(id) ?? "";
          const here = tab === open ? (pathname === first ? "page" : "true") : undefined;
          return (
            <Link
              key={first}
              to={first}
              className={classes.tab}
              aria-current={here}
              prefetch="none"
            >
              {labelOf(tab, words)}
            </Link>
          );
        })}
      </Box>
      {within.length > 0 && (
        <Box className={classes.within}>
          {within.map((one) => (
            <Link
              key={one.to(id)}
              to={one.to(id)}
              className={classes.page}
              aria-current={isWithin(one, id, pathname) ? "page" : undefined}
              prefetch="none"
            >
              {labelOf(one, words)}
            </Link>
          ))}
        </Box>
      )}
    </Box>
  );
}
