import { Alert, Button, List, Text, Title } from "@mantine/core";
import { LinkButton } from "../../web/parts.tsx";
import { useWords } from "../../web/use-me.ts";
import { linesOf, naming, type Sheet } from "../sheet.ts";
import classes from "./home-sheet.module.css";

export type SheetData = {
  sheet: Sheet;
  firstName: string;
  from: { name: string; phone: string | null };
  /** What must not stand on it: the agency's own name and its programmes'. */
  names: string[];
  /** Lines that name somebody who must not be contacted. */
  flagged: string[];
  back: string;
};

/** A page to print and take home. What is only for staff stands above it and is not printed. */
export function HomeSheet({ sheet, firstName, from, names, flagged, back }: SheetData) {
  const words = useWords();
  const look = naming(linesOf(sheet), names);
  return (
    <>
      <div className="no-print">
        {look.length > 0 && (
          <Alert color="orange" mb="md" title="Look at these lines before you print">
            They name the agency or a {words.program}, and this page goes home.
            <List size="sm">
              {look.map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {flagged.length > 0 && <Flagged lines={flagged} />}
        <Button.Group mb="md">
          <Button size="sm" onClick={() => window.print()}>
            Print
          </Button>
          <LinkButton to={back} size="sm" variant="default">
            Back to the record
          </LinkButton>
        </Button.Group>
      </div>
      <article className={classes.sheet}>
        <Title order={1}>{sheet.title}</Title>
        <Text mb="md">{firstName}</Text>
        {sheet.parts.length === 0 && <Text>Nothing is written here yet.</Text>}
        {sheet.parts.map((part) => (
          <section key={part.heading} className={classes.part}>
            <Title order={2} mb={6}>
              {part.heading}
            </Title>
            {part.lines.map((line) => (
              <div key={`${line.text} ${line.under.join()}`} className={classes.line}>
                <Text fw={600}>{line.text}</Text>
                {line.under.length > 0 && (
                  <ul className={classes.under}>
                    {line.under.map((text) => (
                      <li key={text}>{text}</li>
                    ))}
                  </ul>
                )}
              </div>
            ))}
          </section>
        ))}
        <Text size="sm" mt="lg">
          {from.name}
          {from.phone && ` · ${from.phone}`}
        </Text>
      </article>
    </>
  );
}

/** Lines about somebody who must not be contacted, for staff to look at first. */
export function Flagged({ lines }: { lines: readonly string[] }) {
  return (
    <Alert color="red" mb="md" title="They name somebody who must not be contacted">
      Go through these lines with the person before they take the page home.
      <List size="sm">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
