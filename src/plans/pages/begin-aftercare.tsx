import { Button } from "@mantine/core";
import { Form } from "react-router";

export function BeginAftercare({ label }: { label: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="step" value="begin" />
      <Button type="submit" size="sm">
        {label}
      </Button>
    </Form>
  );
}
