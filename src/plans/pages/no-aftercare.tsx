import { TextInput } from "@mantine/core";
import { Form, useFields } from "../../web/form.tsx";
import { FormButtons } from "../../web/one-form.tsx";

/** No plan will be agreed: said once with the reason, it is asked for no more. */
export function NoAftercare() {
  const field = useFields({});
  return (
    <Form style={{ maxWidth: "40rem", marginBottom: "1rem" }}>
      <input type="hidden" name="step" value="no-plan" />
      <TextInput
        label="Not obtained, because"
        description="It is asked for no more. A plan can still be begun when they come back to it."
        {...field("reason")}
      />
      <FormButtons>Keep the reason</FormButtons>
    </Form>
  );
}
