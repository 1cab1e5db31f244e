import { Badge, Group, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { Fragment } from "react";
import { useLoaderData } from "react-router";
import { act, page } from "../../web/guard.ts";
import { OpenForm, useOneForm } from "../../web/one-form.tsx";
import { Empty, PageHead, Section } from "../../web/parts.tsx";
import { useDates, useMay, useWords } from "../../web/use-me.ts";
import { capital } from "../../web/words.ts";
import { type EnrolmentStatus, enrolmentStatus, nextSteps, reasonWords } from "../episode.ts";
import {
  findActivePrograms,
  findAssignments,
  findColleagues,
  findEnrolments,
  findEpisodes,
} from "../store.ts";
import { enrolmentAction, mayBe } from "./enrolment-action.ts";
import {
  Assign,
  EndEnrolment,
  EndPart,
  Enrol,
  MoveEnrolment,
  StartEnrolment,
} from "./enrolment-forms.tsx";
import { EpisodeSection } from "./episode-section.tsx";

export const meta = () => [{ title: "Episode and team · Throughcare" }];

export const loader = page("record.read", async ({ db, consumerId, today }) => {
  const episodes = await findEpisodes(db, consumerId);
  const enrolments = await findEnrolments(db, consumerId);
  const assignments = await findAssignments(db, consumerId);
  const colleagues = await findColleagues(db, consumerId);
  return {
    today,
    episodes,
    enrolments: enrolments.map((one) => ({ ...one, status: enrolmentStatus(one, today) })),
    assignments,
    programs: await findActivePrograms(db),
    keyworkers: colleagues.filter((one) => mayBe("keyworker", one)),
    mentors: colleagues.filter((one) => mayBe("peer-mentor", one)),
    next: nextSteps(episodes, enrolments, assignments, today),
  };
});

export const action = act("record.write", enrolmentAction);

/** The episode, the programmes in it, and who goes along with the person. */
export default function Enrolments() {
  const words = useWords();
  return (
    <>
      <PageHead
        title={`${capital(words.programs)} and team`}
        about={`When care began and ended, which ${words.programs} it went through, and who went along.`}
      />
      <EpisodeSection />
      <ProgramSection />
      <TeamSection />
    </>
  );
}

const statuses: Record<EnrolmentStatus, { label: string; color: string }> = {
  waiting: { label: "Waiting", color: "orange" },
  withdrawn: { label: "No longer waits", color: "gray" },
  "starts-later": { label: "Starts later", color: "blue" },
  in: { label: "In it now", color: "teal" },
  ended: { label: "Ended", color: "gray" },
};

function ProgramSection() {
  const { enrolments, programs, today, next } = useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  const form = useOneForm();
  const write = useMay()("record.write");
  const elsewhere = (id: string) => programs.filter((program) => program.id !== id);
  return (
    <Section
      title={capital(words.programs)}
      actions={
        write &&
        next.enrol && (
          <OpenForm to={form.opens("enrol")}>
            {capital(words.enrol)} in a {words.program}
          </OpenForm>
        )
      }
    >
      {form.isOpen("enrol") && <Enrol today={today} programs={programs} />}
      {enrolments.length === 0 && <Empty>In no {words.program} yet.</Empty>}
      {enrolments.length > 0 && (
        <Table.ScrollContainer minWidth={640}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{capital(words.program)}</Table.Th>
                <Table.Th>Now</Table.Th>
                <Table.Th>Asked for</Table.Th>
                <Table.Th>First day</Table.Th>
                <Table.Th>Last day</Table.Th>
                <Table.Th>
                  <VisuallyHidden>What to do</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {enrolments.map((one) => {
                const { label, color } = statuses[one.status];
                const waits = one.status === "waiting";
                const stands =
                  (one.status === "in" || one.status === "starts-later") && !one.valid_to;
                const opened = ["start", "end", "move"].find((what) => form.isOpen(what, one.id));
                return (
                  <Fragment key={one.id}>
                    <Table.Tr>
                      <Table.Td fw={500}>{one.program}</Table.Td>
                      <Table.Td>
                        <Badge color={color} miw="max-content">
                          {one.status === "in" && one.valid_to ? "Ends" : label}
                        </Badge>
                      </Table.Td>
                      <Table.Td style={{ whiteSpace: "nowrap" }}>
                        {dates.day(one.requested_on)}
                      </Table.Td>
                      <Table.Td style={{ whiteSpace: "nowrap" }}>
                        {one.valid_from ? dates.day(one.valid_from) : "–"}
                      </Table.Td>
                      <Table.Td>
                        {one.valid_to ? dates.day(one.valid_to) : "–"}
                        {one.end_reason && (
                          <Text size="xs" c="dimmed">
                            {[reasonWords(one.end_reason), one.end_note].filter(Boolean).join(": ")}
                          </Text>
                        )}
                      </Table.Td>
                      <Table.Td>
                        {write && (waits || stands) && (
                          <Group gap={4} justify="flex-end" wrap="nowrap">
                            {waits && <OpenForm to={form.opens("start", one.id)}>Start</OpenForm>}
                            {stands && <OpenForm to={form.opens("move", one.id)}>Move</OpenForm>}
                            <OpenForm to={form.opens("end", one.id)}>End</OpenForm>
                          </Group>
                        )}
                      </Table.Td>
                    </Table.Tr>
                    {opened && (
                      <Table.Tr>
                        <Table.Td colSpan={6}>
                          {opened === "start" && (
                            <StartEnrolment id={one.id} today={today} program={one.program} />
                          )}
                          {opened === "end" && (
                            <EndEnrolment {...{ id: one.id, today, program: one.program, waits }} />
                          )}
                          {opened === "move" && (
                            <MoveEnrolment
                              {...{ id: one.id, today, program: one.program }}
                              programs={elsewhere(one.program_id)}
                            />
                          )}
                        </Table.Td>
                      </Table.Tr>
                    )}
                  </Fragment>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}

function TeamSection() {
  const { assignments, keyworkers, mentors, today, next } = useLoaderData<typeof loader>();
  const dates = useDates();
  const words = useWords();
  const form = useOneForm();
  const write = useMay()("record.write");
  const parts = {
    keyworker: capital(words.keyworker),
    "peer-mentor": "Peer mentor",
    aftercare: "Follow-up",
  };
  const current = assignments.find((one) => one.part === "keyworker" && one.valid_to === null);
  return (
    <Section
      title="Team"
      actions={
        write && (
          <Group gap="xs">
            {next.close && (
              <OpenForm to={form.opens("keyworker")}>
                {current ? "Change" : "Name"} the {words.keyworker}
              </OpenForm>
            )}
            <OpenForm to={form.opens("peer-mentor")}>Name a peer mentor</OpenForm>
          </Group>
        )
      }
    >
      {(["keyworker", "peer-mentor"] as const).map(
        (part) =>
          form.isOpen(part) && (
            <Assign
              key={part}
              part={part}
              label={parts[part]}
              today={today}
              colleagues={part === "keyworker" ? keyworkers : mentors}
              current={current?.name ?? null}
            />
          ),
      )}
      {next.keyworkerMissing && (
        <Text size="sm" c="orange.9" mb="xs" fw={500}>
          Nobody is {words.keyworker} at the moment.
        </Text>
      )}
      {assignments.length === 0 && !next.keyworkerMissing && <Empty>Nobody is named yet.</Empty>}
      <Stack gap={6}>
        {assignments.map((one) => (
          <div key={one.id}>
            <Group gap="xs">
              <Text size="sm" fw={500}>
                {one.name}
              </Text>
              <Text size="sm">
                {parts[one.part as keyof typeof parts]} from {dates.day(one.valid_from)}
                {one.valid_to && ` to ${dates.day(one.valid_to)}`}
              </Text>
              {write && !one.valid_to && (
                <OpenForm to={form.opens("end-part", one.id)} variant="subtle">
                  End
                </OpenForm>
              )}
            </Group>
            {form.isOpen("end-part", one.id) && (
              <EndPart id={one.id} today={today} name={one.name} />
            )}
          </div>
        ))}
      </Stack>
    </Section>
  );
}
