import { Button, Container, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { paths } from "./paths.ts";

/** A page that has only something to say, and a way on. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Container size="xs" py="xl">
      <Stack align="flex-start">
        <Title order={1}>{title}</Title>
        <Text>{children}</Text>
        <Button component={Link} to={paths.home()} variant="light">
          Go to the start page
        </Button>
      </Stack>
    </Container>
  );
}
