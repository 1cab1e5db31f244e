import { Anchor } from "@mantine/core";
import { Link } from "react-router";

/** The number of a card, which opens what is behind it. */
export function Headlined({ to, children }: { to: string; children: React.ReactNode }) {
  return (
    <Anchor component={Link} to={to} fw={700} size="xl" lh={1.1} c="inherit" underline="always">
      {children}
    </Anchor>
  );
}
