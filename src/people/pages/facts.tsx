import { Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";

/** A list of what is known: names on the left, what stands on the right; what is empty is left out. */
export function Facts({ facts }: { facts: readonly [name: string, value: ReactNode][] }) {
  return (
    <dl
      style={{
        display: "grid",
        gridTemplateColumns: "minmax(6.5rem, max-content) 1fr",
        gap: "0.45rem 1rem",
        margin: 0,
      }}
    >
      {facts
        .filter(
          ([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
        )
        .map(([name, value]) => (
          <Fragment key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
              {value}
            </Text>
          </Fragment>
        ))}
    </dl>
  );
}
