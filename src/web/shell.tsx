import {
  ActionIcon,
  AppShell,
  Burger,
  Button,
  Group,
  Kbd,
  Menu,
  NavLink,
  ScrollArea,
  Text,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconAddressBook,
  IconBed,
  IconBook2,
  IconCalendar,
  IconChartBar,
  IconChecklist,
  IconClipboardSearch,
  IconDoor,
  IconFilePencil,
  IconHome,
  IconHourglass,
  IconListSearch,
  IconMoon,
  IconPhone,
  IconReceipt,
  IconSearch,
  IconSend,
  IconSettings,
  IconShieldExclamation,
  IconSun,
  IconUrgent,
  IconUser,
  IconUsers,
  IconUsersGroup,
  IconWalk,
} from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { Form, Link, useLocation, useNavigation } from "react-router";
import { may, type Permission } from "../people/access.ts";
import { DutyBar } from "./duty-bar.tsx";
import { CommandPalette, openPalette } from "./palette.tsx";
import { paths } from "./paths.ts";
import type { Me } from "./services.ts";
import { capital, wordsOf } from "./words.ts";

/** The left rail: what the signed-in person's roles have a page for. */
export function railOf(me: Me, judgesCare: boolean) {
  const words = wordsOf(me.agency.locale);
  const all: {
    label: string;
    to: string;
    icon: typeof IconHome;
    needs: Permission;
    unless?: Permission;
    /** Left out where there is nothing of it. */
    when?: boolean;
  }[] = [
    { label: "Today", to: paths.home(), icon: IconHome, needs: "self" },
    { label: capital(words.consumers), to: paths.people(), icon: IconUsers, needs: "person.read" },
    { label: "Waiting", to: paths.waiting(), icon: IconHourglass, needs: "record.read" },
    {
      label: "New referral",
      to: paths.newReferral(),
      icon: IconHourglass,
      needs: "referral.take",
      // Whoever has the list of who waits goes on from there.
      unless: "record.read",
    },
    { label: "Calendar", to: paths.calendar(), icon: IconCalendar, needs: "appointment.read" },
    { label: "Tasks", to: paths.tasks(), icon: IconChecklist, needs: "self" },
    { label: "Who left", to: paths.leavings(), icon: IconWalk, needs: "record.read" },
    { label: "Open access", to: paths.openAccess(), icon: IconDoor, needs: "open-access.use" },
    { label: "Calls", to: paths.calls(), icon: IconPhone, needs: "call.read" },
    { label: "Beds", to: paths.beds(), icon: IconBed, needs: "bed.read" },
    { label: "Groups", to: paths.groups(), icon: IconUsersGroup, needs: "group.read" },
    { label: "Referrals out", to: paths.referralsOut(), icon: IconSend, needs: "record.read" },
    { label: "Directory", to: paths.directory(), icon: IconAddressBook, needs: "directory.read" },
    {
      label: "What falls short",
      to: paths.shortFalls(),
      icon: IconListSearch,
      needs: "record.read",
      when: judgesCare,
    },
    { label: "Ready to claim", to: paths.claims(), icon: IconReceipt, needs: "claim.read" },
    { label: "Reports", to: paths.reports(), icon: IconChartBar, needs: "report.read" },
    { label: "Audits", to: paths.audits(), icon: IconClipboardSearch, needs: "audit.run" },
    { label: "Bulletins", to: paths.bulletins(), icon: IconBook2, needs: "bulletin.read" },
    { label: "Drafts", to: paths.drafts(), icon: IconFilePencil, needs: "draft.write" },
    {
      label: "Emergency access",
      to: paths.emergency(),
      icon: IconShieldExclamation,
      needs: "emergency.open",
    },
    { label: "Duty", to: paths.duty(), icon: IconUrgent, needs: "duty.manage" },
    { label: "Settings", to: paths.settings(), icon: IconSettings, needs: "agency.manage" },
  ];
  return all.filter(
    ({ needs, unless, when = true }) =>
      when && may(me.roles, needs) && !(unless && may(me.roles, unless)),
  );
}

export function Shell({
  me,
  judgesCare,
  children,
}: {
  me: Me;
  judgesCare: boolean;
  children: ReactNode;
}) {
  const [opened, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  const busy = useNavigation().state !== "idle";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => menu.close(), [pathname]);
  const rail = railOf(me, judgesCare);
  const current = (to: string) =>
    to === "/" ? pathname === "/" : pathname === to || pathname.startsWith(`${to}/`);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 208, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding={{ base: "sm", sm: "md" }}
    >
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <AppShell.Header px="md">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? "Close the menu" : "Open the menu"}
            />
            <UnstyledButton component={Link} to={paths.home()}>
              <Text fw={700} c="tide">
                Throughcare
              </Text>
            </UnstyledButton>
            <Text size="sm" c="dimmed" visibleFrom="md">
              {me.agency.name}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="default"
              size="xs"
              leftSection={<IconSearch size={14} aria-hidden />}
              rightSection={<Kbd size="xs">Ctrl K</Kbd>}
              onClick={openPalette}
              visibleFrom="xs"
            >
              Find or go to
            </Button>
            <ActionIcon
              variant="default"
              size="md"
              hiddenFrom="xs"
              onClick={openPalette}
              aria-label="Find or go to"
            >
              <IconSearch size={16} />
            </ActionIcon>
            <SchemeToggle />
            <UserMenu me={me} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" component="nav" aria-label="Main">
        <ScrollArea>
          {rail.map(({ label, to, icon: Icon }) => (
            <NavLink
              key={to}
              component={Link}
              to={to}
              label={label}
              leftSection={<Icon size={18} aria-hidden />}
              active={current(to)}
              aria-current={current(to) ? "page" : undefined}
              style={{ borderRadius: "var(--mantine-radius-sm)" }}
            />
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} aria-busy={busy}>
        {may(me.roles, "alert.read") && <DutyBar />}
        {children}
      </AppShell.Main>
      <CommandPalette me={me} rail={rail} />
    </AppShell>
  );
}

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: true });
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon
      variant="default"
      onClick={() => setColorScheme(other)}
      aria-label={`Switch to ${other}`}
    >
      {scheme === "dark" ? <IconSun size={16} /> : <IconMoon size={16} />}
    </ActionIcon>
  );
}

function UserMenu({ me }: { me: Me }) {
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={`Account of ${me.name}`}>
          <IconUser size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.name}
          <br />
          {me.roles.join(", ")}
        </Menu.Label>
        <Menu.Item component={Link} to={paths.account()}>
          Password and second factor
        </Menu.Item>
        <Menu.Divider />
        <Form method="post" action={paths.signOut()}>
          <Menu.Item component="button" type="submit">
            Sign out
          </Menu.Item>
        </Form>
      </Menu.Dropdown>
    </Menu>
  );
}
