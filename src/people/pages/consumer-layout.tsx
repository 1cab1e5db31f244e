import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";
import { Link, Outlet, useLoaderData, useLocation, useMatches } from "react-router";
import { benchOf, weekMeter } from "../../compliance/judge.ts";
import { noSuchPage, page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { findBanner } from "../banner-store.ts";
import { consentStanding, type Standing } from "../consent-store.ts";
import classes from "./banner.module.css";
import { Banner, type SupportChip } from "./banner.tsx";

export const loader = page("record.read", async (visit) => {
  const { db, me, services, consumerId, today } = visit;
  const banner = await findBanner(db, consumerId, today);
  if (!banner) throw noSuchPage();
  const standings = await consentStanding(db, consumerId, today);
  const meter = await weekMeter(db, benchOf(me, services.shelf), consumerId, today);
  return { ...banner, today, chips: standings.flatMap(chipOf), meter };
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
  // Where family may see the screen, the page asks for no names of others and no flags.
  const discreet = useMatches().some(
    ({ handle }) => (handle as { discreet?: boolean } | undefined)?.discreet,
  );
  return (
    <>
      <Banner data={discreet ? { ...data, chips: [] } : data} />
      <Tabs id={data.consumer.id} />
      <Outlet />
    </>
  );
}

function Tabs({ id }: { id: string }) {
  const { pathname } = useLocation();
  const words = useWords();
  const row = useRef<HTMLElement>(null);
  const tabs = [
    { label: "Timeline", to: paths.consumer(id) },
    { label: capital(words.carePlan), to: paths.plan(id) },
    { label: "Relapse prevention", to: paths.relapsePlan(id) },
    { label: "Discharge plan", to: paths.dischargePlan(id) },
    {
      label: "Supports & consent",
      to: paths.supports(id),
      also: [`/consumers/${id}/consents/`, paths.disclosures(id)],
    },
    { label: "Sessions", to: paths.services(id), also: [`/consumers/${id}/conferences/`] },
    { label: "Referrals", to: paths.referrals(id) },
    { label: "Who looked", to: paths.whoLooked(id) },
  ];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the open tab changes with the page
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (current && row.current) row.current.scrollLeft = current.offsetLeft - 24;
  }, [pathname]);
  return (
    <Box component="nav" ref={row} className={`${classes.tabs} no-print`} aria-label="Record">
      {tabs.map(({ label, to, also = [] }) => {
        const current =
          pathname === to ||
          (to !== paths.consumer(id) && pathname.startsWith(`${to}/`)) ||
          also.some((prefix) => pathname.startsWith(prefix));
        return (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            aria-current={current ? "page" : undefined}
            prefetch="none"
          >
            {label}
          </Link>
        );
      })}
    </Box>
  );
}
