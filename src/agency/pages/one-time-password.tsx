import { Alert, Button, Code, CopyButton, Stack, Text } from "@mantine/core";

/** A password to hand over, on the one answer that shows it. */
export function OneTimePassword({ password }: { password: string }) {
  return (
    <Alert color="yellow" title="Their password for the first sign-in" role="status">
      <Stack gap="xs" align="flex-start">
        <Code fz="lg">{password}</Code>
        <CopyButton value={password}>
          {({ copied, copy }) => (
            <Button size="xs" variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Text size="sm">
          It is shown only now. Tell it to them yourself; they choose one of their own when they
          first sign in, and until then can do nothing else.
        </Text>
      </Stack>
    </Alert>
  );
}
