import type { StoryReferral } from "./liaison-stories.ts";
import { type DemonstrationStay, englandStays, missouriStays } from "./placement-stays.ts";
import { englandUnits, missouriUnits } from "./placement-units.ts";

/**
 * Whom the stays of the demonstration were asked of elsewhere: a unit of others, a joint service, a
 * funder. Each was told on a consent, and it stands in the accounting.
 */
function askedOf(stay: DemonstrationStay): StoryReferral[] {
  const { who, by, asked, admitted, ended, joint, funding = [] } = stay;
  const unit = [...englandUnits, ...missouriUnits].find(({ name }) => name === stay.unit);
  const told = (need: string, to: string, on: number): StoryReferral => {
    const sent = Math.min(on, -1);
    return {
      ...{ who, by, need, to, what: stay.unit, found: sent, due: sent + 1, sent, chase: 3 },
      consent: need === "funding" ? ["attendance", "needs"] : ["attendance", "needs", "progress"],
      placement: { unit: stay.unit, asked },
    };
  };
  const over = ended && ended.on < 0;
  const all: StoryReferral[] = [];
  if (unit?.provider) {
    all.push({
      ...told("placement", unit.provider, asked),
      after: admitted === undefined ? [] : taken(admitted, "They took them in"),
    });
  }
  if (joint) {
    const began = Math.min(admitted ?? asked, -1);
    all.push({
      ...told("joint-work", joint.service, asked + 1),
      after: over
        ? taken(began, "They worked on it with us to the end")
        : [{ status: "accepted", on: began, chase: 14 }],
    });
  }
  for (const [index, line] of funding.entries()) {
    const on = Math.min(line.panel ?? line.decided ?? asked, -1) - 3;
    all.push({
      ...told("funding", line.funder, on),
      placement: { unit: stay.unit, asked, line: index },
      after: line.decided === undefined ? [] : taken(line.decided, `They said: ${line.state}`),
    });
  }
  return all;
}

function taken(on: number, said: string): NonNullable<StoryReferral["after"]> {
  return [
    { status: "accepted", on },
    { status: "provided", on, said },
  ];
}

export const englandAsked = englandStays.flatMap(askedOf);
export const missouriAsked = missouriStays.flatMap(askedOf);
