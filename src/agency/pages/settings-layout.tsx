import { Button, Group } from "@mantine/core";
import { Link, Outlet, useLocation } from "react-router";
import { page } from "../../web/guard.ts";
import { paths } from "../../web/paths.ts";
import { useMay, useMe, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { claimsServices } from "../agency.ts";

// Each page within asks for its own permission: rates are the billers' too.
export const loader = page("self", async () => null);

/** The settings' pages, with the way from one to the next. */
export default function SettingsLayout() {
  const { pathname } = useLocation();
  const words = useWords();
  const may = useMay();
  const { agency } = useMe();
  const all = [
    { label: "Agency", to: paths.settings() },
    { label: capital(words.programs), to: paths.programs() },
    { label: "Rooms", to: paths.rooms() },
    { label: "Clocks and lists", to: paths.clocks() },
    { label: "Staff", to: paths.staff() },
    { label: "Bulletins", to: paths.chosenBulletins() },
    { label: "Audit scopes", to: paths.auditScopes() },
    { label: "Bring data in", to: paths.imports() },
    ...(claimsServices(agency.jurisdiction) ? [{ label: "Rates", to: paths.rates() }] : []),
  ];
  const current = all.findLast(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  if (!may("agency.manage")) return <Outlet />;
  return (
    <>
      <Group component="nav" aria-label="Settings" gap={4} mb="md" className="no-print">
        {all.map(({ label, to }) => (
          <Button
            key={to}
            component={Link}
            to={to}
            size="compact-sm"
            variant={current?.to === to ? "light" : "subtle"}
            color={current?.to === to ? "tide" : "gray"}
            aria-current={pathname === to ? "page" : undefined}
          >
            {label}
          </Button>
        ))}
      </Group>
      <Outlet />
    </>
  );
}
