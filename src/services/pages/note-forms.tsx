import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { Form, useFields, useSending } from "../../web/form.tsx";

/** Adds to a signed note. */
export function AddAddendum() {
  const field = useFields();
  const sending = useSending();
  return (
    <Form>
      <input type="hidden" name="intent" value="addendum" />
      <Stack gap="xs">
        <Textarea
          label="Add to the note"
          autosize
          minRows={2}
          maxLength={4000}
          {...field("text")}
        />
        <Group>
          <Button type="submit" variant="default" loading={sending}>
            Add, with today's date
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** The supervisor's word on an associate's note. */
export function Cosign() {
  const field = useFields();
  const sending = useSending();
  return (
    <Form>
      <input type="hidden" name="intent" value="cosign" />
      <Stack gap="xs" maw={480}>
        <Textarea
          label="Remark"
          description="Needed when you give it back"
          autosize
          maxLength={1000}
          {...field("remark")}
        />
        <Group>
          <Button type="submit" name="decision" value="cosign" loading={sending}>
            Co-sign
          </Button>
          <Button type="submit" name="decision" value="return" variant="default">
            Give it back
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}

/** Voids a note or a service, with the reason. */
export function VoidDialog({
  opened,
  onClose,
  children,
}: {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const field = useFields();
  const sending = useSending();
  return (
    <Modal opened={opened} onClose={onClose} title="Void it?">
      <Form>
        <input type="hidden" name="intent" value="void" />
        <Stack>
          <Text size="sm">{children} This cannot be undone.</Text>
          <Textarea label="Why" autosize minRows={2} maxLength={1000} {...field("reason")} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Keep it
            </Button>
            <Button type="submit" color="red" loading={sending}>
              Void it
            </Button>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
