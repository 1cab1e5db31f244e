import { Button, Group, NativeSelect, Paper, SimpleGrid, Text } from "@mantine/core";
import { Form, useLoaderData, useSubmit } from "react-router";
import { benchOf } from "../../compliance/judge.ts";
import { page } from "../../web/guard.ts";
import { PageHead } from "../../web/parts.tsx";
import { paths } from "../../web/paths.ts";
import { useWords } from "../../web/use-me.ts";
import { measureNames, monthsOf } from "../measure.ts";
import { findTotals } from "../measure-store.ts";
import { findOccupancy } from "../occupancy-store.ts";
import { periods, readAsked } from "./asked.ts";
import { MeasureCard } from "./measure-card.tsx";
import { OccupancyCard } from "./occupancy-card.tsx";

export const meta = () => [{ title: "How the service does · Throughcare" }];

export const loader = page("report.read", async (visit) => {
  const { asked, programs, program, months, targets, small } = await readAsked(visit);
  const [totals, occupancy] = [
    await findTotals(visit.db, asked),
    await findOccupancy(visit.db, asked),
  ];
  // Where no bulletin about them is in force and none was held, there is nothing to say of conferences.
  const conferences =
    benchOf(visit.me, visit.services.shelf).bulletins.length > 0 ||
    totals.some(({ measure }) => measure === "conferences");
  return {
    ...{ programs, program, months, targets, totals, occupancy, small },
    shown: measureNames.filter((measure) => measure !== "conferences" || conferences),
    monthsShown: monthsOf(asked),
  };
});

export default function Dashboard() {
  const data = useLoaderData<typeof loader>();
  const { programs, program, months, totals, occupancy, monthsShown, targets, small, shown } = data;
  const words = useWords();
  const submit = useSubmit();
  const search = new URLSearchParams({ months, ...(program && { program: program.id }) });
  return (
    <>
      <PageHead
        title="How the service does"
        about={`Your ${words.programs}, from what is recorded. Each number opens the people behind it. Targets are your agency's own: ${targets.wait} days to an offered start, ${targets.back} working days from coming back to being seen. The file leaves small counts out, below ${small}, and whatever would give one away.`}
        actions={
          <Button
            component="a"
            href={`${paths.reportExport()}?${search}`}
            variant="default"
            size="xs"
          >
            Export as CSV
          </Button>
        }
      />
      <Form method="get" onChange={(event) => submit(event.currentTarget)}>
        <Group gap="sm" mb="md" align="flex-end" className="no-print">
          <NativeSelect
            label="Period"
            name="months"
            defaultValue={months}
            data={Object.entries(periods).map(([value, label]) => ({ value, label }))}
          />
          <NativeSelect
            label={words.program.replace(/^./, (letter) => letter.toUpperCase())}
            name="program"
            defaultValue={program?.id ?? ""}
            data={[
              { value: "", label: `All my ${words.programs}` },
              ...programs.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
          <noscript>
            <Button type="submit" size="sm" variant="default">
              Show
            </Button>
          </noscript>
        </Group>
      </Form>
      {programs.length === 0 && (
        <Paper mb="md">
          <Text size="sm">
            You work in no {words.program} at the moment, so there is nothing to count. An
            administrator can add you to one.
          </Text>
        </Paper>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
        {shown.map((measure) => (
          <MeasureCard
            key={measure}
            measure={measure}
            totals={totals.filter((total) => total.measure === measure)}
            {...{ programs, months: monthsShown, period: months, program: program?.id ?? null }}
          />
        ))}
        <OccupancyCard
          months={monthsShown}
          rows={occupancy}
          at={{ months, program: program?.id ?? null }}
        />
      </SimpleGrid>
    </>
  );
}
